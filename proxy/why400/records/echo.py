"""Servers echo what they were sent. Before a reply is stored or quoted, what came from the request is taken out."""

import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from why400.exchange import Exchange

SHORTEST = 32
"""Characters from which on a string of the reply that also stands in the request is an echo."""

_WINDOW = 16
"""Any `SHORTEST` bytes in a row hold one whole window that starts at a multiple of `_WINDOW`."""

_LONGEST_MEDIA_TYPE = 64
_EDGE = 4096
_SPELLED = 16384
_LARGE = 1 << 18
_RUN = re.compile(rb"[A-Za-z0-9+/_-]{64,}={0,2}")
_UPPER = re.compile(rb"[A-Z]")


def without_echoes(text: bytes, sent: Iterable[bytes]) -> bytes:
    """`text` with each run of `SHORTEST` bytes that occurs in `sent`, and each long base64 run, named but not shown.

    A path is no base64: a run counts only with a stretch of `SHORTEST` between slashes that has an upper-case letter.
    """
    return _without_runs(_without_spans(text, _merged(_spans(text, tuple(sent)))))


def sent_texts(exchange: Exchange) -> tuple[bytes, ...]:
    """What of the request a server could echo: target, field values, and the body without the middle of its pictures.

    The middle of a picture is left out because looking through it would stall the traffic: as base64 it is a long run
    anyway, and raw it is no text. The body's first bytes are also given as Python and JSON would spell them.
    """
    if exchange.head is None:
        return (bytes(exchange.body[:_EDGE]),)
    values = b"\n".join(_private(name, value) for name, value in exchange.head.fields)
    pieces = tuple(_outside_pictures(exchange))
    return (exchange.head.target, values, *pieces, exchange.body_tail, *_spellings(bytes(exchange.body[:_SPELLED])))


def _private(name: bytes, value: bytes) -> bytes:
    """A field's value, but for a media type: that may be quoted, like the names of fields and parts."""
    media_type, mark, rest = value.partition(b";")
    public = name.lower() == b"content-type" and len(media_type) <= _LONGEST_MEDIA_TYPE
    return mark + rest if public else value


def _outside_pictures(exchange: Exchange) -> Iterator[bytes]:
    at = 0
    images = exchange.seen.images if exchange.seen else ()
    for found in sorted((image.found for image in images), key=lambda found: found.start):
        end = len(exchange.body) if found.end is None else found.end
        if end - found.start > 2 * _EDGE and found.start >= at:
            yield bytes(exchange.body[at : found.start + _EDGE])
            at = end - _EDGE
    yield bytes(exchange.body[at:])


def _spellings(start: bytes) -> Iterator[bytes]:
    """How servers print bytes: Python's repr, UTF-8 with replacements, Latin-1, and all that inside a JSON string."""
    yield repr(start)[2:-1].encode()
    for text in (start.decode("utf-8", "replace"), start.decode("latin-1")):
        yield text.encode()
        yield json.dumps(text)[1:-1].encode()
        yield json.dumps(text, ensure_ascii=False)[1:-1].encode("utf-8", "replace")


def _spans(text: bytes, sent: tuple[bytes, ...]) -> Iterator[tuple[int, int]]:
    """Where `text` holds a run of `SHORTEST` bytes of one of `sent`."""
    for source in sent:
        done = 0
        for window in _candidates(text, source):
            run = _run_around(text, window, source) if window + _WINDOW > done else None
            if run:
                done = run[1]
                yield run


def _candidates(text: bytes, source: bytes) -> Iterable[int]:
    """Where to look closer: searching costs length times windows, so a large source is cut into a set of windows."""
    if len(source) <= _LARGE:
        return range(0, len(text) - _WINDOW + 1, _WINDOW)
    blocks = {source[at : at + _WINDOW] for at in range(0, len(source), _WINDOW)}
    return [at for at in range(len(text) - _WINDOW + 1) if text[at : at + _WINDOW] in blocks]


def _run_around(text: bytes, window: int, source: bytes) -> tuple[int, int] | None:
    """The run that holds the window at `window`, if there is one."""
    if source.find(text[window : window + _WINDOW]) < 0:
        return None
    for first in range(max(0, window + _WINDOW - SHORTEST), min(window, len(text) - SHORTEST) + 1):
        if text[first : first + SHORTEST] in source:
            lengths = range(SHORTEST, len(text) - first + 1)
            longer = bisect_left(lengths, True, key=lambda length: text[first : first + length] not in source)
            return first, first + SHORTEST + longer - 1
    return None


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
