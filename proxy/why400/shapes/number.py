"""Whole numbers."""

import re
from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.suggest import listed

_NUMBER = re.compile(r"\d{1,9}")


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `least` to `most`, both included; where `of` is given, one of these."""

    least: int
    most: int
    of: tuple[int, ...] = ()

    def read(self, node: Node, problems: list[Problem]) -> int | None:
        """The number, or None with E203 (no whole number) or E209 (outside)."""
        if is_broken(node):
            return None
        if node.kind != "int":
            problems.append(wrong_kind(node, self.words(), self._unquoted(node)))
            return None
        if not self._holds(node.value):
            problems.append(Problem("E209", f"{spelled(node)} is not {self.words()}", node.at))
            return None
        return int(node.value)

    def _holds(self, number: int) -> bool:
        return number in self.of if self.of else self.least <= number <= self.most

    @staticmethod
    def _unquoted(node: Node) -> str:
        if node.kind == "str" and node.value.isdigit():
            return f"write {node.value} without quotes"
        if node.kind == "list" and len(node.value) == 1 and node.value[0].kind == "int":
            return f"write {node.value[0].text}, without brackets"
        number = _NUMBER.match(node.text)
        if re.fullmatch(r"\dxx", node.text, re.IGNORECASE):
            return "write one of them"
        return f"write {number[0]}" if number and node.kind in ("str", "float") and number[0] != "0" else ""

    def schema(self) -> dict[str, Any]:
        """An `integer` with bounds, or an `enum`."""
        if self.of:
            return {"enum": list(self.of)}
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def words(self) -> str:
        """`a whole number from 1 to 100`."""
        return f"one of {listed(map(str, self.of))}" if self.of else f"a whole number from {self.least} to {self.most}"
