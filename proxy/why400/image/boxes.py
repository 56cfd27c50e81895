"""Boxes of the ISO base media file format (ISO/IEC 14496-12 section 4.2), which AVIF and HEIF are made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from why400.image.reader import Source

_HEADER = Struct(">I4s").unpack_from
_LARGE = Struct(">Q").unpack_from
_MOST_BOXES = 384


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four letters, where its content begins, and where it ends (which may lie outside the data)."""

    kind: bytes
    start: int
    end: int


def boxes(data: Source, start: int, end: int) -> Iterator[Box]:
    """The boxes from `start` on whose headers lie before `end`, 384 at most. It stops at a size that cannot be."""
    last = min(end, len(data)) - 8
    for _ in range(_MOST_BOXES):
        if start > last:
            return
        size, kind = _HEADER(data, start)
        content = start + 8
        if size == 1:
            if start + 16 > len(data):
                return
            size, content = _LARGE(data, start + 8)[0], start + 16
        stop = start + size if size else end
        if stop < content:
            return
        yield Box(kind, content, stop)
        start = stop
