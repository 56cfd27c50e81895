"""What a document has against a JSON Schema: the library's errors as causes and short words, never a value of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from why400.checks.schema_cut import Path, cut
from why400.checks.schema_document import Schema
from why400.checks.schema_limits import limit_words
from why400.content.json_scan import pointer
from why400.content.names import MOST_NAMES, listed, quoted
from why400.locations.near_miss import other_spelling

Keys = Mapping[str, Sequence[Path]]
"""Where each key of a document stands."""

_MOST_PLACES = 3
_MOST_VALUES = 500
_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "boolean"),
    (str, "string"),
    (int, "integer"),
    (float, "number"),
    (list, "array"),
    (dict, "object"),
)
_WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "a string",
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: its cause, where, what is there and what is wanted, in words."""

    cause: str
    path: Path
    got: str
    want: str

    @property
    def at(self) -> str:
        """Where, in the contract's words."""
        return "json:" + pointer(self.path)


def wrong_with(document: Any, schema: Schema) -> list[Wrong]:
    """What is wrong, what to mend first in front; nothing where the document is as the schema says.

    All that is wrong with a document of few values; of a larger one what its first values show, or the first fault.
    """
    if schema.validator.is_valid(document):
        return []
    keys = _keys(document)
    found: dict[Path, Wrong] = {}
    for error in _errors(document, schema):
        for wrong in _wrong(error, keys):
            found.setdefault(wrong.path, wrong)
    renamed = {wrong.got for wrong in found.values() if wrong.cause == "json.field-name"}
    left = [wrong for wrong in found.values() if wrong.cause != "json.extra-field" or wrong.got not in renamed]
    return sorted(left, key=lambda wrong: (_RANK.index(wrong.cause), len(wrong.path))) or [_SOMEWHERE]


def _errors(document: Any, schema: Schema) -> list[Any]:
    """The library's errors. All of them take microseconds each, and alternatives over lists far more."""
    small = cut(document)
    errors = schema.validator.iter_errors(small.document)
    told = [error for error in errors if small.tells(tuple(error.instance_path), error.kind.name)]
    return told or ([] if schema.forks else schema.first_error(document))


_RANK = (
    "json.not-object",
    "json.field-name",
    "json.wrong-nesting",
    "json.missing-field",
    "json.list-vs-single",
    "json.wrong-type",
    "json.extra-field",
    "json.value-range",
)


_SOMEWHERE = Wrong("json.value-range", (), "something in it that its schema rules out", "all as its schema says")


def also(others: Sequence[Wrong]) -> str:
    """Where the rest stands: ` (also at json:/a, json:/b and 2 more)`."""
    if not others:
        return ""
    places = ", ".join(wrong.at for wrong in others[:_MOST_PLACES])
    rest = len(others) - _MOST_PLACES
    return f" (also at {places}{f' and {rest} more' if rest > 0 else ''})"


def _wrong(error: Any, keys: Keys) -> list[Wrong]:
    """One error, a choice of alternatives opened down to what the nearest of them lacks."""
    path, name, said = tuple(error.instance_path), error.kind.name, error.kind.as_dict()
    if name in ("anyOf", "oneOf"):
        return _of_alternatives(path, error, said["context"], keys)
    if name == "required":
        return [_missing((*path, said["property"]), list(error.instance), keys)]
    if name == "type":
        return [_type(path, error.instance, said["types"])]
    if name in _FORBIDDEN:
        return _FORBIDDEN[name](path, error)
    got, want = limit_words(name, error.instance, said)
    return [Wrong("json.value-range", path, got, want)]


def _of_alternatives(path: Path, error: Any, context: Sequence[Sequence[Any]], keys: Keys) -> list[Wrong]:
    if not all(context):
        return [Wrong("json.value-range", path, "what fits several of the alternatives", "what fits exactly one")]
    if all(errors[0].kind.name == "type" and tuple(errors[0].instance_path) == path for errors in context):
        types = [name for errors in context for name in errors[0].kind.as_dict()["types"]]
        return [_type(path, error.instance, list(dict.fromkeys(types)))]
    of_its_kind = [errors for errors in context if not _is_of_another_kind(errors[0], path)]
    nearest = min(of_its_kind or context, key=lambda errors: (len(errors), -len(errors[0].instance_path)))
    return _wrong(nearest[0], keys)


def _is_of_another_kind(error: Any, path: Path) -> bool:
    return error.kind.name in ("type", "const", "enum") and tuple(error.instance_path) == path


def _missing(path: Path, names: list[str], keys: Keys) -> Wrong:
    key = str(path[-1])
    want = f"the key {quoted(key)}"
    elsewhere = next((place for place in keys.get(key, ()) if _names(place) != _names(path)), None)
    other = None if elsewhere is not None else other_spelling(key, names)
    if other is not None:
        return Wrong("json.field-name", path, f"the key {quoted(other)}", want)
    if elsewhere is not None:
        return Wrong("json.wrong-nesting", path, f"that key at {pointer(elsewhere)}", want)
    return Wrong("json.missing-field", path, f"the keys {listed(names)}" if names else "no keys", want)


def _names(path: Path) -> list[str | int]:
    """A path but for the places in lists: another element's key is no other depth."""
    return [step for step in path if isinstance(step, str)]


def _keys(document: Any) -> Keys:
    """Where the keys of a document stand, among its first values."""
    places: list[tuple[Path, Any]] = [((), document)]
    keys: dict[str, list[Path]] = {}
    for place, value in places:
        for step, inner in islice(_members(value), max(_MOST_VALUES - len(places), 0)):
            places.append(((*place, step), inner))
            if isinstance(step, str):
                keys.setdefault(step, []).append((*place, step))
    return keys


def _members(value: Any) -> Iterable[tuple[str | int, Any]]:
    if isinstance(value, dict):
        return value.items()
    return enumerate(value) if isinstance(value, list) else ()


def _type(path: Path, value: Any, types: Sequence[str]) -> Wrong:
    unwrapped = list(types) == ["array"] and value is not None
    wrapped = isinstance(value, list) and bool(value) and _is(value[0], types)
    cause = "json.list-vs-single" if wrapped or unwrapped else "json.wrong-type"
    if not path and "object" in types:
        cause = "json.not-object"
    return Wrong(cause, path, _WORDS[_kind(value)], " or ".join(_WORDS[name] for name in types))


def _kind(value: Any) -> str:
    return next((word for of, word in _KINDS if isinstance(value, of)), "null")


def _is(value: Any, types: Sequence[str]) -> bool:
    return _kind(value) in types or (_kind(value) == "integer" and "number" in types)


def _extra(path: Path, error: Any) -> list[Wrong]:
    names = error.kind.as_dict()["unexpected"][:MOST_NAMES]
    return [Wrong("json.extra-field", (*path, name), f"the key {quoted(name)}", "no such key") for name in names]


def _nothing(path: Path, error: Any) -> list[Wrong]:
    if error.schema_path[-1:] == ["additionalProperties"]:
        return [Wrong("json.extra-field", path, "a key", "no keys")]
    return [Wrong("json.extra-field", path, "a value", "nothing here")]


def _name(path: Path, error: Any) -> list[Wrong]:
    name = str(error.kind.as_dict()["error"].instance)
    return [Wrong("json.extra-field", (*path, name), f"the key {quoted(name)}", "keys of another form")]


_FORBIDDEN: dict[str, Callable[[Path, Any], list[Wrong]]] = {
    "additionalProperties": _extra,
    "unevaluatedProperties": _extra,
    "falseSchema": _nothing,
    "propertyNames": _name,
}
