"""JPEGs with a hole in their picture data: zeros where a disk or a download had nothing, which decode to a picture."""

from collections.abc import Iterator

from why400.decoding.jpeg_segments import BASELINE, SCAN, TABLES, segments
from why400.image.facts import Damage

_ZEROS = bytes(32)
"""By Annex K's tables a hundred coefficients of -1, one after the other: more than a block, as no picture has."""

_COUNTS = 17
"""Bytes of a table before its symbols: class and number, and how many codes there are of 1 to 16 bits (B.2.4.2)."""

_COMPONENTS = 5
"""Where a frame header says how many components there are (B.2.2)."""

_END_OF_BLOCK = 0

_END = b"\xff\xd9"


def hole(data: bytes) -> Damage | None:
    """Zeros in the picture data of a baseline JPEG by whose tables they mean coefficients, and no flat picture."""
    scan, components, meant = None, 0, set[int]()
    for marker, start, end in segments(data):
        if marker == TABLES:
            meant.update(_zeros_mean(data[start:end]))
        elif marker == BASELINE and end - start > _COMPONENTS:
            components = data[start + _COMPONENTS]
        elif marker == SCAN and data[start : start + 1] == bytes([components]):
            scan = end
    # Of components that take turns one whose blocks do not end with zeros is enough.
    at = -1 if scan is None or meant <= {_END_OF_BLOCK} else data.find(_ZEROS, scan)
    if at < 0 or data.find(_END, scan or 0, at) >= 0:
        return None
    return Damage("corrupt", at, "zeros stand in the middle of the picture data: a part of the file is missing")


def _zeros_mean(tables: bytes) -> Iterator[int]:
    """What the code of zeros alone, a table's shortest and first, stands for in each table of AC coefficients."""
    at = 0
    while at + _COUNTS < len(tables):
        if tables[at] >> 4:
            yield tables[at + _COUNTS]
        at += _COUNTS + sum(tables[at + 1 : at + _COUNTS])
