"""A strict, positioned reader of YAML on PyYAML's event stream. Nothing is composed or constructed by the library.

Each event is looked at before the next is asked for, so that a hostile file is left at the first bound it breaks.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from why400.rules.look_alikes import look_alike
from why400.rules.scalars import read_scalar
from why400.rules.source import SourceFile, read_source
from why400.rules.syntax_words import syntax_problem
from why400.shapes.shape import Node, Position, Problem

MAX_DEPTH = 20
"""Deepest nesting of maps and lists."""

MAX_NODES = 50_000
"""Most nodes of one file, keys and values."""

MAX_PROBLEMS = 500
"""After so many problems the rest of a file is not read."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Document:
    """A rules file, read: its root node (None where there is none to be had) and all that is wrong with its YAML."""

    root: Node | None
    problems: tuple[Problem, ...]


class _Enough(Exception):
    """The file breaks a bound: no more of it is read."""


def read_yaml(file: SourceFile) -> Document:
    """Read one file. Problems E101 to E113; after a syntax error (E104) or a broken bound (E112) no node is given."""
    source = read_source(file)
    if source.text is None:
        return Document(None, source.problems)
    builder = _Builder(file.name, yaml.parse(source.text, Loader=_LOADER), list(source.problems))
    try:
        root = builder.document()
    except yaml.MarkedYAMLError as error:
        builder.problems.append(syntax_problem(file.name, source.text, error))
        root = None
    except _Enough:
        root = None
    return Document(root, tuple(builder.problems))


@dataclass(slots=True)
class _Builder:
    """Turns events into nodes. A method named after a thing expects the event that starts it as its argument.

    Events are `Any` where the library's types do not know their anchors, tags and marks.
    """

    file: str
    stream: Iterator[Any]
    problems: list[Problem]
    nodes: int = 0

    def document(self) -> Node | None:
        root = None
        for event in self.stream:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    self._tell("E111", "a second document", event, "remove the line ---, or make it a file of its own")
                    break
                if event.version or event.tags:
                    self._tell("E111", "a directive (a line that starts with %)", event, "remove it")
                root = self.node(next(self.stream), 0)
        return root

    def node(self, event: Any, depth: int) -> Node:
        self._count(event, depth)
        if isinstance(event, AliasEvent):
            self._tell(
                "E108", f"an alias (*{str(event.anchor)[:40]})", event, "write the value out, or make it a preset"
            )
            return self._node("broken", None, event)
        node = self._content(event, depth)
        return node if self._plain(event) else replace(node, kind="broken")

    def _count(self, event: Any, depth: int) -> None:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            bound = f"more than {MAX_DEPTH} levels deep" if depth > MAX_DEPTH else f"more than {MAX_NODES:,} values"
            self._tell("E112", bound, event, "no rules need this; see why400 explain E112")
            raise _Enough

    def _content(self, event: Any, depth: int) -> Node:
        if isinstance(event, SequenceStartEvent):
            return self._node("list", self.items(depth), event)
        if isinstance(event, MappingStartEvent):
            return self._node("map", self.pairs(depth), event)
        return self.scalar(event)

    def _plain(self, event: Any) -> bool:
        """No anchor (told, but harmless) and no tag (which would change what the value is)."""
        if event.anchor is not None:
            self._tell(
                "E108", f"an anchor (&{event.anchor[:40]})", event, "remove it; what is used twice goes into a preset"
            )
        if event.tag is not None:
            suggestion = "remove it; values say their own type"
            if event.tag in ("!include", "!import", "!reference"):
                suggestion = "files are not included; what several routes share is a preset: use: [name]"
            self._tell("E110", f"a tag ({event.tag[:40]})", event, suggestion)
        return event.tag is None

    def items(self, depth: int) -> tuple[Node, ...]:
        items = []
        while not isinstance(event := next(self.stream), SequenceEndEvent):
            items.append(self.node(event, depth + 1))
        return tuple(items)

    def pairs(self, depth: int) -> tuple[tuple[Node, Node], ...]:
        pairs: dict[str, tuple[Node, Node]] = {}
        while not isinstance(event := next(self.stream), MappingEndEvent):
            key = self.key(event, depth)
            value = self.node(next(self.stream), depth + 1)
            if key is None:
                continue
            if key.value in pairs:
                first = pairs[key.value][0].at.line
                self._problem(
                    "E105", f'the key "{key.text}" stands here twice (first on line {first})', key.at, "keep one"
                )
            else:
                pairs[key.value] = (key, value)
        return tuple(pairs.values())

    def key(self, event: Any, depth: int) -> Node | None:
        """A key is text, whatever it would be as a value (`on:`); None where it cannot be one."""
        if not isinstance(event, ScalarEvent) or not event.value:
            suggestion = "keys are plain words; {{ }} of templates is not filled in"
            self._tell("E113", "a key that is not a word", event, suggestion)
            self.node(event, depth + 1)
            return None
        if event.value == "<<" and event.style in (None, ""):
            self._tell("E109", "a merge key (<<)", event, "write the values out, or make them a preset")
            return None
        if odd := look_alike(event.value) if event.style in (None, "") else None:
            self._tell("E102", odd.message, event, odd.suggestion)
            return None
        self._count(event, depth)
        self._plain(event)
        return self._node("str", event.value, event, event.value)

    def scalar(self, event: ScalarEvent) -> Node:
        if event.style not in (None, ""):
            return self._node("str", event.value, event, event.value)
        if odd := look_alike(event.value):
            self._tell("E102", odd.message, event, odd.suggestion)
            return self._node("broken", None, event, event.value)
        scalar = read_scalar(event.value)
        if scalar.code:
            self._tell(scalar.code, scalar.message, event, scalar.suggestion)
        return self._node(scalar.kind, scalar.value, event, event.value)

    def _node(self, kind: str, value: object, event: Any, text: str = "") -> Node:
        return Node(kind, value, self._at(event), text)

    def _at(self, event: Any) -> Position:
        start, end = event.start_mark, event.end_mark
        one_line = start.line == end.line and end.column > start.column
        return Position(self.file, start.line + 1, start.column + 1, (end.column if one_line else start.column + 1) + 1)

    def _tell(self, code: str, message: str, event: Any, suggestion: str) -> None:
        self._problem(code, message, self._at(event), suggestion)

    def _problem(self, code: str, message: str, at: Position, suggestion: str) -> None:
        self.problems.append(Problem(code, message, at, suggestion))
        if len(self.problems) >= MAX_PROBLEMS:
            raise _Enough
