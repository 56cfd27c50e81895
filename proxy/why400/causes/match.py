"""Which fingerprints a reply bears: one scan over its words, then the few patterns whose words are there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from why400.causes.fingerprint import Fingerprint
from why400.exchange import Fields

HEAD = 4096
TAIL = 1024
"""How much of a reply is looked at, in bytes from its start and from its end."""

_WORD = re.compile(rb"[a-z0-9_]+")
_TO_WORDS = bytes(byte if re.match(rb"\w", bytes([byte])) else 0x20 for byte in bytes(range(256)).lower())
_ESCAPES = (
    (b"&#39;", b"'"),
    (b"&#x27;", b"'"),
    (b"&#34;", b'"'),
    (b"&quot;", b'"'),
    (b"&lt;", b"<"),
    (b"&gt;", b">"),
    (b"&amp;", b"&"),
)
_JSON_ESCAPES = ((b"\\n", b"\n"), (b'\\"', b'"'), (b"\\u0027", b"'"), (b"\\/", b"/"), (b"\\u003c", b"<"))


@dataclass(frozen=True, slots=True)
class Match:
    """A fingerprint that a reply bears. `name` is the field, part or key that the server speaks of, if it does."""

    fingerprint: Fingerprint
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Row:
    rank: int
    fingerprint: Fingerprint
    literal: bytes
    pattern: re.Pattern[str]


class Matcher:
    """All fingerprints, ready to be looked for."""

    __slots__ = ("_body", "_fields")

    def __init__(self, fingerprints: Iterable[Fingerprint]) -> None:
        rows = [
            _Row(rank, row, row.literal.lower().encode(), re.compile(row.pattern))
            for rank, row in enumerate(fingerprints)
        ]
        self._body = _index(row for row in rows if row.fingerprint.part == "body")
        self._fields = _index(row for row in rows if row.fingerprint.part == "fields")

    def match(self, status: int, fields: Fields, body: bytes) -> tuple[Match, ...]:
        """The fingerprints of a reply, in the order of the rows. Bounded work, whatever the reply; never raises."""
        window = body if len(body) <= HEAD + TAIL else body[:HEAD] + b"\n" + body[-TAIL:]
        found = _search(self._body, status, unescaped(window))
        found += _search(self._fields, status, b"\n".join(name + b": " + value for name, value in fields)[:HEAD])
        found.sort(key=lambda pair: pair[0])
        return tuple(match for _, match in found)


def unescaped(text: bytes) -> bytes:
    """The text with the escapes of HTML and JSON undone that hide quotes, angle brackets and line ends."""
    if b"&" in text:
        for escape, plain in _ESCAPES:
            text = text.replace(escape, plain)
    if b"\\" in text:
        for escape, plain in _JSON_ESCAPES:
            text = text.replace(escape, plain)
    return text


@dataclass(frozen=True, slots=True)
class _Index:
    """Rows by the longest word of their literal."""

    words: frozenset[bytes]
    rows: Mapping[bytes, list[_Row]]


def _index(rows: Iterable[_Row]) -> _Index:
    by_word: defaultdict[bytes, list[_Row]] = defaultdict(list)
    for row in rows:
        by_word[max(_WORD.findall(row.literal), key=len)].append(row)
    return _Index(frozenset(by_word), dict(by_word))


def _search(index: _Index, status: int, text: bytes) -> list[tuple[int, Match]]:
    words = index.words.intersection(text.translate(_TO_WORDS).split())
    if not words:
        return []
    lower, readable = text.lower(), text.decode("utf-8", "replace")
    found = []
    for row in (row for word in words for row in index.rows[word]):
        expected = row.fingerprint.statuses
        if row.literal in lower and (not expected or status in expected):
            hit = row.pattern.search(readable)
            if hit:
                found.append((row.rank, Match(row.fingerprint, hit.groupdict().get("name"))))
    return found
