"""One rule: an id, one check (two for `width` and `height`), perhaps a fix, what to say."""

import re
from typing import Any

from why400.exchange import Mode
from why400.rules.draft import Fields, RuleDraft, Tables, fields_of, missing
from why400.rules.model import IMAGE_RULE, Requirement, Rule
from why400.rules.read_clauses import read_exceptions
from why400.rules.read_fix import read_fix
from why400.shapes.choice import Choice
from why400.shapes.node import is_broken, wrong_kind
from why400.shapes.number import Whole
from why400.shapes.shape import Node, Problem, Shape
from why400.shapes.suggest import did_you_mean, listed
from why400.shapes.text import Text

RULE_KEYS = ("require", "fix", "mode", "status", "message", "why", "on", "exceptions")
STATUSES = (400, 406, 411, 413, 414, 415, 422)
PAIR = {"width", "height"}
ID = re.compile(r"[a-z][a-z0-9-]{0,62}")
MODES = Choice(tuple(Mode), {"enforced": "enforce", "on": "enforce", "off": "disabled", "disable": "disabled"})
PLACEHOLDERS = ("got", "want", "at")

_SHAPES: dict[str, Shape] = {
    "mode": MODES,
    "status": Whole(400, 422, STATUSES),
    "message": Text("a message of up to 500 characters", longest=500),
    "why": Text("a reason of up to 500 characters", longest=500),
    "on": Text("the name of a location"),
}


def read_id(key: Node, what: str, problems: list[Problem]) -> None:
    """E207 where a route's or rule's id is not of the form `a-word-9`."""
    if not ID.fullmatch(key.value):
        lower = re.sub(r"[^a-z0-9]+", "-", key.value.lower()).strip("-")
        suggestion = f"write {lower}" if ID.fullmatch(lower) else "small letters, digits and -, a letter first"
        problems.append(Problem("E207", f'"{key.text[:64]}" cannot be the id of a {what}', key.at, suggestion))


def read_rule(key: Node, value: Node, tables: Tables, problems: list[Problem]) -> RuleDraft | None:
    """A rule from its id and its map; its mode is still its own (ENFORCE where it says none)."""
    read_id(key, "rule", problems)
    if key.value == IMAGE_RULE:
        problems.append(
            Problem("E318", '"image" is the id of the rule that image: is itself', key.at, "choose another id")
        )
    fields = fields_of(value, RULE_KEYS, "the keys of a rule", problems)
    if fields is None:
        return None
    if "require" not in fields:
        problems.append(missing(key, "require", "{ format: [jpeg, png] }, or another check"))
        return None
    require = read_require(fields["require"][1], tables, problems)
    plain = _plain_values(fields, problems)
    fix, options = _fix(fields, require, tables, problems)
    excepting = (fields["exceptions"][1],) if "exceptions" in fields else ()
    exceptions = tuple(one for node in excepting for one in read_exceptions(node, problems))
    if not require:
        return None
    rule = Rule(key.value, require, plain.pop("mode", Mode.ENFORCE), fix, options, exceptions=exceptions, **plain)
    at = {pair[0].value: pair[0].at for pair in fields["require"][1].value}
    return RuleDraft(rule, key.at, {name: pair[1].at for name, pair in fields.items()}, at, excepting)


def _plain_values(fields: Fields, problems: list[Problem]) -> dict[str, Any]:
    values = {name: _SHAPES[name].read(pair[1], problems) for name, pair in fields.items() if name in _SHAPES}
    if values.get("message"):
        _placeholders(fields["message"][1], problems)
    if values.get("mode"):
        values["mode"] = Mode(values["mode"])
    return {name: value for name, value in values.items() if value is not None}


def _placeholders(node: Node, problems: list[Problem]) -> None:
    for name in re.findall(r"\{([^{}]*)\}", node.value):
        if name not in PLACEHOLDERS:
            wanted = listed(f"{{{word}}}" for word in PLACEHOLDERS)
            suggestion = did_you_mean(name, PLACEHOLDERS)
            problems.append(Problem("E319", f"{{{name[:40]}}} is not known; there are {wanted}", node.at, suggestion))


def read_require(node: Node, tables: Tables, problems: list[Problem]) -> tuple[Requirement, ...]:
    """The checks of a rule; nothing where one of them cannot be read."""
    if is_broken(node):
        return ()
    if node.kind != "map" or not node.value:
        problems.append(wrong_kind(node, "a check and what it asks for", "such as { format: [jpeg, png] }"))
        return ()
    names = {key.value for key, _ in node.value}
    if len(names) > 1 and names != PAIR:
        second = node.value[1][0]
        problems.append(
            Problem("E303", "a rule has one check (or width and height)", second.at, f"make {second.text} its own rule")
        )
    read = [_requirement(key, value, tables, problems) for key, value in node.value]
    return tuple(one for one in read if one) if all(read) else ()


def _requirement(key: Node, value: Node, tables: Tables, problems: list[Problem]) -> Requirement | None:
    check = tables.checks.get(key.value)
    if check is None:
        problems.append(_no_check(key, tables))
        return None
    want = check.shape.read(value, problems)
    return None if want is None else Requirement(check, want)


def _no_check(key: Node, tables: Tables) -> Problem:
    if key.value in tables.fixes:
        return Problem("E302", f'"{key.text}" is a fix, not a check', key.at, f"write fix: {key.text} beside require")
    suggestion = did_you_mean(key.text, tables.checks) or f"checks are {listed(tables.checks)}"
    return Problem("E302", f'there is no check "{key.text[:64]}"', key.at, suggestion)


def _fix(
    fields: Fields, require: tuple[Requirement, ...], tables: Tables, problems: list[Problem]
) -> tuple[Any, dict[str, Any]]:
    if "fix" not in fields:
        return None, {}
    fix, options = read_fix(fields["fix"][1], tables, problems)
    if fix is not None:
        for requirement in require:
            if requirement.check.name not in fix.serves:
                problems.append(_does_not_serve(fields["fix"][1], fix.name, requirement.check.name, tables))
                break
    return fix, options


def _does_not_serve(node: Node, fix: str, check: str, tables: Tables) -> Problem:
    fitting = [name for name, other in tables.fixes.items() if check in other.serves]
    suggestion = f"write fix: {' or '.join(fitting)}" if fitting else "no fix does: leave it out"
    return Problem("E304", f"the fix {fix} does not serve the check {check}", node.at, suggestion)
