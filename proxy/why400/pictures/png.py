"""PNG files that Pillow does not write: 16 bits a sample, and 1 bit (PNG, third edition)."""

import struct
import zlib

_KINDS = {"gray": (0, 1), "rgb": (2, 3), "gray-alpha": (4, 2), "rgba": (6, 4)}
"""Colour type and samples a pixel (section 11.2.1)."""


def encoded(color: str, size: tuple[int, int], depth: int) -> bytes:
    """A PNG without palette, its rows all alike."""
    kind, samples = _KINDS[color]
    header = struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, 0)
    row = b"\0" + bytes(index % 251 for index in range((size[0] * samples * depth + 7) // 8))
    data = zlib.compress(row * size[1], 1)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
