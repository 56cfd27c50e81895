"""Where the values of a JSON document stand, without building any of them.

Strings are jumped over with `bytes.find`; only the gaps between them are looked at token by token. The scan is lenient
(it does not judge numbers or words) and bounded: so many steps, so deep. What is strictly wrong is `json_health`'s.
"""

import re
from typing import Literal

from why400.content.json_string import unescape
from why400.content.names import LONGEST_NAME
from why400.content.printable import printable
from why400.value import value

Kind = Literal["object", "array", "string", "number", "boolean", "null"]
Place = tuple[str | int, ...]

STEPS = 1_000
FEW = 200
"""Steps of a scan that is kept with what was seen of a request, for whoever asks about its document later."""

DEEPEST = 64
LONG = 64
_LONGEST_KEY = 256
_BIG_GAP = 512
_FEW_ESCAPES = 4
_BOM = b"\xef\xbb\xbf"
_TOKEN = re.compile(rb"[][{},:]|[^][{},:\"\s]{1,512}+")
_ALONE = {mark + blank: mark for mark in (b"{", b"[", b":", b",", b"}", b"]") for blank in (b"", b" ", b"\n")}
"""Gaps of one token, which most are."""

_BACKSLASH = 0x5C
_WORDS: dict[int, Kind] = {ord("t"): "boolean", ord("f"): "boolean", ord("n"): "null"}
_CLOSES: dict[bytes, Kind] = {b"}": "object", b"]": "array"}


@value
class JsonValue:
    """One value: its place as keys and indexes from the root, and the bytes that spell it.

    A string's `start` and `end` are inside its quotes. `end` is None where the value has not ended.
    """

    place: Place
    kind: Kind
    start: int
    end: int | None

    @property
    def pointer(self) -> str:
        """The place as RFC 6901 writes it."""
        return pointer(self.place)


@value
class JsonScan:
    """The values of a document in the order of their starts, as far as the scan went.

    `root_end` is the offset after the root value, None where it has not ended. `broken_at` is the first byte that
    cannot stand where it does; the scan ends there. `exhausted` says that the document is larger or deeper than the
    scan would go. `steps` is how many were taken. Elements of long arrays of numbers are left out.
    """

    values: tuple[JsonValue, ...]
    root_end: int | None = None
    broken_at: int | None = None
    exhausted: bool = False
    steps: int = 0

    @property
    def root(self) -> Kind | None:
        """The kind of the root value."""
        return self.values[0].kind if self.values else None

    @property
    def long_strings(self) -> tuple[JsonValue, ...]:
        """The strings of at least 64 bytes, and one that has not ended."""
        return tuple(
            value
            for value in self.values
            if value.kind == "string" and (value.end is None or value.end - value.start >= LONG)
        )


def pointer(place: Place) -> str:
    """A place as a JSON pointer (RFC 6901), `/image/0`; keys are cut to 64 characters, control characters escaped."""
    return "".join(f"/{step}" if isinstance(step, int) else _key(step) for step in place)


def _key(step: str) -> str:
    return "/" + printable(step, LONGEST_NAME).replace("~", "~0").replace("/", "~1")


def scan(data: bytes | bytearray, steps: int = STEPS) -> JsonScan:
    """Find the values of the document that `data` holds or starts. Never fails; takes at most `steps` steps."""
    walk = _Walk(data, steps)
    walk.run(len(_BOM) if data[:3] == _BOM else 0)
    values = tuple(JsonValue(*row) for row in walk.rows)
    return JsonScan(values, walk.root_end, walk.broken_at, walk.steps < 0, steps - max(walk.steps, 0))


class _Open:
    """A container that has not ended: its place, what may come next in it, the key or index where that would stand."""

    __slots__ = ("at", "expects", "kind", "place", "row")

    def __init__(self, kind: Kind, row: int, place: Place) -> None:
        self.kind = kind
        self.row = row
        self.place = place
        self.at: str | int = 0
        self.expects = "key" if kind == "object" else "value"


