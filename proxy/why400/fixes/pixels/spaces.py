"""Colour spaces that a file only names, as ICC profiles: so that conversions know them, and results keep them."""

import struct
from functools import cache

_WHITE = (0.9642, 1.0, 0.8249)
_SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
_ADOBE_CURVE = (563 / 256,)
_SPACES = {
    "Display P3": (
        ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
        _SRGB_CURVE,
    ),
    "Adobe RGB": (
        ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
        _ADOBE_CURVE,
    ),
}
"""XYZ (D50) of red, green and blue, and the curve's parameters (SMPTE EG 432-1; Adobe RGB (1998), section 4.3)."""

_PARAMETRIC = {1: 0, 5: 3}
"""Which function a curve of so many parameters is (ICC.1:2022, table 68)."""


@cache
def profile(name: str | None) -> bytes | None:
    """The ICC profile of a colour space by its name in facts; None where it is sRGB, or not known by its name."""
    if name not in _SPACES:
        return None
    columns, curve = _SPACES[name]
    text = name.encode("utf-16-be")
    words = b"mluc\0\0\0\0" + struct.pack(">IIHHII", 1, 12, 0x656E, 0x5553, len(text), 28) + text
    tags = {b"desc": words, b"cprt": words, b"wtpt": _xyz(_WHITE)}
    tags |= {kind: _xyz(column) for kind, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True)}
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _curve(curve))
    return _assembled(tags)


def _curve(values: tuple[float, ...]) -> bytes:
    return b"para\0\0\0\0" + struct.pack(">HH", _PARAMETRIC[len(values)], 0) + b"".join(map(_fixed, values))


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ \0\0\0\0" + b"".join(map(_fixed, values))


def _assembled(tags: dict[bytes, bytes]) -> bytes:
    """Header, tag table, tags on 4-byte boundaries (ICC.1:2022 section 7)."""
    table, body, offset = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", offset + len(body), len(value))
        body += value + b"\0" * (-len(value) % 4)
    size = 128 + len(table) + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"none", 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + _xyz(_WHITE)[8:]
    return head.ljust(128, b"\0") + table + body
