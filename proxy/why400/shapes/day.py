"""A day of the calendar."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem


@dataclass(frozen=True, slots=True)
class Day:
    """A date as ISO 8601 writes it, `2027-03-01`; read as a `date`."""

    def read(self, node: Node, problems: list[Problem]) -> date | None:
        """The day, or None with E203 (no text) or E208 (no day of that form)."""
        if is_broken(node):
            return None
        if node.kind != "str":
            problems.append(wrong_kind(node, self.words()))
            return None
        try:
            day = date.fromisoformat(node.value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != node.value:
            with_time = re.fullmatch(r"(\d{4}-\d{2}-\d{2})[T ].*", node.value)
            suggestion = f"write {with_time[1]}" if with_time else "write year-month-day"
            problems.append(Problem("E208", f"{spelled(node)} is not {self.words()}", node.at, suggestion))
            return None
        return day

    def schema(self) -> dict[str, Any]:
        """A `string` in the format `date`."""
        return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}

    def words(self) -> str:
        """`a day such as 2027-03-01`."""
        return "a day such as 2027-03-01"
