"""A map from names to values of one shape."""

from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Problem, Shape


@dataclass(frozen=True, slots=True)
class Named:
    """At least one name of a form, each with a value of a shape; read as a dict."""

    name: Shape
    value: Shape

    def read(self, node: Node, problems: list[Problem]) -> dict[str, Any] | None:
        """The values by name, or None with E203 (no map, an empty one) and whatever is wrong in it."""
        if is_broken(node):
            return None
        if node.kind != "map" or not node.value:
            problems.append(wrong_kind(node, self.words()))
            return None
        before = len(problems)
        read = {self.name.read(key, problems): self.value.read(value, problems) for key, value in node.value}
        return None if len(problems) > before or None in read or None in read.values() else read

    def schema(self) -> dict[str, Any]:
        """An object of such names and values."""
        return {
            "type": "object",
            "propertyNames": self.name.schema(),
            "additionalProperties": self.value.schema(),
            "minProperties": 1,
        }

    def words(self) -> str:
        """`a map from names to values`."""
        return f"a map from {self.name.words()} to {self.value.words()}"
