"""The shape of a tensor: a list of lengths, some of which may be any."""

import re
from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem

ANY = "any"
_MOST = 16
_LARGEST = 2**31


@dataclass(frozen=True, slots=True)
class Dimensions:
    """Up to 16 whole numbers, `any` or -1 for each that may vary; read as a tuple with None for these."""

    def read(self, node: Node, problems: list[Problem]) -> tuple[int | None, ...] | None:
        """The lengths, or None with E203 (no list), E206 (empty, too long) or E204, E209 (no length)."""
        if is_broken(node):
            return None
        if node.kind != "list":
            meant = re.findall(r"-?\d+|any", node.text)
            problems.append(wrong_kind(node, self.words(), f"write [{', '.join(meant)}]" if len(meant) > 1 else ""))
            return None
        if not 0 < len(node.value) <= _MOST:
            problems.append(Problem("E206", f"{len(node.value)} lengths; want {self.words()}", node.at))
            return None
        before = len(problems)
        lengths = tuple(_length(item, problems) for item in node.value)
        return lengths if len(problems) == before else None

    def schema(self) -> dict[str, Any]:
        """An array of whole numbers and `any`."""
        length = {"anyOf": [{"type": "integer", "minimum": -1, "maximum": _LARGEST}, {"const": ANY}]}
        return {"type": "array", "items": length, "minItems": 1, "maxItems": _MOST}

    def words(self) -> str:
        """`a list of lengths such as [any, 3, 224, 224]`."""
        return "a list of lengths such as [any, 3, 224, 224]"


def _length(node: Node, problems: list[Problem]) -> int | None:
    if node.kind == "int":
        if not -1 <= node.value <= _LARGEST:
            problems.append(Problem("E209", f"{spelled(node)} is no length", node.at, f"write {ANY} where it may vary"))
        return None if node.value == -1 else int(node.value)
    if not is_broken(node) and (node.kind != "str" or node.value != ANY):
        problems.append(Problem("E204", f"{spelled(node)} is no length", node.at, f"write {ANY} where it may vary"))
    return None
