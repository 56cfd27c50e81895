"""Rules on their way from nodes to the model: the same things, with the places in files that problems point at."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from why400.checks.check import Check
from why400.exchange import Mode
from why400.fixes.fix import Fix
from why400.rules.model import Route, Rule
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.options import unknown_key
from why400.shapes.shape import Node, Position, Problem

Fields = Mapping[str, tuple[Node, Node]]
"""The entries of a map by key: key node and value node."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What rules can name: the checks, fixes and locations of this program, by name."""

    checks: Mapping[str, Check]
    fixes: Mapping[str, Fix]
    locations: Mapping[str, Any]
    causes: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls, checks: Iterable[Check], fixes: Iterable[Fix], locations: Iterable[Any], causes: Iterable[str] = ()
    ) -> "Tables":
        """The tables from what the packages export."""
        return cls(
            {check.name: check for check in checks},
            {fix.name: fix for fix in fixes},
            {location.key: location for location in locations},
            frozenset(causes),
        )


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule with the places of its id, of its keys and of the names in its `require`, and its `exceptions:` node."""

    rule: Rule
    at: Position
    keys: Mapping[str, Position] = field(default_factory=dict)
    require: Mapping[str, Position] = field(default_factory=dict)
    exceptions: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class InlineTest:
    """A test of a route: what is sent and what is expected, as read; `mode` None judges as if all were enforced."""

    route: str
    name: str
    send: Mapping[str, Any]
    expect: Mapping[str, Any]
    mode: Mode | None
    at: Position


@dataclass(frozen=True, slots=True)
class RouteDraft:
    """A route with the places of its id and its matches, its rules' drafts, its tests, and its `exceptions:` nodes."""

    route: Route
    at: Position
    matches_at: tuple[Position, ...]
    rules: tuple[RuleDraft, ...] = ()
    tests: tuple[InlineTest, ...] = ()
    exceptions: tuple[Node, ...] = ()


def fields_of(
    node: Node, known: tuple[str, ...], what: str, problems: list[Problem], hints: Mapping[str, str] | None = None
) -> Fields | None:
    """The entries of a map; E203 where it is none, E201 for each key that is not known (it is left out)."""
    if is_broken(node):
        return None
    if node.kind != "map":
        problems.append(wrong_kind(node, f"a map with {what}", _colon_hint(node)))
        return None
    for key, _ in node.value:
        if key.value not in known:
            problems.append(unknown_key(key, known, what, hints))
    return {key.value: (key, value) for key, value in node.value if key.value in known}


def _colon_hint(node: Node) -> str:
    if node.kind == "null":
        return "indent what belongs to it by two more spaces"
    return "write a space after the colon" if node.kind == "str" and re.search(r"\w:\w", node.text) else ""


def missing(owner: Node, key: str, example: str) -> Problem:
    """The problem of a key that must stand under `owner` and does not."""
    return Problem("E202", f'"{owner.text}" has no "{key}"', owner.at, f"write {key}: {example}")
