"""How often: `2/s`."""

import re
from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem

_RATE = re.compile(r"([1-9]\d{0,3})/(s|min|h)")
_SECONDS = {"s": 1, "min": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second, minute or hour; read as a number a second."""

    def read(self, node: Node, problems: list[Problem]) -> float | None:
        """The rate, or None with E203 (no text: a number alone) or E205 (another form)."""
        if is_broken(node):
            return None
        if node.kind not in ("str", "int", "float"):
            problems.append(wrong_kind(node, self.words()))
            return None
        match = _RATE.fullmatch(node.text)
        if match is None:
            suggestion = f"write {node.text}/s" if node.kind == "int" else "write 2/s"
            problems.append(Problem("E205", f"{spelled(node)} is not {self.words()}", node.at, suggestion))
            return None
        return int(match[1]) / _SECONDS[match[2]]

    def schema(self) -> dict[str, Any]:
        """A `string` of that form."""
        return {"type": "string", "pattern": f"^{_RATE.pattern}$"}

    def words(self) -> str:
        """`a rate such as 2/s`."""
        return "a rate such as 2/s"
