"""What an upstream asks for beside an image: a field of the head, a parameter of the query, a part or key more."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import getitem
from typing import Any, Literal

import orjson

from why400.probe.bench import Subject
from why400.probe.experiment import Answer
from why400.probe.names import names_told

Kind = Literal["header", "query", "beside"]

ANYTHING = "1"
"""What readers of text, of numbers and of switches take alike."""

_HEADER = re.compile(
    r"headers?\s*[:=]?\s*['\"`]?([A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*)['\"`]?|['\"`]?\b([Xx]-[A-Za-z0-9-]+)['\"`]?"
)
_QUERY = re.compile(
    r"(?:query|url)\s+(?:string\s+)?(?:param\w*|arg\w*)?\s*[:=]?\s*['\"`]?([A-Za-z_][\w-]{0,40})", re.IGNORECASE
)
_CHOICES = re.compile(
    r"(?:should be|must be|one of|expected|choose from)\b[^'\"\n]{0,40}['\"]([\w./-]{1,40})['\"]", re.IGNORECASE
)
_OBJECT = re.compile(r"valid dict|should be an object|must be an object|JSON object|valid JSON", re.IGNORECASE)
_NO_FIELDS = frozenset(
    (
        *("content-type", "content-length", "authorization", "the", "is", "was", "must", "value", "missing", "not"),
        *("required", "and", "string", "parameter", "parameters"),
    )
)
"""Fields that experiments set themselves or that are never guessed, and words that stand behind `header`."""

_SECRET = re.compile(r"auth|token|key|secret|cookie", re.IGNORECASE)
_PLACES = ("query", "header", "path", "cookie", "body", "file")
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Want:
    """One thing that a refusal asks for: of which kind, its name, and the value to try."""

    kind: Kind
    name: str
    value: str = ANYTHING

    @property
    def words(self) -> str:
        """For people."""
        kinds = {"header": "the header field", "query": "the query parameter", "beside": "beside the image:"}
        return f"{kinds[self.kind]} {self.name}"


def wants(answer: Answer) -> tuple[Want, ...]:
    """What a refusal asks for, the likeliest first; credentials are never guessed."""
    text = answer.text[:_LONGEST]
    told = {(kind, name): value for kind, name, value in _located(_document(answer))}
    for named in _HEADER.findall(text):
        name = next(filter(None, named))
        if name.lower() not in _NO_FIELDS and not _SECRET.search(name):
            told.setdefault(("header", name), _value(text))
    for name in _QUERY.findall(text):
        if name.lower() not in _NO_FIELDS:
            told.setdefault(("query", name), _value(text))
    for name in () if told else names_told(answer)[:3]:
        if name not in _PLACES and name.isidentifier():
            told.setdefault(("beside", name), _value(text))
    return tuple(Want(kind, name, value) for (kind, name), value in told.items())


def wants_published(openapi: Answer, target: str, method: str) -> tuple[Want, ...]:
    """What an OpenAPI 3 document says that an operation needs beside a body's image: parameters, and plain members."""
    document = _document(openapi)
    try:
        operation = document["paths"][target.partition("?")[0]][method.lower()]
        found = [*_parameters(operation), *_members(document, operation)]
    except (KeyError, TypeError, AttributeError):
        return ()
    return tuple(dict.fromkeys(found))


def _parameters(operation: Any) -> Iterator[Want]:
    for one in operation.get("parameters", ()):
        secret = _SECRET.search(str(one["name"]))
        if one.get("required") and one["in"] in ("query", "header") and not secret:
            yield Want(one["in"], str(one["name"]), _example(one.get("schema", {})))


def _members(document: Any, operation: Any) -> Iterator[Want]:
    """Required members that are no image: numbers, switches, choices, and texts with a default or an example."""
    content = operation.get("requestBody", {}).get("content", {})
    for media_type in ("multipart/form-data", "application/json"):
        schema = content.get(media_type, {}).get("schema", {})
        reference = str(schema.get("$ref", ""))
        if reference.startswith("#/"):
            schema = reduce(getitem, reference[2:].split("/"), document)
        for name in schema.get("required", ()):
            told = schema["properties"][name]
            plain = told.get("type") in ("integer", "number", "boolean")
            if plain or any(key in told for key in ("default", "example", "examples", "enum", "const")):
                yield Want("beside", str(name), _example(told))


def _example(schema: Any) -> str:
    """A value that a schema takes."""
    for key in ("default", "example", "const"):
        if key in schema:
            return str(schema[key])
    for key in ("enum", "examples"):
        if schema.get(key):
            return str(schema[key][0])
    return ANYTHING


def _located(document: Any) -> Iterator[tuple[Kind, str, str]]:
    """pydantic's errors: where (`loc`) and what is wanted there (`msg`)."""
    if isinstance(document, dict):
        loc = document.get("loc")
        if isinstance(loc, list) and len(loc) > 1 and isinstance(loc[-1], str):
            kind: Kind = "header" if loc[0] == "header" else "query" if loc[0] == "query" else "beside"
            yield kind, loc[-1], _value(str(document.get("msg")))
        for value in document.values():
            yield from _located(value)
    elif isinstance(document, list):
        for item in document:
            yield from _located(item)


def _value(words: str) -> str:
    """What to try: a choice that is named, an object where one is wanted, else what most readers take."""
    choice = _CHOICES.search(words)
    return choice[1] if choice else "{}" if _OBJECT.search(words) else ANYTHING


def _document(answer: Answer) -> Any:
    try:
        return orjson.loads(answer.body)
    except orjson.JSONDecodeError:
        return None


def satisfied(subject: Subject, given: Sequence[Want]) -> Subject:
    """The subject with fields and query parameters as they are wanted."""
    fields = [(want.name.encode(), want.value.encode()) for want in given if want.kind == "header"]
    pairs = "&".join(f"{want.name}={want.value}" for want in given if want.kind == "query")
    mark = "&" if "?" in subject.target else "?"
    target = subject.target + (f"{mark}{pairs}" if pairs else "")
    return replace(subject, fields=(*subject.fields, *fields), target=target)


def beside(given: Sequence[Want]) -> tuple[tuple[str, str], ...]:
    """Parts or keys that go with the image."""
    return tuple((want.name, want.value) for want in given if want.kind == "beside")
