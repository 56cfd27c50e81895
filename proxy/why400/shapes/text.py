"""Text, and text of a certain form."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.shape import Node, Problem


@dataclass(frozen=True, slots=True)
class Text:
    """Text of 1 to `longest` characters that `pattern` matches whole; `called` says what it is, in words.

    `meant` gives what another text was most likely meant to be, or nothing.
    """

    called: str = "text"
    pattern: str = r"[\s\S]+"
    longest: int = 1000
    suggestion: str = ""
    meant: Callable[[str], str] | None = None

    def read(self, node: Node, problems: list[Problem]) -> str | None:
        """The text, or None with E203 (no text: numbers want quotes) or E208 (of another form)."""
        if is_broken(node):
            return None
        if node.kind != "str":
            problems.append(wrong_kind(node, self.called, self.suggestion or _in_quotes(node)))
            return None
        if len(node.value) > self.longest or not re.fullmatch(self.pattern, node.value):
            meant = self.meant(node.value) if self.meant is not None else ""
            suggestion = f"write {meant}" if meant else self.suggestion
            problems.append(Problem("E208", f"{spelled(node)} is not {self.called}", node.at, suggestion))
            return None
        return str(node.value)

    def schema(self) -> dict[str, Any]:
        """A `string` of that form."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$", "maxLength": self.longest}

    def words(self) -> str:
        """What it is called."""
        return self.called


def _in_quotes(node: Node) -> str:
    """What makes text of something else that was written."""
    if node.text:
        return f'write "{node.text}" in quotes'
    bracket = {"map": "{", "list": "["}.get(node.kind)
    return f"text that begins with {bracket} stands in quotes" if bracket else ""
