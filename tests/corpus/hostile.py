"""Files made to keep a reader busy: each is valid at its start, and endless, looped or vast behind it."""

import struct
import zlib

from corpus import by_hand

_MANY = 20_000


def _tiff_chain(pages: int, entries: int) -> bytes:
    """Directories that overlap: each begins two bytes after the one before, and links to the next."""
    row = struct.pack("<HHI4s", 0x111, 4, 1, b"\x08\0\0\0")
    body = b""
    for page in range(pages):
        following = 8 + (page + 1) * (6 + entries * 12)
        body += struct.pack("<H", entries) + row * entries + struct.pack("<I", following)
    return b"II*\0\x08\0\0\0" + body


def _box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def _heif(meta: bytes) -> bytes:
    return _box(b"ftyp", b"heic\0\0\0\0mif1heic") + _box(b"meta", bytes(4) + meta)


_PROFILE_BOMB = by_hand.chunk(b"iCCP", b"x\0\0" + zlib.compress(bytes(50_000_000), 9))
_JPEG = b"\xff\xd8"
_GIF = b"GIF89a\x10\0\x10\0\0\0\0"

FILES: dict[str, bytes] = {
    "jpeg of endless comments": _JPEG + by_hand.segment(0xFE, b"") * _MANY,
    "jpeg of endless EXIF": _JPEG + by_hand.segment(0xE1, b"Exif\0\0" + _tiff_chain(1, 500)) * 500,
    "jpeg of fill bytes": _JPEG + b"\xff" * 1_000_000,
    "jpeg of fill bytes and stuffing": _JPEG + b"\xff\xff\xff\x00" * 200_000,
    "png of endless empty chunks": by_hand.png(before=by_hand.chunk(b"teXt", b"") * _MANY),
    "png of 10k texts": by_hand.png(before=by_hand.chunk(b"tEXt", b"a\0b") * 10_000),
    "png with a profile of 50 MB": by_hand.png(before=_PROFILE_BOMB),
    "png with hundreds of such profiles": by_hand.png(before=_PROFILE_BOMB * 300),
    "png chunk of 2 GiB": by_hand.png()[:33] + struct.pack(">I4s", 2**31 - 1, b"iCCP"),
    "webp of endless chunks": by_hand.riff(by_hand.canvas_chunk(0x3A, (9, 9)), *[(b"ANMF", b"")] * _MANY),
    "gif of one-byte sub-blocks": _GIF + b"\x2c" + bytes(9) + b"\x02" + b"\x01\0" + b"\x01" * 1_000_000,
    "gif of endless comments": _GIF + b"\x21\xfe\x01a\0" * _MANY,
    "gif of 10k frames": _GIF + (b"\x2c" + bytes(9) + b"\x02\x01a\0") * 10_000 + b"\x3b",
    "tiff that links to itself": struct.pack("<4sIHI", b"II*\0", 8, 0, 8),
    "tiff of endless directories": _tiff_chain(5000, 1),
    "tiff of long directories": _tiff_chain(200, 5000),
    "tiff of 4 billion strips": b"II*\0\x08\0\0\0"
    + struct.pack("<HHHIIHHIII", 2, 0x111, 4, 2**32 - 1, 8, 0x117, 4, 2**32 - 1, 8, 0),
    "bigtiff of 2^64 entries": b"II+\0\x08\0\0\0\x10\0\0\0\0\0\0\0" + b"\xff" * 64,
    "heif of endless boxes": _heif(_box(b"free", b"") * _MANY),
    "heif of boxes in boxes": _heif(_box(b"iprp", _box(b"ipco", _box(b"auxC", b"") * _MANY))),
    "heif of endless associations": _heif(
        _box(b"iprp", _box(b"ipma", struct.pack(">II", 0, 2**32 - 1) + bytes(60_000)))
    ),
    "html of comments": b"<!---->" * 10_000,
    "svg of comments": b"<?xml?>" + b"<!--" * 10_000,
    "pnm of comments": b"P6" + b" #\n" * 10_000,
}
