"""A range of quantities: `{ min: 32, max: 4096 }`, `{ max: 10MB }`, and where it makes sense one exact number."""

import re
from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.suggest import decimal_meant, did_you_mean
from why400.shapes.unit import Unit

_BETWEEN = re.compile(r"(\d{1,9})\s*(?:-|\.\.|to)\s*(\d{1,9})")
_BESIDE = re.compile(r"([<>]=?)\s*(\d{1,9})(?:px)?")
_DASH = re.compile(r"\s*(?:\.\.\.?|-)\s*")
_RATIO = re.compile(r"(\d{1,5})\s*[/:]\s*(\d{1,5})")


_ENDS = {
    **dict.fromkeys(("maximum", "at_most", "lt", "lte", "le", "upper", "limit", "to", "<", "<="), "max"),
    **dict.fromkeys(("minimum", "at_least", "gt", "gte", "ge", "lower", "from", ">", ">="), "min"),
}
"""What the ends of a range are called elsewhere."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """From `min` to `max` in the unit's base, both included; None is open. Equal ends ask for one exact value."""

    min: float | None = None
    max: float | None = None

    def hold(self, amount: float) -> bool:
        """The amount is inside."""
        return (self.min is None or amount >= self.min) and (self.max is None or amount <= self.max)

    def words(self, unit: Unit) -> str:
        """`at most 10 MB (10,000,000 bytes)`, `32 to 4096 px`, `224 px`."""
        if self.min is None:
            return f"at most {unit.say(self.max or 0)}"
        if self.max is None:
            return f"at least {unit.say(self.min)}"
        if self.min == self.max:
            return unit.say(self.min)
        low = unit.say(self.min) if unit.names else f"{self.min:g}"
        return f"{low} to {unit.say(self.max)}"


@dataclass(frozen=True, slots=True)
class Range:
    """`{ min: …, max: … }` in a unit; where `exact`, also one number alone. Read as `Bounds`."""

    unit: Unit
    exact: bool = False

    def read(self, node: Node, problems: list[Problem]) -> Bounds | None:
        """The bounds, or None with E203, E201 (another key), E205 (unit), E206 (neither end), E301 (max under min)."""
        if is_broken(node):
            return None
        if node.kind == "map":
            return self._ends(node, problems)
        if self.exact and node.kind != "list":
            amount = self._amount(node, problems)
            return None if amount is None else Bounds(amount, amount)
        problems.append(wrong_kind(node, self.words(), f"write {self._as_map(node)}"))
        return None

    def _as_map(self, node: Node) -> str:
        """What a list of two, or one amount, was meant to be."""
        ends = [item.text for item in node.value] if node.kind == "list" else _DASH.split(node.text)
        if len(ends) == 2 and all(ends):
            return f"{{ min: {ends[0]}, max: {ends[1]} }}"
        return f"{{ max: {self._repaired(node) or self.unit.example} }}"

    def _ends(self, node: Node, problems: list[Problem]) -> Bounds | None:
        before = len(problems)
        ends = {key.value: self._end(key, value, problems) for key, value in node.value}
        if not ends:
            problems.append(Problem("E206", f"an empty map; want {self.words()}", node.at))
        if len(problems) > before or None in ends.values():
            return None
        bounds = Bounds(ends.get("min"), ends.get("max"))
        if bounds.min is not None and bounds.max is not None and bounds.max < bounds.min:
            at = next(value.at for key, value in node.value if key.value == "max")
            problems.append(Problem("E301", "max is under min: nothing can hold", at, "swap the two"))
            return None
        return bounds

    def _end(self, key: Node, value: Node, problems: list[Problem]) -> float | None:
        if key.value not in ("min", "max"):
            hint = _ENDS.get(key.value)
            meant = decimal_meant(key.text) or did_you_mean(key.value, ("min", "max"))
            suggestion = f'did you mean "{hint}"?' if hint else meant
            problems.append(Problem("E201", f'unknown key "{key.value}"; want min or max', key.at, suggestion))
            return None
        return self._amount(value, problems)

    def _amount(self, node: Node, problems: list[Problem]) -> float | None:
        if is_broken(node):
            return None
        if not self.unit.names:
            return self._bare(node, problems)
        amount = self.unit.parse(node.text) if node.kind in ("str", "int", "float") else None
        if amount is None:
            fixed = self._repaired(node)
            what = "has no unit" if node.kind in ("int", "float") else f"is not an amount such as {self.unit.example}"
            suggestion = f"write {fixed}" if fixed else self._units(node.text)
            problems.append(Problem("E205", f"{spelled(node)} {what}", node.at, suggestion))
        return amount

    def _bare(self, node: Node, problems: list[Problem]) -> float | None:
        if node.kind == "int" or (node.kind == "float" and not self.unit.whole):
            if node.value >= 0 or self.unit.signed:
                return float(node.value) if node.kind == "float" else int(node.value)
            problems.append(Problem("E209", f"{spelled(node)} is under 0", node.at))
            return None
        suggestion = self._bare_again(node.text) if node.kind == "str" else f"such as {self.unit.example}"
        problems.append(Problem("E205", f"{spelled(node)} is not a bare number", node.at, suggestion))
        return None

    def _bare_again(self, text: str) -> str:
        """What was meant by `>= 32`, `32-4096`, `16/9`, `224px`."""
        if between := _BETWEEN.fullmatch(text):
            return f"write {{ min: {between[1]}, max: {between[2]} }}"
        if (ratio := _RATIO.fullmatch(text)) and not self.unit.whole and float(ratio[2]):
            return f"write {float(ratio[1]) / float(ratio[2]):.3g}, width by height"
        if beside := _BESIDE.fullmatch(text):
            return f"write {{ {'min' if beside[1].startswith('>') else 'max'}: {beside[2]} }}"
        digits = leading_digits(text)
        return f"write {digits}" if digits else f"such as {self.unit.example}"

    def _repaired(self, node: Node) -> str | None:
        return self.unit.repair(node.text) if node.text and self.unit.names else None

    def _units(self, text: str) -> str:
        if text.lower() in ("unlimited", "none", "infinity", "inf", "any", "no"):
            return "leave it out: without it there is no bound"
        return f"units are {', '.join(self.unit.names)}"

    def schema(self) -> dict[str, Any]:
        """An object with `min`, `max` or both; where `exact`, also the amount alone."""
        amount = self.unit.schema()
        ends = {
            "type": "object",
            "properties": {"min": amount, "max": amount},
            "additionalProperties": False,
            "minProperties": 1,
        }
        return {"anyOf": [amount, ends]} if self.exact else ends

    def words(self) -> str:
        """`{ max: 10MB }, with min, max or both`."""
        both = f"{{ max: {self.unit.example} }} (min, max or both)"
        return f"a number or {both}" if self.exact else both


def leading_digits(text: str) -> str:
    """The leading digits of a text: `4096` of `4096px`."""
    return text[: len(text) - len(text.lstrip("0123456789"))]
