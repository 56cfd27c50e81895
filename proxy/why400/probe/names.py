"""Names of parts and keys that an upstream tells of in its refusals."""

import re
from collections.abc import Iterator
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


def _named(document: Any) -> Iterator[str]:
    """A name by itself where a member says what it is: `{"missing": "scan"}`, `{"pointer": "/data/scan"}`."""
    for key, value in document.items() if isinstance(document, dict) else ():
        if isinstance(value, str) and _SAYS_NAME.search(key) and (path := _PATH.fullmatch(value[:_LONGEST_NAME])):
            yield path[1]
    inner = document.values() if isinstance(document, dict) else document if isinstance(document, list) else ()
    for value in inner:
        yield from _named(value)
