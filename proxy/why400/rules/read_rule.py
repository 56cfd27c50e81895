"""One rule: an id, one check (two for `width` and `height`), perhaps a fix, what to say."""

import re
from typing import Any

from why400.exchange import Mode
from why400.rules import other_words
from why400.rules.draft import Fields, RuleDraft, Tables, fields_of, missing
from why400.rules.model import IMAGE_RULE, Requirement, Rule
from why400.rules.read_clauses import read_exceptions
from why400.rules.read_fix import read_fix
from why400.shapes.choice import Choice
from why400.shapes.node import is_broken, spelled, wrong_kind
from why400.shapes.number import Whole
from why400.shapes.shape import Node, Problem, Shape
from why400.shapes.suggest import did_you_mean, listed
from why400.shapes.text import Text

RULE_KEYS = ("require", "fix", "mode", "status", "message", "why", "on", "exceptions")
STATUSES = (400, 406, 411, 413, 414, 415, 422)
PAIR = {"width", "height"}
ID = re.compile(r"[a-z][a-z0-9-]{0,62}")
MODES = Choice(tuple(Mode), other_words.MODES)
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
        form = "at most 63 characters" if len(lower) > 63 else "small letters, digits and -, a letter first"
        suggestion = f"write {lower}" if ID.fullmatch(lower) else form
        problems.append(Problem("E207", f'"{key.text[:64]}" cannot be the id of a {what}', key.at, suggestion))


def read_rule(key: Node, value: Node, tables: Tables, problems: list[Problem]) -> RuleDraft | None:
    """A rule from its id and its map; its mode is still its own (ENFORCE where it says none)."""
    if key.value in RULE_KEYS:
        suggestion = "indent it by two more spaces, under the id of its rule"
        problems.append(Problem("E207", f'"{key.text}" is a key of a rule, no id', key.at, suggestion))
        return None
    read_id(key, "rule", problems)
    if key.value == IMAGE_RULE:
        problems.append(
            Problem("E318", '"image" is the id of the rule that image: is itself', key.at, "choose another id")
        )
    if bare := _bare_check(key, value, tables):
        problems.append(bare)
        return None
    fields = fields_of(value, RULE_KEYS, "the keys of a rule", problems, other_words.RULE_KEYS)
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


def _bare_check(key: Node, value: Node, tables: Tables) -> Problem | None:
    """A rule that begins with its check, or is nothing but one."""
    if value.kind in ("str", "int", "bool", "list") and key.value in tables.checks:
        said = f"{{ require: {{ {key.text}: {value.text or '…'} }} }}"
        return Problem("E203", f"a rule is a map, and this is {spelled(value)}", value.at, f"write {key.text}: {said}")
    pairs = value.value if value.kind == "map" else ()
    check = next((pair for pair in pairs if pair[0].value in tables.checks), None)
    if check is None or any(name.value == "require" for name, _ in pairs):
        return None
    said = f"require: {{ {check[0].text}: {check[1].text or '…'} }}"
    return Problem("E202", f'"{key.text}" has no "require"', check[0].at, f"write {said}")


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
    if misplaced := _misplaced(node, tables):
        problems.append(misplaced)
        return ()
    names = {key.value for key, _ in node.value}
    if len(names) > 1 and names != PAIR:
        second = node.value[1][0]
        problems.append(
            Problem("E303", "a rule has one check (or width and height)", second.at, f"make {second.text} its own rule")
        )
    read = [_requirement(key, value, tables, problems) for key, value in node.value]
    return tuple(one for one in read if one) if all(read) else ()


def _misplaced(node: Node, tables: Tables) -> Problem | None:
    """A key of the rule, or the second value of a check, where a check should stand."""
    (first, value), *others = node.value
    for key, other in others:
        if key.value in RULE_KEYS and key.value not in tables.checks:
            message = f'"{key.text}" is a key of the rule, not a check'
            return Problem("E303", message, key.at, "write it beside require, not in it")
        if other.kind == "null" and value.kind == "str" and key.value not in tables.checks:
            suggestion = f"write {first.text}: [{value.text.lstrip('(')}, {key.text.rstrip(')')}]"
            return Problem("E303", "several values go into brackets", key.at, suggestion)
    return None


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
    return Problem("E302", f'there is no check "{key.text[:64]}"', key.at, _check_meant(key.text, tables))


def _check_meant(word: str, tables: Tables) -> str:
    name, colon, rest = word.partition(":")
    if colon and name.strip() in tables.checks:
        return f"write {name.strip()}: {rest.strip()}, with a blank after the colon"
    if "=" in word and word.partition("=")[0].strip() in tables.checks:
        return f"write {word.replace('=', ':', 1).replace(' :', ':')}"
    hint = other_words.CHECKS.get(word.lower().replace("-", "_"))
    return hint or did_you_mean(word, tables.checks) or f"checks are {listed(tables.checks)}"


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
