"""One plain value of whatever kind."""

from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Problem


@dataclass(frozen=True, slots=True)
class Single:
    """Text, a number, true or false: what JSON has besides lists and maps. `null` is no value here."""

    def read(self, node: Node, problems: list[Problem]) -> Any:
        """The value, or None with E203."""
        if is_broken(node):
            return None
        if node.kind not in ("str", "int", "float", "bool"):
            problems.append(wrong_kind(node, self.words()))
            return None
        return node.value

    def schema(self) -> dict[str, Any]:
        """Everything but lists, maps and null."""
        return {"type": ["string", "number", "boolean"]}

    def words(self) -> str:
        """`text, a number, true or false`."""
        return "text, a number, true or false"
