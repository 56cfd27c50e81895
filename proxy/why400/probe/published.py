"""What an upstream's OpenAPI document says of an operation: bodies that it takes, and what goes with an image."""

from collections.abc import Iterator, Mapping
from functools import reduce
from typing import Any

import orjson

from why400.probe.experiment import Answer
from why400.probe.hints import like_image
from why400.probe.places import CarriedAs, Place, at_paths, parts, path_to, with_value
from why400.probe.wanted import ANYTHING, Want

_DEPTH = 6
_MOST = 6
_SPELLINGS: tuple[CarriedAs, ...] = ("base64", "data-uri")
_PLAIN: Mapping[str, Any] = {"integer": 1, "number": 1, "boolean": True, "array": [], "object": {}, "null": None}


def operation_of(openapi: Answer, target: str, method: str) -> dict[str, Any]:
    """The operation, with the whole document beside it at `""`; nothing where the answer is no such document."""
    try:
        document = orjson.loads(openapi.body)
        operation = document["paths"][target.partition("?")[0]][method.lower()]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return {}
    return {**operation, "": document} if isinstance(operation, dict) else {}


def asked_published(operation: Mapping[str, Any]) -> tuple[Want, ...]:
    """Fields of the head and parameters of the query that it needs, with values that their schemas take."""
    found = operation.get("parameters")
    return tuple(
        Want(one["in"], str(one.get("name")), str(_plain(operation, one.get("schema"))))
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, dict) and one.get("in") in ("header", "query") and one.get("required")
    )


def places_published(operation: Mapping[str, Any]) -> tuple[Place, ...]:
    """Bodies that it describes, each with the image at one of the likely places, the likeliest first."""
    body = operation.get("requestBody")
    content = body.get("content") if isinstance(body, dict) else None
    found: list[Place] = []
    for media_type, described in content.items() if isinstance(content, dict) else ():
        schema = _resolved(operation, described.get("schema") if isinstance(described, dict) else None)
        if media_type == "multipart/form-data":
            found += _forms(operation, schema)
        elif media_type.endswith("json"):
            found += _documents(operation, schema)
    return tuple(found)


def _forms(operation: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Place]:
    """A form for each part that may be a file; the others that are required beside it, as text."""
    named = {name: _resolved(operation, one) for name, one in _members(schema)}
    files = sorted(named, key=lambda name: (not _is_file(operation, named[name]), not like_image(name)))
    for name in files[:_MOST]:
        others = [one for one in schema.get("required", ()) if one in named and one != name]
        beside = tuple((one, _as_text(_plain(operation, named[one]))) for one in others)
        place = parts((name,))
        yield Place(place.style, place.names, beside=beside)


def _documents(operation: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[Place]:
    """What is required, and the image at each text in turn."""
    texts = sorted(_texts(operation, schema, "$", _DEPTH), key=lambda path: not like_image(path))
    frame = _plain(operation, schema)
    for path in texts[:_MOST]:
        rest = _cleared(frame, path)
        yield from (at_paths((path,), spelling, rest) for spelling in _SPELLINGS)


def _cleared(frame: Any, path: str) -> Any:
    """The frame without what was put at the image's own place: lists there hold the image alone."""
    return None if frame in ({}, []) or path == "$" else with_value(frame, path, None)


def _texts(operation: Mapping[str, Any], schema: Any, path: str, depth: int) -> Iterator[str]:
    """Paths to values that are texts."""
    schema = _resolved(operation, schema)
    if not depth or not schema:
        return
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if kind == "string" and not any(key in schema for key in ("enum", "const", "default")):
        yield path
    elif kind == "array":
        yield from _texts(operation, schema.get("items", {"type": "string"}), f"{path}[*]", depth - 1)
    for name, one in _members(schema):
        yield from _texts(operation, one, path + path_to(name)[1:], depth - 1)


def _plain(operation: Mapping[str, Any], schema: Any, depth: int = _DEPTH) -> Any:
    """A value that a schema takes: of an object what is required."""
    schema = _resolved(operation, schema)
    for key in ("default", "example", "const"):
        if schema.get(key) is not None:
            return schema[key]
    for key in ("enum", "examples"):
        if isinstance(schema.get(key), list) and schema[key]:
            return schema[key][0]
    if depth and ("properties" in schema or schema.get("type") == "object"):
        required, named = schema.get("required", ()), dict(_members(schema))
        return {name: _plain(operation, named[name], depth - 1) for name in required if name in named}
    if depth and schema.get("type") == "array" and schema.get("items"):
        return [_plain(operation, schema["items"], depth - 1)]
    if schema.get("type") in ("integer", "number") and isinstance(schema.get("minimum"), int | float):
        return schema["minimum"]
    return _PLAIN.get(str(schema.get("type")), ANYTHING)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def _is_file(operation: Mapping[str, Any], schema: Mapping[str, Any]) -> bool:
    inner = _resolved(operation, schema.get("items")) if schema.get("type") == "array" else schema
    return inner.get("format") in ("binary", "byte") or "contentMediaType" in inner


def _members(schema: Mapping[str, Any]) -> list[tuple[str, Any]]:
    found = schema.get("properties")
    return [(str(name), one) for name, one in found.items()] if isinstance(found, dict) else []


def _resolved(operation: Mapping[str, Any], schema: Any, depth: int = _DEPTH) -> Mapping[str, Any]:
    """A schema itself, where it says where it stands, or is one of several that are no null."""
    if not isinstance(schema, dict):
        return {}
    reference = schema.get("$ref")
    if depth and isinstance(reference, str) and reference.startswith("#/"):
        return _resolved(operation, reduce(_member, reference[2:].split("/"), operation.get("")), depth - 1)
    for group in ("allOf", "anyOf", "oneOf"):
        ones = [one for one in schema.get(group) or () if isinstance(one, dict) and one.get("type") != "null"]
        if depth and ones:
            return {**schema, group: (), **_resolved(operation, ones[0], depth - 1)}
    return schema


def _member(document: Any, key: str) -> Any:
    return document.get(key) if isinstance(document, dict) else None
