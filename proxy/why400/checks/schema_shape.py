"""Reading a JSON Schema out of rules: all keywords known, all references leading somewhere, each problem at its place.

A schema whose keyword is misspelt holds for everything, so the validator's own leniency will not do here.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from why400.checks.schema_document import Schema, refusal
from why400.checks.schema_keywords import ALL, ELSEWHERE, NOTES, OTHER_TYPES, TYPES, VALUES
from why400.checks.schema_walk import Fields, SchemaTree
from why400.shapes.node import holds_broken, is_broken, plain, wrong_kind
from why400.shapes.shape import Node, Problem
from why400.shapes.suggest import closest, did_you_mean, listed

_EXAMPLE = "such as { type: object, required: [image] }"
_LONGEST = 200
_NO_REGEX = ' is not a "regex"'


@dataclass(frozen=True, slots=True)
class SchemaShape:
    """A JSON Schema written as YAML; read as a compiled `Schema`."""

    def read(self, node: Node, problems: list[Problem]) -> Schema | None:
        """The schema, or None with E203 (no map), E206 (empty), E201 (a keyword), E314, E324 (it cannot be used)."""
        if is_broken(node):
            return None
        if node.kind != "map":
            elsewhere = "write the schema itself here; JSON can be pasted" if node.kind == "str" else _EXAMPLE
            problems.append(wrong_kind(node, self.words(), elsewhere))
            return None
        if not node.value:
            problems.append(Problem("E206", "an empty schema holds for everything", node.at, _EXAMPLE))
            return None
        before, tree = len(problems), SchemaTree(node)
        for one in tree.schemas:
            problems += _told(tree.fields(one), tree)
        return None if len(problems) > before or holds_broken(node) else _compiled(tree, problems)

    def schema(self) -> dict[str, Any]:
        """An object with the keywords and what stands at each, one level deep."""
        names = {"anyOf": [{"enum": [*ALL, *sorted(NOTES)]}, {"pattern": "^x-"}]}
        return {"type": "object", "minProperties": 1, "propertyNames": names, "properties": VALUES}

    def words(self) -> str:
        """`a JSON Schema, as a map`."""
        return "a JSON Schema, as a map"


def _compiled(tree: SchemaTree, problems: list[Problem]) -> Schema | None:
    try:
        text = json.dumps(plain(tree.root), ensure_ascii=False, allow_nan=False)
    except ValueError:
        problems.append(Problem("E209", "a number in it is too large for JSON", tree.root.at, "write a smaller one"))
        return None
    refused = refusal(text)
    if refused is None:
        return Schema(text, slow=tree.forks or tree.has_patterns, forks=tree.forks)
    problems.append(_cannot(tree, *refused))
    return None


def _cannot(tree: SchemaTree, message: str, path: list[str | int]) -> Problem:
    """E324 at the place in the schema that the library names."""
    at = (tree.follow(path) or tree.root).at
    if message.endswith(_NO_REGEX):
        words = "patterns take linear time: no look-around, no back references, no counts of many thousands"
        return Problem("E324", f"{message.removesuffix(_NO_REGEX)[:_LONGEST]} is no pattern", at, words)
    return Problem("E324", f"the schema cannot be used: {message[:_LONGEST]}", at)


def _told(fields: Fields, tree: SchemaTree) -> Iterator[Problem]:
    """What is wrong with the keywords of one schema."""
    for name, (key, value) in fields.items():
        if name not in ALL and name not in NOTES and not name.startswith("x-"):
            yield _unknown(key, value)
    yield from _types(fields)
    yield from _reference(fields, tree)
    yield from _never(fields)


def _unknown(key: Node, value: Node) -> Problem:
    message = f'"{key.text[:64]}" is no keyword of JSON Schema'
    if key.value in ELSEWHERE:
        return Problem("E201", message, key.at, ELSEWHERE[key.value])
    if value.kind == "map" and closest(key.value, ALL) is None:
        return Problem(
            "E201", message, key.at, f"the keys of a document stand under properties: {{ {key.text[:40]}: … }}"
        )
    return Problem("E201", message, key.at, did_you_mean(key.value, ALL) or "leave it out, or write x- in front of it")


def _types(fields: Fields) -> Iterator[Problem]:
    """E203, E204: `type` is one of seven words, or a list of them."""
    value = fields["type"][1] if "type" in fields else None
    for item in () if value is None else value.value if value.kind == "list" else (value,):
        if item.kind == "null":
            yield Problem("E203", f"got nothing, want one of {listed(TYPES)}", item.at, 'write "null" in quotes')
        elif item.kind != "str":
            yield wrong_kind(item, f"one of {listed(TYPES)}")
        elif item.value not in TYPES:
            other = OTHER_TYPES.get(item.value.lower())
            suggestion = f'did you mean "{other}"?' if other else did_you_mean(item.value, TYPES)
            yield Problem("E204", f'got "{item.text[:40]}", want one of {listed(TYPES)}', item.at, suggestion)


def _reference(fields: Fields, tree: SchemaTree) -> Iterator[Problem]:
    """E324: `$ref` leads out of the document, or nowhere in it."""
    value = fields["$ref"][1] if "$ref" in fields else None
    if value is None or value.kind != "str":
        return
    top = tree.fields(tree.root)
    if not value.value.startswith("#") and "$id" not in top:
        message = f'"{value.text[:_LONGEST]}" is another document, and nothing is fetched'
        yield Problem("E324", message, value.at, "copy it under $defs: and write $ref: '#/$defs/name'")
    elif value.value.startswith("#/") and tree.target(value.value) is None:
        names = [f"#/{group}/{name}" for group in ("$defs", "definitions") for name in _names(top, group)]
        there = f"there are {listed(names)}" if names else "there is no $defs:"
        suggestion = did_you_mean(value.value, names) or there
        yield Problem("E324", f'nothing stands at "{value.text[:_LONGEST]}"', value.at, suggestion)


def _never(fields: Fields) -> Iterator[Problem]:
    """E314: a key is required that the closed properties do not have."""
    required, others = (fields[name][1] if name in fields else None for name in ("required", "additionalProperties"))
    if required is None or required.kind != "list" or others is None or "patternProperties" in fields:
        return
    known = _names(fields, "properties")
    for item in required.value if others.kind == "bool" and not others.value else ():
        if item.kind == "str" and item.value not in known:
            message = f'"{item.text[:64]}" is required, and additionalProperties: false forbids it'
            yield Problem("E314", message, item.at, did_you_mean(item.value, known) or "add it to properties:")


def _names(fields: Fields, group: str) -> list[str]:
    """The keys of a map in a schema, none where there is no such map."""
    value = fields[group][1] if group in fields else None
    return [key.value for key, _ in value.value] if value is not None and value.kind == "map" else []
