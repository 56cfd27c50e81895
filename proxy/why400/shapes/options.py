"""A map of named options, each with a shape of its own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Problem, Shape
from why400.shapes.suggest import decimal_meant, did_you_mean, listed


@dataclass(frozen=True, slots=True)
class Options:
    """A map with any of the keys in `fields`; `required` ones must stand. Read as a dict of what was written.

    `hints` say what to write for other keys that people try, `short` for a value that is no map: `{}` in it is that.
    """

    fields: Mapping[str, Shape] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    what: str = "options"
    hints: Mapping[str, str] = field(default_factory=dict)
    short: str = ""

    def read(self, node: Node, problems: list[Problem]) -> dict[str, Any] | None:
        """The values by key, or None with E203 (no map), E201 (unknown key), E202 (missing key) or a value's own."""
        if is_broken(node):
            return None
        if node.kind != "map":
            problems.append(wrong_kind(node, self.words(), self._long(node)))
            return None
        before = len(problems)
        values = {key.value: self._value(key, value, problems) for key, value in node.value}
        for name in self.required:
            if name not in values:
                problems.append(Problem("E202", f'the key "{name}" is missing here', node.at, self._example(name)))
        return values if len(problems) == before and None not in values.values() else None

    def _value(self, key: Node, value: Node, problems: list[Problem]) -> Any:
        shape = self.fields.get(key.value)
        if shape is None:
            problems.append(unknown_key(key, tuple(self.fields), self.what, self.hints))
            return None
        return shape.read(value, problems)

    def _long(self, node: Node) -> str:
        """What to write for a value that is no map, or for a list where one value or, in brackets, several do."""
        items = [item.text for item in node.value] if node.kind == "list" else [node.text]
        given = ", ".join(items) if len(items) == 1 or "[{}]" in self.short else ""
        text = given if re.fullmatch(r"[\w:-]{1,40}(?:, [\w:-]{1,40})*", given) else "…"
        return f"write {self.short.replace('{}', text)}" if self.short and given else ""

    def _example(self, name: str) -> str:
        return f"write {name}: {self.fields[name].words()}"

    def schema(self) -> dict[str, Any]:
        """An `object` closed to other keys."""
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {name: shape.schema() for name, shape in self.fields.items()},
            "additionalProperties": False,
        }
        return schema | ({"required": list(self.required)} if self.required else {})

    def words(self) -> str:
        """`a map with background, quality`."""
        return f"a map with {listed(self.fields)}" if self.fields else "no options"


def unknown_key(key: Node, known: tuple[str, ...], what: str, hints: Mapping[str, str] | None = None) -> Problem:
    """The problem of a key that means nothing here; `hints` are what to write for what people try."""
    wanted = f"; {what} are {listed(known)}" if known else f"; there are no {what}"
    suggestion = (hints or {}).get(key.text.lower()) or decimal_meant(key.text) or did_you_mean(key.text, known)
    return Problem("E201", f'unknown key "{key.text[:64]}"{wanted}', key.at, suggestion)
