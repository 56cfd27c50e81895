"""Servers echo what they were sent. Before a reply is stored or quoted, what came from the request is taken out."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property
from struct import unpack_from

from why400.exchange import Exchange
from why400.steps import Steps, at_once

SHORTEST = 32
"""Characters from which on a string of the reply that also stands in the request is an echo."""

_WINDOW = 16
"""Any `SHORTEST` bytes in a row hold one whole window that starts at a multiple of `_WINDOW`."""

_LONGEST_MEDIA_TYPE = 64
_EDGE = 4096
_MANY = 32
_LARGE = 1 << 17
_WORD = 8
_STEP = 3
"""Any `SHORTEST` bytes in a row hold one whole word that starts at a multiple of `_STEP` words."""

_AT_ONCE = 1_500 * _STEP * _WORD
"""Bytes whose words are looked at in one step."""

_PLACES = 512
"""Places of a text that are looked up in one step."""

_TRIED = 8
"""Places of a window in a source whose surroundings are compared, before all of the source is searched for more."""

_APART = b"\0\xff"
_RUN = re.compile(rb"[A-Za-z0-9+/_-]{64,}={0,2}")
_HEX = re.compile(rb"[0-9a-fA-F]{32}")
_NUMBERS = re.compile(rb"\d, ?\d+, ?\d")
_PART_TYPE = re.compile(rb"(?i)(\ncontent-type:[ \t]?)[a-z]{1,16}/[a-z0-9.+-]{1,64}+(?=[\r\n;])")
_UPPER = re.compile(rb"[A-Z]")


def without_echoes(text: bytes, sent: Iterable[bytes]) -> bytes:
    """`text` with each run of `SHORTEST` bytes that occurs in `sent`, and each long base64 run, named but not shown.

    A path is no base64: a run counts only with a stretch of `SHORTEST` between slashes that has an upper-case letter.
    """
    return at_once(clearing(text, sent))


def clearing(text: bytes, sent: Iterable[bytes]) -> Steps[bytes]:
    """The same in steps."""
    spans = yield from _spans(text, sent)
    return _without_runs(_without_spans(text, _merged(spans)))


class Sent:
    """What of a request a server could echo. Made at first need: most replies are too short to echo anything."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._numbers: set[int] | None = None

    def like(self, text: bytes) -> Steps[list[bytes]]:
        """Target, field values and body, and the body's start as servers spell it, if `text` looks spelled so.

        The middle of a picture is left out because looking through it would stall the traffic: as base64 it is a long
        run anyway, and raw it is no text. So is, for the same reason, the middle of a body over `_LARGE`.
        """
        if len(text) < SHORTEST:
            return []
        numbers = yield from self._numbers_in_steps()
        like = [] if numbers.isdisjoint(_words(text)) else [self._whole]
        if _HEX.search(text):
            like.append(self._in_hex)
        if _NUMBERS.search(text):
            like.append(self._in_numbers)
        if not text.isascii() or b"\\" in text:
            like.append(self._in_words)
        return like

    @cached_property
    def _whole(self) -> bytes:
        """All in one, so that a long reply is searched once."""
        head, body = self._exchange.head, self._exchange.body
        if head is None:
            return bytes(body[:_EDGE])
        values = (_private(name, value) for name, value in head.fields)
        return b"\n".join((head.target, *values, *self.outside_pictures))

    def _numbers_in_steps(self) -> Steps[Set[int]]:
        """Words of all of it, of which any text that repeats some of it has one: nearly all texts have none."""
        if self._numbers is None:
            numbers: set[int] = set()
            for start in range(0, len(self._whole), _AT_ONCE):
                numbers.update(_numbers(self._whole[start : start + _AT_ONCE]))
                yield
            self._numbers = numbers
        return self._numbers

    @cached_property
    def _start(self) -> bytes:
        return bytes(self._exchange.body[:_EDGE])

    @cached_property
    def _in_hex(self) -> bytes:
        return _APART.join((self._start.hex().encode(), self._start.hex().upper().encode()))

    @cached_property
    def _in_numbers(self) -> bytes:
        listed = str(list(self._start))
        return _APART.join((listed.encode(), listed.replace(" ", "").encode()))

    @cached_property
    def _in_words(self) -> bytes:
        return _APART.join(dict.fromkeys(_spellings(self._start)))

    @cached_property
    def outside_pictures(self) -> tuple[bytes, ...]:
        """The body without the middle of its pictures."""
        body = self._exchange.body
        pieces = (_untyped(_edges(body, *span, _LARGE // 2)) for span in _outside_pictures(self._exchange))
        return (*pieces, self._exchange.body_tail)


def _private(name: bytes, value: bytes) -> bytes:
    """A field's value, but for a media type: that may be quoted, like the names of fields and parts."""
    media_type, mark, rest = value.partition(b";")
    public = name.lower() == b"content-type" and len(media_type) <= _LONGEST_MEDIA_TYPE
    return mark + rest if public else value


def _untyped(piece: bytes) -> bytes:
    """A piece of a form without the media types that its parts declare."""
    return _PART_TYPE.sub(rb"\1", piece) if piece.startswith(b"--") or b"\r\n--" in piece else piece


def _outside_pictures(exchange: Exchange) -> Iterator[tuple[int, int]]:
    """From where to where."""
    at = 0
    images = exchange.seen.images if exchange.seen else ()
    for found in sorted((image.found for image in images), key=lambda found: found.start):
        end = len(exchange.body) if found.end is None else found.end
        if end - found.start > 2 * _EDGE and found.start >= at:
            yield at, min(found.start + _EDGE, len(exchange.body))
            at = end - _EDGE
    yield at, len(exchange.body)


def _edges(body: bytes, start: int, end: int, length: int) -> bytes:
    """The bytes between two offsets, without their middle where they are many."""
    if end - start <= 2 * length:
        return body[start:end]
    return body[start : start + length] + body[end - length : end]


def _spellings(start: bytes) -> Iterator[bytes]:
    """How servers print bytes as text: Python's repr, UTF-8 with replacements, Latin-1, and those in JSON."""
    yield repr(start)[2:-1].encode()
    for spelled in (start.decode("utf-8", "replace"), start.decode("latin-1")):
        yield spelled.encode()
        yield json.dumps(spelled)[1:-1].encode()
        yield json.dumps(spelled, ensure_ascii=False)[1:-1].encode()


def _spans(text: bytes, sent: Iterable[bytes]) -> Steps[list[tuple[int, int]]]:
    """Where `text` holds a run of `SHORTEST` bytes of one of `sent`."""
    spans: list[tuple[int, int]] = []
    source = _APART.join(sent)
    if len(text) < SHORTEST or not source:
        return spans
    if len(text) > _MANY * _WINDOW:
        source = yield from _near(_words(text), source)
    for window in (yield from _candidates(text, source)):
        if not spans or window + _WINDOW > spans[-1][1]:
            run = yield from _run_around(text, window, source)
            spans += [run] if run else []
    return spans


def _words(text: bytes) -> frozenset[int]:
    """All runs of `_WORD` bytes of a text, as numbers: those are compared without a line of Python for each."""
    counts = ((len(text) - first) // _WORD for first in range(_WORD))
    return frozenset().union(*(unpack_from(f"{count}Q", text, first) for first, count in enumerate(counts)))


def _numbers(source: bytes) -> list[int]:
    """Every `_STEP`th word of a source, as a number."""
    return memoryview(source[: len(source) // _WORD * _WORD]).cast("Q")[::_STEP].tolist()


def _near(words: frozenset[int], source: bytes) -> Steps[bytes]:
    """What of a source is near one of these words: most of the time nothing, so that nobody has to look closer."""
    spans: list[tuple[int, int]] = []
    for begin in range(0, len(source), _AT_ONCE):
        numbers = _numbers(source[begin : begin + _AT_ONCE])
        shared = words.intersection(numbers)
        if shared:
            starts = (begin + place * _STEP * _WORD for place, number in enumerate(numbers) if number in shared)
            near = ((max(0, start + _WORD - SHORTEST), start + SHORTEST) for start in starts)
            spans = [*spans[:-1], *_merged((*spans[-1:], *near))]
        yield
    return _APART.join([source[first:last] for first, last in spans])


def _candidates(text: bytes, source: bytes) -> Steps[Sequence[int]]:
    """Where to look closer. Many windows are looked up in a set of the source's, few are searched for in it."""
    windows = range(0, len(text) - _WINDOW + 1, _WINDOW)
    if len(windows) < _MANY:
        return windows
    blocks: set[bytes] = set()
    for start in range(0, len(source), _AT_ONCE):
        blocks.update(source[at : at + _WINDOW] for at in range(start, min(start + _AT_ONCE, len(source)), _WINDOW))
        yield
    found: list[int] = []
    last = len(text) - _WINDOW + 1
    for start in range(0, last, _PLACES):
        found += [at for at in range(start, min(start + _PLACES, last)) if text[at : at + _WINDOW] in blocks]
        yield
    return found


def _run_around(text: bytes, window: int, source: bytes) -> Steps[tuple[int, int] | None]:
    """The run that holds the window at `window`, if there is one."""
    at, known = -1, text[window : window + _WINDOW]
    for _ in range(_TRIED):
        at = source.find(known, at + 1)
        if at < 0:
            return None
        run = _grown(text, window, source, at)
        if run[1] - run[0] >= SHORTEST:
            return run
    for first in range(max(0, window + _WINDOW - SHORTEST), min(window, len(text) - SHORTEST) + 1):
        yield
        if text[first : first + SHORTEST] in source:
            return first, first + SHORTEST
    return None


def _grown(text: bytes, window: int, source: bytes, at: int) -> tuple[int, int]:
    """How far the text is that of the source around its window, which stands at `at` there."""
    before = 0
    while before < min(window, at, SHORTEST) and text[window - before - 1] == source[at - before - 1]:
        before += 1
    most = min(len(text) - window, len(source) - at)
    lengths = range(_WINDOW, most + 1)
    after = bisect_right(lengths, False, key=lambda size: text[window : window + size] != source[at : at + size])
    return window - before, window + _WINDOW + after - 1


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _without_spans(text: bytes, spans: list[tuple[int, int]]) -> bytes:
    kept, at = bytearray(), 0
    for first, last in spans:
        kept += text[at:first] + b"<echo %d bytes>" % (last - first)
        at = last
    return bytes(kept) + text[at:]


def _without_runs(text: bytes) -> bytes:
    return _RUN.sub(_named, text)


def _named(run: re.Match[bytes]) -> bytes:
    """A run without the short path segments that it begins with."""
    kept = 0
    for segment in run[0].split(b"/"):
        if len(segment) >= SHORTEST and _UPPER.search(segment):
            return run[0][:kept] + b"<echo %d bytes>" % (len(run[0]) - kept)
        kept += len(segment) + 1
    return run[0]
