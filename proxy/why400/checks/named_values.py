"""What `header` and `query` share: names, each with the values that are wanted. Values of clients are never quoted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from why400.checks.check import Mismatch
from why400.shapes.many import OneOrMany
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.suggest import listed
from why400.shapes.text import Text

ANY = "any"
"""Written for a value: the name has to be there, whatever its value."""


@dataclass(frozen=True, slots=True)
class NamedValues:
    """A map from names to one wanted value, a list of them, or `any`; read as a dict of tuples."""

    name: Text

    def read(self, node: Node, problems: list[Problem]) -> dict[str, tuple[str, ...]] | None:
        """The values by name, or None with what is wrong."""
        if is_broken(node):
            return None
        if node.kind != "map" or not node.value:
            problems.append(wrong_kind(node, self.words(), "such as { x-version: any }"))
            return None
        values = OneOrMany(Text("a value in quotes"))
        read = {self.name.read(key, problems): values.read(value, problems) for key, value in node.value}
        return (
            None if None in read or None in read.values() else {str(key): value for key, value in read.items() if value}
        )

    def schema(self) -> dict[str, Any]:
        """An object of strings or arrays of strings."""
        return {
            "type": "object",
            "propertyNames": self.name.schema(),
            "additionalProperties": OneOrMany(Text()).schema(),
            "minProperties": 1,
        }

    def words(self) -> str:
        """`a map of names to values, or any`."""
        return f"a map from {self.name.words()} to a value, a list of values, or any"


def judge(cause: str, want: Mapping[str, tuple[str, ...]], got: Mapping[str, str]) -> Mismatch | None:
    """The first name that is absent or has a value that is not wanted."""
    for name, values in want.items():
        wanted = f"{name}: {listed(values)}"
        if name not in got:
            return Mismatch(cause, f"no {name}", wanted, "head")
        if values != (ANY,) and got[name] not in values:
            return Mismatch(cause, f"another {name}", wanted, "head")
    return None
