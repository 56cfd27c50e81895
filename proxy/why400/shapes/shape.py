"""A shape: what a value in the rules must look like."""

from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a rules file; line and column count from 1, `end` is the column after the token's last character."""

    file: str
    line: int
    column: int
    end: int


@dataclass(frozen=True, slots=True)
class Node:
    """One node of a rules file as read: a scalar's text, a list of nodes, or an ordered list of key and value nodes.

    `kind` is `str`, `int`, `float`, `bool`, `null`, `list` or `map`; `value` is the scalar's value, a tuple of
    nodes, or a tuple of (key node, value node) pairs. `text` is the scalar as it was written. A node of kind `broken`
    (an alias, a number in octal) has had its problem told: nobody says more of it.
    """

    kind: str
    value: Any
    at: Position
    text: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a rules file, as `check` prints it: `file:line:col: CODE message`."""

    code: str
    message: str
    at: Position
    suggestion: str = ""
    warning: bool = False


class Shape(Protocol):
    """What a value must look like: read from a node, described in words and as JSON Schema."""

    def read(self, node: Node, problems: list[Problem]) -> Any:
        """The value that `node` spells, or None with what is wrong appended to `problems`."""

    def schema(self) -> dict[str, Any]:
        """A JSON Schema (draft 2020-12) that accepts what `read` accepts."""

    def words(self) -> str:
        """What is wanted, in a few words: `one of rgb, rgba, gray`, `a size such as 10MB`."""
