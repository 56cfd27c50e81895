"""The rule language as JSON Schema (draft 2020-12), for editors that complete and underline."""

from collections.abc import Mapping, Sequence
from typing import Any

from why400.fixes.fix import Fix
from why400.rules.draft import Tables
from why400.rules.match import METHODS
from why400.rules.model import IMAGE_RULE
from why400.rules.read_clauses import SHAPES
from why400.rules.read_file import PRESET_KEYS, VERSION, read_file
from why400.rules.read_rule import ID, MODES, STATUSES
from why400.rules.read_tests import EXPECT, SENT, STYLE
from why400.rules.source import SourceFile

_KINDS = {"example": ["object", "array"], "as": ["string", "array"]}


def schema(tables: Tables, presets: Mapping[str, SourceFile] | None = None) -> dict[str, Any]:
    """The schema of a rules file. What only a whole set can show (order, contradictions) is left to `check`.

    The names of `presets` are completed; others are no mistake here, for a rules folder may have its own.
    """
    read = {name: read_file(file, PRESET_KEYS, []) for name, file in (presets or {}).items()}
    names = {
        part: [name for name, preset in read.items() if preset.fields and part in preset.fields]
        for part in ("routes", "rules")
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "why400 rules",
        **_closed(
            {
                "why400": {"const": VERSION, "description": "the language's version"},
                "mode": _mode("caps every route"),
                "use": _use(names["routes"], "presets whose routes come last"),
                "routes": _by_id(_route(tables, names["rules"])),
            },
            ("why400",),
        ),
        "anyOf": [{"required": ["use"]}, {"properties": {"routes": {"additionalProperties": _WHOLE}}}],
    }


_WHOLE: dict[str, Any] = {"anyOf": [{"required": ["match"]}, {"const": False}]}
"""A route says which requests it is about, unless a preset's may say so for it."""


def _closed(properties: dict[str, Any], required: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


def _by_id(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "propertyNames": {"pattern": f"^{ID.pattern}$"},
        "additionalProperties": {"anyOf": [value, {"const": False}]},
        "minProperties": 1,
    }


def _mode(words: str) -> dict[str, Any]:
    return {**MODES.schema(), "description": words}


def _use(presets: Sequence[str], words: str) -> dict[str, Any]:
    name = {"anyOf": [{"enum": list(presets)}, {"type": "string"}]} if presets else {"type": "string"}
    return {"type": "array", "items": name, "minItems": 1, "uniqueItems": True, "description": words}


def _route(tables: Tables, presets: Sequence[str]) -> dict[str, Any]:
    match = {"type": "string", "pattern": f"^(?:{'|'.join(METHODS)}) /[^ ?*]*$"}
    test = _closed(
        {"name": {"type": "string"}, "send": _send(tables), "expect": _expect(tables), "mode": MODES.schema()},
        ("name", "send", "expect"),
    )
    return _closed(
        {
            "match": {"anyOf": [match, {"type": "array", "items": match, "minItems": 1}]},
            "mode": _mode("observe is the default"),
            "image": _image(tables),
            "use": _use(presets, "presets whose rules come first"),
            "rules": _by_id(_rule(tables)),
            **{name: shape.schema() for name, shape in SHAPES.items()},
            "answer": {"anyOf": [{"const": "explain"}, SHAPES["answer"].schema()]},
            "tests": {"type": "array", "items": test},
        },
    )


def _expect(tables: Tables) -> dict[str, Any]:
    expect = EXPECT.schema()
    return {**expect, "properties": {**expect["properties"], "cause": {"enum": sorted(tables.causes)}}}


def _send(tables: Tables) -> dict[str, Any]:
    return _closed({**{name: shape.schema() for name, shape in SENT.items()}, STYLE: _image(tables)})


def _image(tables: Tables) -> dict[str, Any]:
    keys = {key for location in tables.locations.values() for key in (location.key, *location.keys)}
    fixes = {name: fix for name, fix in tables.fixes.items() if IMAGE_RULE in fix.serves}
    place: dict[str, Any] = _closed(
        {
            **{key: {"type": _KINDS.get(key, "string")} for key in sorted(keys)},
            "any": {"type": "array", "minItems": 2, "uniqueItems": True},
            "optional": {"type": "boolean"},
            "name": {"type": "string", "pattern": f"^{ID.pattern}$"},
            "fix": _fix(fixes),
        }
    )
    return {
        "anyOf": [{"const": "body"}, place, {"type": "array", "items": {**place, "required": ["name"]}, "minItems": 1}]
    }


def _rule(tables: Tables) -> dict[str, Any]:
    checks = {name: {**check.shape.schema(), "description": check.manual} for name, check in tables.checks.items()}
    return _closed(
        {
            "require": {**_closed(checks), "minProperties": 1, "maxProperties": 2},
            "fix": _fix(tables.fixes),
            "mode": _mode("the weaker of route and rule holds"),
            "status": {"enum": list(STATUSES)},
            "message": {"type": "string", "description": "{got}, {want} and {at} are filled in"},
            "why": {"type": "string"},
            "on": {"type": "string", "description": "the name of one of several images"},
            "exceptions": SHAPES["exceptions"].schema(),
        },
        ("require",),
    )


def _fix(fixes: Mapping[str, Fix]) -> dict[str, Any]:
    options = {name: {**fix.options.schema(), "description": fix.manual} for name, fix in fixes.items()}
    return {"anyOf": [{"enum": list(fixes)}, {**_closed(options), "minProperties": 1, "maxProperties": 1}]}
