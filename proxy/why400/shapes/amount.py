"""One amount in a unit: `11MB`."""

from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.unit import Unit


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity with its unit, read as a number of the unit's base."""

    unit: Unit

    def read(self, node: Node, problems: list[Problem]) -> float | None:
        """The amount, or None with E203 (no quantity) or E205 (a unit that is missing or not known)."""
        if is_broken(node):
            return None
        if node.kind not in ("str", "int", "float"):
            problems.append(wrong_kind(node, self.words()))
            return None
        amount = self.unit.parse(node.text)
        if amount is None:
            repaired = self.unit.repair(node.text)
            suggestion = f"write {repaired or self.unit.example}"
            problems.append(Problem("E205", f"{spelled(node)} is not {self.words()}", node.at, suggestion))
        return amount

    def schema(self) -> dict[str, Any]:
        """The unit's own."""
        return self.unit.schema()

    def words(self) -> str:
        """`an amount such as 10MB`."""
        return f"an amount such as {self.unit.example}"
