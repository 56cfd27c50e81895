"""The wording of an answer: its sentences without what is different each time, so that equal complaints are equal."""

import re
from collections.abc import Iterator
from typing import Any

import orjson

_LONGEST = 8192
_MOST = 400
_TAGS = re.compile(
    r"<(?:style|script|title)\b[^>]*>.{0,4000}?</(?:style|script|title)>|<!.{0,4000}?>|</?[a-z][a-z0-9]*(?:\s[^<>]{0,400})?/?>",
    re.DOTALL | re.IGNORECASE,
)
_IDS = re.compile(
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b|\b0x[0-9a-f]+\b|\b(?=[0-9a-f]*\d)[0-9a-f]{8,}\b|[A-Za-z0-9+/_-]{40,}={0,2}",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"(?<![A-Za-z_])[+-]?\d(?:[\d.,:TZ-]*\d)?Z?(?:e[+-]?\d+)?")
_QUOTED = re.compile(
    r"""'[^'\n]{0,120}'|"[^"\n]{0,120}"|`[^`\n]{0,120}`|\u201c[^\u201d\n]{0,120}\u201d|\[[^\]\n]{0,120}\]"""
)
_PATHS = re.compile(r"(?<![\w<])(?:/[\w.@~-]+){2,}/?")
_NO_SENTENCES = frozenset(("traceback", "stack", "url", "instance", "path", "timestamp", "input", "ctx"))


def steady(body: bytes) -> str:
    """The words of an answer without numbers and ids: the same complaint, sent twice, gives the same."""
    return _shortened(_NUMBERS.sub("N", _IDS.sub("ID", _sentences(body))))


def template(body: bytes) -> str:
    """The words without names too: what is quoted, paths, numbers and ids. Empty where there are none."""
    text = _QUOTED.sub("\u2026", _sentences(body))
    return _shortened(_NUMBERS.sub("N", _IDS.sub("ID", _PATHS.sub("PATH", text))))


def _shortened(text: str) -> str:
    return " ".join(text.split())[:_MOST]


def _sentences(body: bytes) -> str:
    """The texts of a JSON answer with their keys, of a page what is read of it, of anything else itself."""
    text = body[:_LONGEST].decode("utf-8", "replace")
    try:
        return "; ".join(_texts("", orjson.loads(body))) if len(body) <= _LONGEST else text
    except orjson.JSONDecodeError:
        return _TAGS.sub(" ", text)


def _texts(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            if name.lower() not in _NO_SENTENCES:
                yield from _texts(name, member)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(key, item)
    elif isinstance(value, str):
        yield f"{key}: {value}" if key else value