class _Walk:
    """One pass over a document: the containers that are open, and the rows of values found."""

    def __init__(self, data: bytes | bytearray, steps: int) -> None:
        self.data = data
        self.steps = steps
        self.open: list[_Open] = []
        self.rows: list[tuple[Place, Kind, int, int | None]] = []
        self.root_end: int | None = None
        self.broken_at: int | None = None

    def run(self, position: int) -> None:
        size = len(self.data)
        while position < size and self._going():
            quote = self.data.find(b'"', position)
            self._gap(position, size if quote < 0 else quote)
            if quote < 0 or not self._going():
                return
            position = self._string(quote + 1)

    def _going(self) -> bool:
        return self.broken_at is None and self.steps >= 0 and self.root_end is None

    def _string(self, start: int) -> int:
        """Take in the string whose inside starts at `start`; the offset after it."""
        self.steps -= 1
        end = self._closing_quote(start)
        top = self.open[-1] if self.open else None
        if top is None or top.expects == "value":
            self._value("string", start, end)
        elif top.expects == "key":
            inside = self.data[start : start + _LONGEST_KEY if end is None else min(end, start + _LONGEST_KEY)]
            self.steps -= inside.count(b"\\") > _FEW_ESCAPES
            top.at = unescape(bytes(inside)).decode("utf-8", "replace")
            top.expects = "colon"
        else:
            self.broken_at = start - 1
        return len(self.data) if end is None else end + 1

    def _closing_quote(self, start: int) -> int | None:
        quote = self.data.find(b'"', start)
        while quote > start and self.data[quote - 1] == _BACKSLASH and self._escaped(start, quote):
            self.steps -= 1
            if self.steps < 0:
                return None
            quote = self.data.find(b'"', quote + 1)
        return quote if quote >= 0 else None

    def _escaped(self, start: int, quote: int) -> bool:
        before = self.data[max(start, quote - 32) : quote]
        if not before.strip(b"\\"):
            before = self.data[start:quote]
        return bool((len(before) - len(before.rstrip(b"\\"))) % 2)

    def _gap(self, start: int, end: int) -> None:
        """Take in what stands between two strings: brackets, commas, numbers, words."""
        alone = _ALONE.get(bytes(self.data[start:end])) if end - start <= 2 else None
        if alone is not None:
            self.steps -= 1
            self._token(alone, start, start + 1)
            return
        if end - start > _BIG_GAP:
            start = self._over_numbers(start, end)
            self.steps -= (end - start) // LONG
        for match in _TOKEN.finditer(self.data, start, end):
            self.steps -= 1
            self._token(bytes(match[0]), match.start(), match.end())
            if not self._going():
                return

    def _over_numbers(self, start: int, end: int) -> int:
        """Jump over an array of numbers that is the root, or all that a key has, however large and nested it is."""
        first = self.data.find(b"[", start, end)
        braces = (self.data.find(b"{", start, end), self.data.find(b"}", start, end))
        last = self.data.rfind(b"]", start, min((at for at in braces if at >= 0), default=end)) + 1
        top = self.open[-1] if self.open else None
        before = b"" if top is None else b":"
        if (top is None and self.rows) or (top is not None and top.expects != "colon") or not 0 <= first < last:
            return start
        if self.data[start:first].strip() != before:
            return start
        if self.data.count(b"[", first, last) != self.data.count(b"]", first, last):
            return start
        self.steps -= (last - first) // (4 * _BIG_GAP)
        if top is None:
            self.root_end = last
        else:
            top.expects = "value"
        self._value("array", first, last)
        return last

    def _token(self, token: bytes, start: int, end: int) -> None:
        if token in (b"{", b"["):
            self._enter("object" if token == b"{" else "array", start)
        elif token in _CLOSES:
            self._leave(_CLOSES[token], start)
        elif token == b",":
            self._comma(start)
        elif token == b":":
            self._colon(start)
        else:
            self._value(_WORDS.get(token[0], "number"), start, end)

    def _value(self, kind: Kind, start: int, end: int | None) -> None:
        top = self.open[-1] if self.open else None
        if top is not None:
            if top.expects != "value":
                self.broken_at = start
                return
            top.expects = "comma"
        elif end is not None and kind not in ("object", "array"):
            self.root_end = end + 1 if kind == "string" else end
        self.rows.append(((*top.place, top.at) if top is not None else (), kind, start, end))

    def _enter(self, kind: Kind, start: int) -> None:
        row = len(self.rows)
        self._value(kind, start, None)
        if len(self.open) >= DEEPEST:
            self.steps = -1
        elif self.broken_at is None:
            self.open.append(_Open(kind, row, self.rows[row][0]))

    def _leave(self, kind: Kind, start: int) -> None:
        if not self.open or self.open[-1].kind != kind or self.open[-1].expects == "colon":
            self.broken_at = start
            return
        place, _, begin, _ = self.rows[self.open[-1].row]
        self.rows[self.open.pop().row] = (place, kind, begin, start + 1)
        if not self.open:
            self.root_end = start + 1

    def _comma(self, start: int) -> None:
        top = self.open[-1] if self.open else None
        if top is None or top.expects != "comma":
            self.broken_at = start
        elif isinstance(top.at, int) and top.kind == "array":
            top.at += 1
            top.expects = "value"
        else:
            top.expects = "key"

    def _colon(self, start: int) -> None:
        top = self.open[-1] if self.open else None
        if top is None or top.expects != "colon":
            self.broken_at = start
        else:
            top.expects = "value"
