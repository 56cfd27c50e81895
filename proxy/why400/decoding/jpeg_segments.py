"""The segments of a JPEG's head, as its decoder meets them (ITU-T T.81 B.1.1.4, B.2.2)."""

from collections.abc import Iterator
from struct import Struct

Data = bytes | bytearray | memoryview

BASELINE, TABLES, SCAN = 0xFFC0, 0xFFC4, 0xFFDA
_FRAMES = frozenset(range(0xFFC0, 0xFFD0)) - {TABLES, 0xFFC8, 0xFFCC}
_SEGMENT = Struct(">HH").unpack_from
_MOST_SEGMENTS = 512
_COMPONENTS = 5


def segments(data: Data) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of what each segment holds, up to the first scan's header."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        marker, length = _SEGMENT(data, at) if at + 4 <= len(data) else (0, 0)
        if length < 2:
            return
        yield marker, at + 4, at + 2 + length
        if marker == SCAN:
            return
        at += 2 + length


def samples(data: Data) -> float:
    """How many samples there are to a pixel: 1.5 where both colours are kept at half the width and height (4:2:0).

    Where the frame header is not found: as many as there can be.
    """
    frame = next((data[start:end] for marker, start, end in segments(data) if marker in _FRAMES), b"")
    count = frame[_COMPONENTS] if len(frame) > _COMPONENTS else 0
    factors = [(byte >> 4, byte & 15) for byte in frame[_COMPONENTS + 2 :: 3][:count]]
    largest = max((across for across, _ in factors), default=0) * max((down for _, down in factors), default=0)
    return min(4.0, sum(across * down for across, down in factors) / largest) if largest else 4.0
