"""PNGs whose data end before the picture does: Pillow leaves the rest as it was, and says nothing."""

import zlib
from collections.abc import Iterator
from struct import Struct
from typing import Any

from PIL import Image, ImageFile

from why400.image.facts import Damage

_HEADER = Struct(">IIBBxxB").unpack_from
_CHUNK = Struct(">I4s").unpack_from
_HEADER_AT, _CHUNKS_AT = 16, 8
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Left, top, and the steps to the right and down of each pass (PNG third edition, section 8.1)."""
_PIECE = 1 << 16
_PAINT = (77, 177, 78, 178)
"""A colour that rows seldom have all over."""
_LAST_ROWS = 2
"""Of an interlaced picture every other row stands in the last pass."""


def load(opened: Any, data: bytes) -> Damage | None:
    """Decode the opened PNG, whose file is `data`; how that is short of rows. What Pillow raises passes through.

    They are counted only where one of the last rows is still as it was painted before: a blank one is nothing rare.
    """
    width, height = opened.size
    last = range(max(0, height - _LAST_ROWS), height)
    ImageFile.ImageFile.load_prepare(opened)
    _paint(opened, (0, last.start, width, height))
    opened.load()
    painted = Image.new(opened.mode, (width, 1))
    _paint(painted, (0, 0, width, 1))
    if all(opened.crop((0, top, width, top + 1)).tobytes() != painted.tobytes() for top in last):
        return None
    needed, there = _needed(data), 0
    for piece in _inflated(data):
        there += len(piece)
        if there >= needed:
            return None
    return Damage("truncated", len(data), f"its data hold {there} of the {needed} bytes of the picture")


def _paint(picture: Any, box: tuple[int, int, int, int]) -> None:
    """Through `im`: a picture that is not loaded yet would be."""
    color = _PAINT[: len(picture.getbands())]
    picture.im.paste(color if len(color) > 1 else color[0], box)


def _needed(data: bytes) -> int:
    """The bytes of all scan lines, each with its filter byte (section 9.1)."""
    width, height, depth, kind, interlaced = _HEADER(data, _HEADER_AT)
    bits = depth * _CHANNELS[kind]
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    sizes = ((-(-(width - left) // right), -(-(height - top) // down)) for left, top, right, down in passes)
    return sum((1 + (across * bits + 7) // 8) * down for across, down in sizes if across > 0 and down > 0)


def _inflated(data: bytes) -> Iterator[bytes]:
    """The content of the IDAT chunks, inflated piece by piece."""
    inflate, at = zlib.decompressobj(), _CHUNKS_AT
    while at + 8 <= len(data):
        length, kind = _CHUNK(data, at)
        left = data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        while left and not inflate.eof:
            yield inflate.decompress(left, _PIECE)
            left = inflate.unconsumed_tail
        at += 12 + length
