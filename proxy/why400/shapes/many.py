"""One thing, or a list of things."""

from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem, Shape


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of at least one item, without repeats; read as a tuple."""

    item: Shape

    def read(self, node: Node, problems: list[Problem]) -> tuple[Any, ...] | None:
        """All items, or None where one of them is wrong. E203: no list; E206: an empty one; E210: said twice."""
        if is_broken(node):
            return None
        if node.kind != "list":
            suggestion = f"write [{node.text}]" if node.text else "put it into [ ]" if node.kind == "map" else ""
            problems.append(wrong_kind(node, self.words(), suggestion))
            return None
        if not node.value:
            problems.append(Problem("E206", f"an empty list; want {self.words()}", node.at))
            return None
        return self._items(node, problems)

    def _items(self, node: Node, problems: list[Problem]) -> tuple[Any, ...] | None:
        values: list[Any] = []
        for item in node.value:
            value = self.item.read(item, problems)
            if value is not None and value in values:
                problems.append(Problem("E210", f"{spelled(item)} stands in this list twice", item.at, "remove one"))
            values.append(value)
        return None if None in values else tuple(values)

    def schema(self) -> dict[str, Any]:
        """An `array` of one or more."""
        return {"type": "array", "items": self.item.schema(), "minItems": 1, "uniqueItems": True}

    def words(self) -> str:
        """`a list of: one of jpeg, png`."""
        return f"a list of: {self.item.words()}"


@dataclass(frozen=True, slots=True)
class OneOrMany:
    """One item, or a list of them; always read as a tuple, in the order written."""

    item: Shape

    def read(self, node: Node, problems: list[Problem]) -> tuple[Any, ...] | None:
        """The items, or None with what is wrong with one of them."""
        if node.kind == "list":
            return ListOf(self.item).read(node, problems)
        value = self.item.read(node, problems)
        return None if value is None else (value,)

    def schema(self) -> dict[str, Any]:
        """The item, or an array of it."""
        return {"anyOf": [self.item.schema(), ListOf(self.item).schema()]}

    def words(self) -> str:
        """`one of jpeg, png, or a list of these`."""
        return f"{self.item.words()}, or a list of these"
