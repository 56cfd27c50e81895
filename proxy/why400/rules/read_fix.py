"""`fix: convert`, or `fix: { convert: { background: white } }`."""

from dataclasses import replace
from typing import Any

from why400.fixes.fix import Fix
from why400.rules.draft import Tables
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.suggest import did_you_mean, listed

_WITHOUT = "leave fix: out: what is not fixed is rejected"
_AIMS = ("to", "into", "target", "output", "type", "mode", "size", "max", "min")
"""Options that fixes of other tools have: what the image is to become."""


def read_fix(node: Node, tables: Tables, problems: list[Problem]) -> tuple[Fix | None, dict[str, Any]]:
    """The fix and its options; E302 where there is no such fix, E303 where there are two."""
    if is_broken(node):
        return None, {}
    if node.kind == "str":
        return _named(node, tables, problems), {}
    if node.kind != "map" or not node.value:
        problems.append(wrong_kind(node, "a fix", _one_of(node)))
        return None, {}
    if len(node.value) > 1:
        second = node.value[1][0]
        problems.append(Problem("E303", "a rule has one fix", second.at, f"give {second.text} a rule of its own"))
    key, value = node.value[0]
    fix = _named(key, tables, problems)
    told = len(problems)
    options = fix.options.read(value, problems) if fix else None
    problems[told:] = [_about_aim(problem, tables, value) for problem in problems[told:]]
    return fix, options or {}


def _one_of(node: Node) -> str:
    """What to write where a list stands."""
    if node.kind == "bool" and not node.value:
        return _WITHOUT
    names = [item.text for item in node.value if item.text] if node.kind == "list" else []
    if len(names) > 1:
        return f"a rule has one fix: write fix: {names[0]}, and {listed(names[1:])} in a rule of its own"
    return f"write fix: {names[0]}" if names else "such as fix: convert"


def _about_aim(problem: Problem, tables: Tables, options: Node) -> Problem:
    """An option that is the name of a check: fixes take their aims from their checks."""
    key = next((key for key, _ in options.value if key.at == problem.at), None) if options.kind == "map" else None
    if key is None or (key.value not in tables.checks and key.value not in _AIMS):
        return problem
    return replace(problem, suggestion="leave it out: a fix takes its aim from require:")


def _named(name: Node, tables: Tables, problems: list[Problem]) -> Fix | None:
    fix = tables.fixes.get(name.value)
    if fix is None:
        problems.append(_no_fix(name, tables))
    return fix


def _no_fix(name: Node, tables: Tables) -> Problem:
    if name.text.lower() in ("none", "reject", "deny", "no", "null"):
        return Problem("E302", f'there is no fix "{name.text}"', name.at, _WITHOUT)
    if name.value in tables.checks:
        return Problem("E302", f'"{name.text}" is a check, not a fix', name.at, f"write require: {{ {name.text}: … }}")
    suggestion = did_you_mean(name.text, tables.fixes) or f"fixes are {listed(tables.fixes)}"
    return Problem("E302", f'there is no fix "{name.text[:64]}"', name.at, suggestion)
