"""Bombs of every format, made on the spot: small files that claim or become much."""

import struct
import zlib

from corpus import by_hand
from corpus.hostile import FILES
from corpus.make import picture


def png(width: int, height: int, rows: bytes, before: bytes = b"", kind: int = 6) -> bytes:
    """A PNG of any claim around any scan lines, already deflated."""
    head = by_hand.chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + before + by_hand.chunk(b"IDAT", rows) + by_hand.chunk(b"IEND", b"")


def zeros(count: int) -> bytes:
    """So many zeros, deflated without having them all."""
    squeeze = zlib.compressobj(9)
    pieces = [squeeze.compress(bytes(1 << 20)) for _ in range(count >> 20)]
    return b"".join(pieces) + squeeze.compress(bytes(count & 0xFFFFF)) + squeeze.flush()


def scans(count: int, size: tuple[int, int]) -> bytes:
    """A progressive JPEG whose scans say nothing, each over all blocks of the picture (T.81 annex G, runs of EOB)."""
    width, height = size
    blocks = (width // 8) * (height // 8)
    code = by_hand.segment(0xC4, b"\x10" + bytes([1]) + bytes(15) + b"\xe0")  # one code of one bit: a run of EOB
    dc = by_hand.segment(0xC4, b"\x00" + bytes([1]) + bytes(15) + b"\x00")
    frame = by_hand.segment(0xC2, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0")
    table = by_hand.segment(0xDB, b"\0" + b"\1" * 64)
    first = by_hand.segment(0xDA, b"\1\1\0\0\0\0") + bytes(blocks // 8 + 1)
    runs = -(-blocks // 32767)
    bits = ("0" + "1" * 14) * runs
    said = (
        int(bits.ljust(-(-len(bits) // 8) * 8, "1"), 2).to_bytes(-(-len(bits) // 8), "big").replace(b"\xff", b"\xff\0")
    )
    more = by_hand.segment(0xDA, b"\1\1\0\1\x3f\0") + said
    return b"\xff\xd8" + table + frame + dc + code + first + more * count + b"\xff\xd9"


def text_bomb(kind: bytes, count: int) -> bytes:
    """Text chunks that each inflate to a megabyte."""
    inflated = zlib.compress(bytes(1 << 20), 9)
    content = {b"zTXt": b"a\0\0", b"iTXt": b"a\0\1\0\0\0", b"iCCP": b"a\0\0"}[kind] + inflated
    return by_hand.chunk(kind, content) * count


def gif_frames(count: int, size: tuple[int, int]) -> bytes:
    """Frames of one colour, each of the whole screen."""
    screen = struct.pack("<HHBBB", *size, 0x80, 0, 0) + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, *size, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + screen + frame * count + b"\x3b"


def tiff_claim(width: int, height: int) -> bytes:
    rows = [
        (0x100, width),
        (0x101, height),
        (0x102, 8),
        (0x103, 8),
        (0x106, 1),
        (0x111, 8),
        (0x116, height),
        (0x117, 9),
    ]
    return (
        b"II*\0\x08\0\0\0"
        + struct.pack("<H", len(rows))
        + b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in rows)
        + bytes(4)
    )


def webp_claim() -> bytes:
    """34 bytes that say 16384 x 16384 (RFC 9649 section 3.4)."""
    content = b"\x2f" + struct.pack("<I", 0x3FFF | 0x3FFF << 14) + bytes(9)
    return b"RIFF" + struct.pack("<I", 4 + 8 + len(content)) + b"WEBPVP8L" + struct.pack("<I", len(content)) + content


def bmp_claim() -> bytes:
    return b"BM" + struct.pack("<IIIIiiHHIIiiII", 54, 0, 54, 40, 60_000, 60_000, 1, 24, 0, 0, 0, 0, 0, 0)


def apng(count: int, size: tuple[int, int]) -> bytes:
    """An animation whose frames are all of the whole canvas."""
    width, height = size
    rows, number = zeros((4 * width + 1) * height), 0
    control = by_hand.chunk(b"acTL", struct.pack(">II", count, 0))
    frames = b""
    for _ in range(count):
        place = struct.pack(">IIIIIHHBB", number, width, height, 0, 0, 1, 1, 0, 1)
        data = (b"fdAT", struct.pack(">I", number + 1) + rows) if number else (b"IDAT", rows)
        frames += by_hand.chunk(b"fcTL", place) + by_hand.chunk(*data)
        number += 2 if number else 1
    head = by_hand.chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + control + frames + by_hand.chunk(b"IEND", b"")


def gif_on_a_screen(count: int, screen: tuple[int, int]) -> bytes:
    """Frames of one pixel, each on a screen of many."""
    table = struct.pack("<HHBBB", *screen, 0x80, 0, 0) + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
    return b"GIF89a" + table + frame * count + b"\x3b"


BOMBS: dict[str, bytes] = FILES | {
    "png that claims 3.6 gigapixels": png(60_000, 60_000, b""),
    "png of 2 GiB a side": png(2**31 - 1, 2**31 - 1, b""),
    "png of 64 MP of nothing": png(8000, 8000, zeros(8000 * 8000 // 4)),
    "png of 16 MP of nothing": png(4000, 4000, zeros(4000 * 16_001)),
    "png of 24 MP of nothing": png(6000, 4000, zeros(6000 * 4000 // 2)),
    "png of 30 MP of gray": png(6000, 5000, zeros(6001 * 5000), kind=0),
    "png whose data goes on": png(64, 64, zeros(200 << 20)),
    "png of compressed texts": png(64, 64, zeros(64 * 257), text_bomb(b"zTXt", 60)),
    "png of international texts": png(64, 64, zeros(64 * 257), text_bomb(b"iTXt", 60)),
    "png of a row of 16 MP": png(15_999_999, 1, zeros(4 * 15_999_999 + 1)),
    "png of a column of 16 MP": png(1, 15_999_999, zeros(5 * 15_999_999)),
    "png of 60 frames of a megapixel": apng(60, (1000, 1000)),
    "gif of pixels on a screen of 31 MP": gif_on_a_screen(400, (5600, 5600)),
    "png of a profile": png(64, 64, zeros(64 * 257), text_bomb(b"iCCP", 1)),
    "jpeg of 300 scans": scans(300, (4000, 4000)),
    "jpeg of 60 scans": scans(60, (4000, 4000)),
    "jpeg that claims 4 gigapixels": scans(1, (65_528, 65_528))[:600],
    "gif of 10k whole frames": gif_frames(10_000, (1000, 1000)),
    "gif that claims 4 gigapixels": gif_frames(1, (65_535, 65_535)),
    "tiff that claims 16 gigapixels": tiff_claim(2**17, 2**17),
    "webp of 34 bytes": webp_claim(),
    "bmp that claims 3.6 gigapixels": bmp_claim(),
    "a large picture, cut": picture("png", "rgba", size=(700, 500))[:-2000],
}
