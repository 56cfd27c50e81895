"""One route: which requests, where their images are, which rules."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from why400.exchange import Mode
from why400.rules import other_words
from why400.rules.draft import RouteDraft, RuleDraft, Tables, fields_of, missing
from why400.rules.match import BadMatch, compile_match
from why400.rules.model import Match, Route
from why400.rules.read_clauses import (
    read_answer,
    read_cors,
    read_exceptions,
    read_refused_when,
    read_repeatable,
)
from why400.rules.read_image import read_image
from why400.rules.read_rule import MODES, read_id, read_rule
from why400.rules.read_tests import read_tests
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.shape import Node, Position, Problem

_CLAUSES: dict[str, Callable[[Node, list[Problem]], Any]] = {
    "exceptions": read_exceptions,
    "answer": read_answer,
    "refused_when": read_refused_when,
    "cors": read_cors,
    "repeatable": read_repeatable,
}
ROUTE_KEYS = ("match", "mode", "image", "use", "rules", *_CLAUSES, "tests")
_MATCH = "a method and a path such as POST /predict"


def read_route(key: Node, value: Node, tables: Tables, problems: list[Problem]) -> RouteDraft | None:
    """A route from its id and its map, presets already merged in; modes are not capped yet."""
    read_id(key, "route", problems)
    if key.value in ROUTE_KEYS and value.kind not in ("map", "broken"):
        suggestion = "write routes: { predict: { match: POST /predict } }, each route under its id"
        problems.append(Problem("E207", f'"{key.text}" is a key of a route, no id', key.at, suggestion))
        return None
    fields = fields_of(value, ROUTE_KEYS, "the keys of a route", problems, other_words.ROUTE_KEYS)
    if fields is None:
        return None
    if "match" not in fields:
        problems.append(missing(key, "match", "POST /predict"))
        return None
    matches = _matches(fields["match"][1], problems)
    mode = MODES.read(fields["mode"][1], problems) if "mode" in fields else None
    images = read_image(fields["image"][1], tables, problems) if "image" in fields else ()
    rules = _rules(fields["rules"][1], tables, problems) if "rules" in fields else ()
    clauses = {name: read(fields[name][1], problems) for name, read in _CLAUSES.items() if name in fields}
    route = Route(
        key.value,
        tuple(match for match, _ in matches),
        Mode(mode or Mode.OBSERVE),
        images,
        tuple(draft.rule for draft in rules),
        **{name: clause for name, clause in clauses.items() if clause is not None},
    )
    if rules and not images and "image" not in fields:
        _images_wanted(key, rules, problems)
    tests = read_tests(key.value, fields["tests"][1], rules, tables, problems) if "tests" in fields else ()
    excepting = (fields["exceptions"][1],) if "exceptions" in fields else ()
    return RouteDraft(route, key.at, tuple(at for _, at in matches), rules, tests, excepting)


def _matches(node: Node, problems: list[Problem]) -> list[tuple[Match, Position]]:
    items = node.value if node.kind == "list" else (node,)
    if not items:
        problems.append(Problem("E206", f"an empty list; want {_MATCH}", node.at))
    read = [_match(item, problems) for item in items]
    return [one for one in read if one]


def _match(node: Node, problems: list[Problem]) -> tuple[Match, Position] | None:
    if is_broken(node):
        return None
    if node.kind != "str":
        problems.append(wrong_kind(node, _MATCH, "write match: POST /predict"))
        return None
    match = compile_match(node.value)
    if isinstance(match, BadMatch):
        start = node.at.column + match.offset + (node.at.end - node.at.column > len(node.text))
        at = replace(node.at, column=start, end=start + match.length)
        problems.append(Problem(match.code, match.message, at, match.suggestion))
        return None
    return match, node.at


def _instead_of_list(node: Node) -> str:
    """Names alone are meant to be presets; all else is rules."""
    if node.kind == "list" and node.value and all(one.kind == "str" for one in node.value):
        return f"presets stand in use: [{', '.join(str(one.value) for one in node.value)[:80]}]"
    return "write each as id: { require: … }, without a dash"


def _rules(node: Node, tables: Tables, problems: list[Problem]) -> tuple[RuleDraft, ...]:
    if is_broken(node):
        return ()
    if node.kind != "map":
        problems.append(wrong_kind(node, "a map of rules by id", _instead_of_list(node)))
        return ()
    if not node.value:
        problems.append(Problem("E206", "no rules here", node.at, "leave rules: out, or write one"))
    read = [read_rule(key, value, tables, problems) for key, value in node.value]
    return tuple(rule for rule in read if rule)


def _images_wanted(route: Node, rules: tuple[RuleDraft, ...], problems: list[Problem]) -> None:
    """E309, at each of a file's own rules; for those of a preset, which is not wrong, once at the route."""
    asking = [draft for draft in rules if draft.rule.about_images]
    own = [draft for draft in asking if draft.at.file == route.at.file]
    for draft in own or asking[:1]:
        name = draft.rule.require[0].check.name
        message = f'"{draft.rule.id}" checks {name} of an image, and this route names no image'
        at = draft.at if own else route.at
        problems.append(Problem("E309", message, at, "write image: body (or a part, or json) in the route"))
