"""Files made larger without another pixel: room for comments, where the formats provide it."""

import struct

from why400.probe.pictures import chunk

FORMATS = ("jpeg", "png")
"""Formats that can be padded."""

_SEGMENT = 65_533
"""Most bytes of a JPEG comment (ITU-T T.81, B.2.4.5)."""

_HEAD = len(b"\x89PNG\r\n\x1a\n") + 25
"""A PNG's signature and its IHDR chunk."""


def padded(data: bytes, size: int) -> bytes:
    """The JPEG or PNG with exactly `size` bytes, or as many as there were, if padding takes no fewer."""
    extra = size - len(data)
    if data[:2] == b"\xff\xd8":
        return data[:2] + _comments(extra) + data[2:]
    if extra < 12:
        return data
    return data[:_HEAD] + chunk(b"paDd", bytes(extra - 12)) + data[_HEAD:]


def _comments(size: int) -> bytes:
    """Comment segments of `size` bytes in all; none where there is no room for one."""
    out = bytearray()
    while size >= 4:
        content = min(size - 4, _SEGMENT)
        if 0 < size - 4 - content < 4:  # what is left must hold a segment's own four bytes
            content -= 4
        out += b"\xff\xfe" + struct.pack(">H", content + 2) + b" " * content
        size -= content + 4
    return bytes(out)
