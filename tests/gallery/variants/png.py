"""PNG: transparent colours, named spaces, few bits with content, an animation's default picture."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np

from corpus.by_hand import chunk
from gallery.variants.scene import SIZE, Variant, alpha, as_srgb, colors, few, grays, in_space, on_white, rgb

WIDTH, HEIGHT = SIZE
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6


def file(kind: int, depth: int, rows: np.ndarray, *before: tuple[bytes, bytes]) -> bytes:
    """Rows as bytes (height, bytes a row), no filter."""
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, 0)
    lines = b"".join(b"\0" + row.tobytes() for row in rows.reshape(HEIGHT, -1))
    chunks = [(b"IHDR", head), *before, (b"IDAT", zlib.compress(lines)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(name, content) for name, content in chunks)


def packed(index: np.ndarray, bits: int) -> np.ndarray:
    return np.packbits(
        ((index[..., None] >> np.arange(bits - 1, -1, -1)) & 1).astype(np.uint8).reshape(HEIGHT, -1), axis=1
    )


def wide(samples: np.ndarray) -> np.ndarray:
    return samples.astype(">u2").view(np.uint8)


def variants() -> Iterator[Variant]:
    scene, gray = colors(), grays()
    yield from _few_bits(gray)
    yield from _clear_colors(scene, gray)
    yield from _wide(scene, gray)
    yield from _spaces(scene)
    animation = ((b"acTL", struct.pack(">II", 2, 0)),)
    yield Variant("default picture of an animation", file(RGB, 8, scene, *animation), scene)
    yield Variant(
        "gamma of 1, which people pass over", file(RGB, 8, scene, (b"gAMA", struct.pack(">I", 100_000))), scene
    )


def _few_bits(gray: np.ndarray) -> Iterator[Variant]:
    for bits in (1, 2, 4):
        index = gray >> (8 - bits)
        shows = rgb((index * (255 // ((1 << bits) - 1))).astype(np.uint8))
        yield Variant(f"gray of {bits} bits", file(GRAY, bits, packed(index, bits)), shows)
    for bits in (1, 2, 4, 8):
        table, entries = few(1 << bits)
        plte = (b"PLTE", entries.tobytes())
        yield Variant(f"palette of {bits} bits", file(PALETTE, bits, packed(table, bits), plte), entries[table])
        clear = np.linspace(0, 255, len(entries)).astype(np.uint8)
        trns = (b"tRNS", clear.tobytes())
        shows = on_white(entries[table], clear[table])
        yield Variant(
            f"palette of {bits} bits, clear", file(PALETTE, bits, packed(table, bits), plte, trns), shows, 0.6
        )


def _clear_colors(scene: np.ndarray, gray: np.ndarray) -> Iterator[Variant]:
    level = int(gray[3, 3])
    shows = rgb(np.where(gray == level, 255, gray).astype(np.uint8))
    yield Variant("a clear gray", file(GRAY, 8, gray, (b"tRNS", struct.pack(">H", level))), shows)
    color = tuple(int(sample) for sample in scene[5, 5])
    hit = np.all(scene == scene[5, 5], axis=-1)
    shows = np.where(hit[..., None], 255, scene).astype(np.uint8)
    yield Variant("a clear colour", file(RGB, 8, scene, (b"tRNS", struct.pack(">HHH", *color))), shows)
    two = (gray > 127).astype(np.uint8)
    shows = rgb(np.where(two == 0, 255, 255).astype(np.uint8))
    yield Variant("a clear black of 1 bit", file(GRAY, 1, packed(two, 1), (b"tRNS", b"\0\0")), shows)


def _wide(scene: np.ndarray, gray: np.ndarray) -> Iterator[Variant]:
    deep, opacity = gray.astype(np.uint32) * 257, alpha().astype(np.uint32) * 257
    yield Variant("gray of 16 bits", file(GRAY, 16, wide(deep)), rgb(gray))
    yield Variant("dark gray of 16 bits", file(GRAY, 16, wide(deep // 5)), rgb((deep // 5 / 257).round()), 0.5)
    yield Variant("16 bits", file(RGB, 16, wide(scene.astype(np.uint32) * 257)), scene, 0.5)
    both = np.dstack([deep, opacity])
    yield Variant("gray and alpha of 16 bits", file(GRAY_ALPHA, 16, wide(both)), on_white(rgb(gray), alpha()), 0.8)
    four = np.dstack([scene.astype(np.uint32) * 257, opacity])
    yield Variant("alpha of 16 bits", file(RGBA, 16, wide(four)), on_white(scene, alpha()), 0.8)
    clear = (b"tRNS", struct.pack(">H", int(deep[3, 3])))
    shows = rgb(np.where(gray == gray[3, 3], 255, gray).astype(np.uint8))
    yield Variant("a clear gray of 16 bits", file(GRAY, 16, wide(deep), clear), shows)


def _spaces(scene: np.ndarray) -> Iterator[Variant]:
    for name in ("Display P3", "Adobe RGB"):
        profile = (b"iCCP", b"p\0\0" + zlib.compress(in_space(name)))
        yield Variant(f"{name}, its profile embedded", file(RGB, 8, scene, profile), as_srgb(scene, name), 1)
    yield Variant(
        "Display P3 by its numbers", file(RGB, 8, scene, (b"cICP", b"\x0c\x0d\0\1")), as_srgb(scene, "Display P3"), 1
    )
    yield Variant("sRGB by its numbers", file(RGB, 8, scene, (b"cICP", b"\x01\x0d\0\1")), scene)
    yield Variant("sRGB by its chunk", file(RGB, 8, scene, (b"sRGB", b"\0")), scene)
