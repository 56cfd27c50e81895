"""Names of parts and keys that an upstream tells of: in its refusals, and in the OpenAPI document that it may have."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from why400.probe.experiment import Answer

_QUOTED = re.compile(r"""['"`]([A-Za-z_][\w.\[\]-]{0,40})['"`]""")
_FIELD = re.compile(r"(?:field|key|part|parameter|argument|property)\s*[:=]?\s*['\"`]?([A-Za-z_][\w-]{1,40})")
_NO_NAMES = frozenset(
    (
        *("error", "errors", "message", "detail", "details", "status", "code", "type", "title", "msg", "loc", "input"),
        *("missing", "body", "field", "required", "str", "int", "bytes", "name", "is", "value", "object", "string"),
        *("json", "form", "must", "was", "null", "None", "true", "false", "True", "False", "not", "reason", "request"),
        *("exception", "traceback", "response", "invalid", "Content-Type", "content-type", "ctx", "url", "predictions"),
    )
)
_NO_WORDS = frozenset(("type", "url", "input", "ctx", "traceback", "stack"))
_SAYS_NAME = re.compile(r"missing|field|param|part|key|required|expected|attribute|source|pointer|path", re.IGNORECASE)
_PATH = re.compile(r"(?:[\w$-]*[/.])*([A-Za-z_][\w-]*)")
_LONGEST_NAME = 100
_MOST = 12
_LONGEST_TEXT = 8192


def names_told(answer: Answer) -> tuple[str, ...]:
    """Words of a refusal that may be the name it misses, those in the likeliest places first."""
    try:
        document = orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        document, texts = None, [re.sub(r"<[^>]{0,400}>", " ", answer.text[:_LONGEST_TEXT])]
    else:
        texts = list(_texts(document))
    found = [*_places(document), *_named(document)]
    found += [key for key, value in document.items() if _says(value)] if isinstance(document, dict) else []
    for text in texts:
        found += _QUOTED.findall(text) + _FIELD.findall(text)
    return tuple(dict.fromkeys(name for name in found if name not in _NO_NAMES))[:_MOST]


def _texts(document: Any) -> Iterator[str]:
    """The sentences of a JSON refusal."""
    if isinstance(document, str):
        yield document[:_LONGEST_TEXT]
    elif isinstance(document, list):
        for item in document:
            yield from _texts(item)
    elif isinstance(document, dict):
        for key, value in document.items():
            if key not in _NO_WORDS:
                yield from _texts(value)


def _says(value: Any) -> bool:
    """`{"file": ["No file was submitted."]}`: how Django REST framework names a field."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)


def _places(document: Any) -> Iterator[str]:
    """The last words of pydantic's `loc`."""
    if isinstance(document, dict):
        loc = document.get("loc")
        if isinstance(loc, list):
            yield from (str(step) for step in reversed(loc) if isinstance(step, str))
        for value in document.values():
            yield from _places(value)
    elif isinstance(document, list):
        for item in document:
            yield from _places(item)


IN_IT = "\0"
"""Stands between the key of an object and a key in it."""


def _named(document: Any) -> Iterator[str]:
    """A name by itself where a member says what it is: `{"missing": "scan"}`, `{"pointer": "/data/scan"}`."""
    for key, value in document.items() if isinstance(document, dict) else ():
        if isinstance(value, str) and _SAYS_NAME.search(key) and (path := _PATH.fullmatch(value[:_LONGEST_NAME])):
            yield path[1]
    inner = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    for value in inner:
        yield from _named(value)


def names_published(openapi: Answer, target: str, method: str) -> dict[str, tuple[str, ...]]:
    """The names that an OpenAPI 3 document gives for an operation: `{"form": parts, "json": keys}`."""
    try:
        document = orjson.loads(openapi.body)
        content = document["paths"][target.partition("?")[0]][method.lower()]["requestBody"]["content"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return {}
    names: dict[str, tuple[str, ...]] = {}
    for media_type, described in content.items() if isinstance(content, dict) else ():
        style = "form" if media_type == "multipart/form-data" else "json" if media_type.endswith("json") else ""
        if style and isinstance(described, dict):
            schema = described.get("schema")
            inner = _inner(document, schema) if style == "json" else ()
            names[style] = (*_properties(document, schema, 4), *inner)
    return names


def _inner(document: Mapping[str, Any], schema: Any) -> Iterator[str]:
    """Names in the objects that a schema's members are, behind the member's own."""
    reference = schema.get("$ref", "") if isinstance(schema, dict) else ""
    whole = _at(document, reference[2:].split("/")) if str(reference).startswith("#/") else schema
    properties = whole.get("properties") if isinstance(whole, dict) else None
    for name, described in properties.items() if isinstance(properties, dict) else ():
        yield from (f"{name}{IN_IT}{inner}" for inner in _properties(document, described, 3))


def names_of_models(answer: Answer) -> tuple[str, ...]:
    """The ids of OpenAI's list of models: `{"data": [{"id": …}]}`."""
    try:
        return tuple(str(one["id"]) for one in orjson.loads(answer.body)["data"])
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return ()


def _properties(document: Mapping[str, Any], schema: Any, depth: int) -> Iterator[str]:
    if not isinstance(schema, dict) or not depth:
        return
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        yield from _properties(document, _at(document, reference[2:].split("/")), depth - 1)
    properties = schema.get("properties")
    for name, described in properties.items() if isinstance(properties, dict) else ():
        if not isinstance(described, dict) or described.get("type", "string") in ("string", "array", "object"):
            yield str(name)
    for group in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(group) or ():
            yield from _properties(document, one, depth - 1)


def _at(document: Any, steps: list[str]) -> Any:
    for step in steps:
        document = document.get(step) if isinstance(document, dict) else None
    return document
