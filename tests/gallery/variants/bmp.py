"""BMP: headers of all ages, depths, run lengths, rows from either end."""

import struct
from collections.abc import Iterator

import numpy as np

from gallery.variants.scene import SIZE, Variant, alpha, colors, few, grays, on_white, rgb

WIDTH, HEIGHT = SIZE


def file(header: bytes, table: bytes, rows: bytes) -> bytes:
    at = 14 + len(header) + len(table)
    return b"BM" + struct.pack("<IHHI", at + len(rows), 0, 0, at) + header + table + rows


def info(bits: int, compression: int = 0, size: int = 0, *, down: bool = False, extra: bytes = b"") -> bytes:
    height = -HEIGHT if down else HEIGHT
    fields = struct.pack("<iiHHIIiiII", WIDTH, height, 1, bits, compression, size, 2835, 2835, 0, 0)
    return struct.pack("<I", 4 + len(fields) + len(extra)) + fields + extra


def rows(pixels: np.ndarray) -> bytes:
    """Rows of bytes from the bottom up, each padded to four."""
    flat = pixels.reshape(HEIGHT, -1)
    return b"".join(row.tobytes() + bytes(-len(row.tobytes()) % 4) for row in flat[::-1])


def packed(index: np.ndarray, bits: int) -> np.ndarray:
    return np.packbits(
        ((index[..., None] >> np.arange(bits - 1, -1, -1)) & 1).astype(np.uint8).reshape(HEIGHT, -1), axis=1
    )


def table(entries: np.ndarray) -> bytes:
    return b"".join(bytes(entry[::-1]) + b"\0" for entry in entries)


def runs(index: np.ndarray, bits: int) -> bytes:
    """Each row as runs of equal pixels, some of them absolute (BITMAPINFO, RLE8 and RLE4)."""
    out = b""
    for row in index[::-1]:
        at = 0
        while at < WIDTH:
            length = 1
            while at + length < WIDTH and row[at + length] == row[at] and length < 255:
                length += 1
            value = int(row[at])
            out += bytes([length, value if bits == 8 else value << 4 | value])
            at += length
        out += b"\0\0"
    return out + b"\0\1"


def variants() -> Iterator[Variant]:
    scene, bgr = colors(), colors()[..., ::-1]
    opaque = np.dstack([bgr, np.full((HEIGHT, WIDTH), 255, np.uint8)])
    yield Variant("24 bits", file(info(24), b"", rows(bgr)), scene)
    yield Variant("24 bits from the top down", file(info(24, down=True), b"", rows(bgr[::-1])), scene)
    core = struct.pack("<IHHHH", 12, WIDTH, HEIGHT, 1, 24)
    yield Variant("24 bits as OS/2 writes it", file(core, b"", rows(bgr)), scene)
    yield Variant("32 bits, the fourth unused", file(info(32), b"", rows(np.dstack([bgr, 0 * bgr[..., :1]]))), scene)
    yield from _alpha(scene, bgr)
    yield from _sixteen(scene)
    yield from _tables()
    black = (grays() > 127).astype(np.uint8)
    two = np.array([[0, 0, 0], [255, 255, 255]], np.uint8)
    yield Variant("1 bit", file(info(1), table(two), rows(packed(black, 1))), rgb(black * 255))
    yield Variant("1 bit, white first", file(info(1), table(two[::-1]), rows(packed(black, 1))), rgb((1 - black) * 255))
    ramp = np.repeat(np.arange(256, dtype=np.uint8)[:, None], 3, axis=1)
    yield Variant("a ramp of grays", file(info(8), table(ramp), rows(grays())), rgb(grays()))
    masks = struct.pack("<III", 0xFF0000, 0xFF00, 0xFF)
    yield Variant("32 bits with masks", file(info(32, 3), masks, rows(opaque)), scene)


def _alpha(scene: np.ndarray, bgr: np.ndarray) -> Iterator[Variant]:
    masks = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(48)
    clear = rows(np.dstack([bgr, alpha()]))
    shows = on_white(scene, alpha())
    yield Variant("alpha, header of version 4", file(info(32, 3, extra=masks), b"", clear), shows, 0.6)
    later = masks + struct.pack("<IIII", 4, 0, 0, 0)
    yield Variant("alpha, header of version 5", file(info(32, 3, extra=later), b"", clear), shows, 0.6)


def _sixteen(scene: np.ndarray) -> Iterator[Variant]:
    wide = scene.astype(np.uint16)
    five = (wide[..., 0] >> 3 << 10 | wide[..., 1] >> 3 << 5 | wide[..., 2] >> 3).astype("<u2")
    six = (wide[..., 0] >> 3 << 11 | wide[..., 1] >> 2 << 5 | wide[..., 2] >> 3).astype("<u2")
    masks = struct.pack("<III", 0xF800, 0x7E0, 0x1F)
    yield Variant("16 bits, five each", file(info(16), b"", rows(five.view(np.uint8))), scene, 5)
    yield Variant("16 bits, six of green", file(info(16, 3), masks, rows(six.view(np.uint8))), scene, 5)


def _tables() -> Iterator[Variant]:
    for bits in (4, 8):
        index, entries = few(1 << bits)
        entries = np.vstack([entries, np.zeros(((1 << bits) - len(entries), 3), np.uint8)])
        shows = entries[index]
        yield Variant(f"table of {1 << bits}", file(info(bits), table(entries), rows(packed(index, bits))), shows)
        coded = runs(index, bits)
        yield Variant(
            f"run lengths, {bits} bits",
            file(info(bits, 1 if bits == 8 else 2, len(coded)), table(entries), coded),
            shows,
        )
