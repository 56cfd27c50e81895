"""JSON answers, those too of which only the beginning was kept: many servers echo the whole request in a refusal."""

import re
from typing import Any

import orjson

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*(?P<end>")?|[{}\[\],:]|[^\s{}\[\],:"]+', re.DOTALL)
_DEEPEST = 64
_CLOSES = {"{": "}", "[": "]"}


def document_of(body: bytes) -> Any:
    """The document of an answer; of one that was cut what is whole in it; None where it is no JSON."""
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        text = body.decode("utf-8", "replace")
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        return orjson.loads(_closed(text))
    except orjson.JSONDecodeError:
        return None


def _closed(text: str) -> str:
    """The text up to its last whole value, with the lists and objects closed that are open there."""
    closers: list[str] = []
    end, open_there, before = 0, "", ""
    for token in _TOKEN.finditer(text):
        one = token[0]
        if one in _CLOSES:
            closers.append(_CLOSES[one])
        elif closers and one == closers[-1]:
            closers.pop()
        elif one in ",:" or not (before == ":" or closers[-1:] == ["]"]) or not _is_whole(token, text):
            before = one
            continue
        before, end = one, token.end()
        open_there = "".join(reversed(closers)) if len(closers) <= _DEEPEST else ""
    return text[:end] + open_there


def _is_whole(token: re.Match[str], text: str) -> bool:
    """A string that ends, or another value that something follows."""
    return token["end"] is not None if token[0].startswith('"') else token.end() < len(text)
