"""A file without its metadata, its picture data bit for bit: EXIF, XMP, IPTC, texts and comments go, colour stays."""

import struct
from collections.abc import Callable

from why400.image import bare_boxes, bare_tiff, gif

_SOI, _SOS = 0xFFD8, 0xFFDA
_DROPPED_SEGMENTS = frozenset((0xFFE1, 0xFFED, 0xFFFE))
"""APP1 (EXIF, XMP), APP13 (IPTC) and COM; APP2 holds the colour profile, APP14 what the components mean."""

_DROPPED_PNG = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"))
_DROPPED_WEBP = frozenset((b"EXIF", b"XMP "))
_EXTENSION, _COMMENT, _APPLICATION = 0x2100, 0xFE, 0xFF
_SHOWN_GIF = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")
"""What applications add to a GIF that is seen: how often it is played, and its colour profile."""
_WEBP_FLAGS = 0xFF ^ 0x0C
"""All flags of VP8X but those of EXIF and XMP (WebP container specification)."""


def _jpeg(data: bytes) -> bytes | None:
    kept, at = bytearray(data[:2]), 2
    while at + 4 <= len(data):
        marker, length = struct.unpack_from(">HH", data, at)
        if marker == _SOS:
            return bytes(kept + data[at:])
        if marker < 0xFF00 or length < 2:
            return None
        if marker not in _DROPPED_SEGMENTS:
            kept += data[at : at + 2 + length]
        at += 2 + length
    return None


def _png(data: bytes) -> bytes | None:
    kept, at = bytearray(data[:8]), 8
    while at + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        if name not in _DROPPED_PNG:
            kept += data[at : at + 12 + length]
        at += 12 + length
        if name == b"IEND":
            return bytes(kept)
    return None


def _webp(data: bytes) -> bytes | None:
    kept, at = bytearray(), 12
    while at + 8 <= len(data):
        name, length = struct.unpack_from("<4sI", data, at)
        chunk = bytearray(data[at : at + 8 + length + (length & 1)])
        if name == b"VP8X" and len(chunk) > 8:
            chunk[8] &= _WEBP_FLAGS
        if name not in _DROPPED_WEBP:
            kept += chunk
        at += 8 + length + (length & 1)
    return b"RIFF" + struct.pack("<I", len(kept) + 4) + b"WEBP" + bytes(kept) if kept else None


def _gif(data: bytes) -> bytes | None:
    kept = bytearray()
    for at, end in gif.blocks(data):
        if end > len(data):
            return None
        if not _tells(data[at : at + 14]):
            kept += data[at:end]
    return bytes(kept) if kept.endswith(gif.TRAILER) else None


def _tells(start: bytes) -> bool:
    """Whether the block of a GIF that begins so is a comment, or XMP or the like."""
    kind = int.from_bytes(start[:2])
    return kind == _EXTENSION | _COMMENT or (kind == _EXTENSION | _APPLICATION and start[3:] not in _SHOWN_GIF)


_BARE: dict[str, Callable[[bytes], bytes | None]] = {
    "jpeg": _jpeg,
    "png": _png,
    "webp": _webp,
    "gif": _gif,
    "tiff": bare_tiff.bare,
    "avif": bare_boxes.bare,
    "heif": bare_boxes.bare,
}

FORMATS = tuple(_BARE)
"""The formats that metadata can be taken out of here."""


def bare(data: bytes, format: str) -> bytes | None:
    """The file without metadata; None where its structure cannot be followed, or the format is another."""
    return _BARE[format](data) if format in _BARE else None
