"""One shape or another, told by the kind of value that is written."""

from dataclasses import dataclass
from typing import Any

from why400.shapes.shape import Node, Problem, Shape


@dataclass(frozen=True, slots=True)
class Either:
    """`special` for nodes of these `kinds`, `usual` for all others."""

    usual: Shape
    kinds: tuple[str, ...]
    special: Shape

    def read(self, node: Node, problems: list[Problem]) -> Any:
        """As the shape for its kind reads it."""
        return (self.special if node.kind in self.kinds else self.usual).read(node, problems)

    def schema(self) -> dict[str, Any]:
        """What either accepts."""
        return {"anyOf": [self.usual.schema(), self.special.schema()]}

    def words(self) -> str:
        """`true, or a media type such as image/jpeg`."""
        return f"{self.usual.words()}, or {self.special.words()}"
