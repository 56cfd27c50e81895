"""True, or true and false."""

from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Problem


@dataclass(frozen=True, slots=True)
class Flag:
    """`true`; where `both`, also `false`. A check that can only be asked for takes `true` alone."""

    both: bool = False

    def read(self, node: Node, problems: list[Problem]) -> bool | None:
        """The value, or None with E203 (neither) or E204 (`false` where only `true` says something)."""
        if is_broken(node):
            return None
        if node.kind != "bool":
            problems.append(wrong_kind(node, self.words()))
            return None
        if not node.value and not self.both:
            problems.append(Problem("E204", "false asks for nothing; want true", node.at, "leave the rule out"))
            return None
        return bool(node.value)

    def schema(self) -> dict[str, Any]:
        """A `boolean`, or the constant true."""
        return {"type": "boolean"} if self.both else {"const": True}

    def words(self) -> str:
        """`true`, or `true or false`."""
        return "true or false" if self.both else "true"
