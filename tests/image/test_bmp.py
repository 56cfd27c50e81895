"""BMP: rows of bytes and what must come out."""

import struct

import pytest

from corpus.by_hand import bmp_with_alpha
from corpus.make import picture
from corpus.readers import ALL
from why400.image.facts import Damage, ImageFacts, NeedMore
from why400.image.look import damage, look

PLAIN = picture("bmp", size=(16, 16))


def info(
    width: int = 4,
    height: int = 4,
    bits: int = 24,
    compression: int = 0,
    after: bytes = b"",
    colors: int = 0,
    pixels: int = 64,
) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, bits, compression, pixels, 0, 0, colors, 0)
    start = 54 + len(after)
    return b"BM" + struct.pack("<IHHI", start + pixels, 0, 0, start) + header + after + bytes(pixels)


def core(bits: int, palette: bytes) -> bytes:
    start = 26 + len(palette)
    return b"BM" + struct.pack("<IHHIIHHHH", start + 16, 0, 0, start, 12, 4, 4, 1, bits) + palette + bytes(16)


RAMP = b"".join(bytes([level, level, level, 0]) for level in range(256))
ROWS = [
    ("24 bits", info(), {"color": "rgb", "bit_depth": 8, "alpha": False, "frames": 1}),
    ("from the top down", info(height=-4), {"height": 4}),
    ("16 bits", info(bits=16), {"color": "rgb", "bit_depth": 5}),
    (
        "16 bits by masks",
        info(bits=16, compression=3, after=struct.pack("<III", 0xF800, 0x7E0, 0x1F)),
        {"bit_depth": 6},
    ),
    ("32 bits, the fourth unused", info(bits=32), {"color": "rgb", "alpha": False}),
    ("32 bits with a mask of alpha", bmp_with_alpha((4, 4)), {"color": "rgba", "alpha": True, "profile": "sRGB"}),
    ("a palette", info(bits=8, after=bytes(range(256)) * 4), {"color": "palette", "bit_depth": 8}),
    ("a palette of two", info(bits=4, colors=2, after=bytes(8)), {"color": "palette", "bit_depth": 4}),
    ("a ramp of grays", info(bits=8, after=RAMP), {"color": "gray", "bit_depth": 8}),
    ("black and white", info(bits=1, after=bytes(4) + b"\xff\xff\xff\0"), {"color": "gray", "bit_depth": 1}),
    ("white and black", info(bits=1, after=b"\xff\xff\xff\0" + bytes(4)), {"color": "palette"}),
    ("OS/2", core(1, bytes(3) + b"\xff\xff\xff"), {"color": "gray", "width": 4, "height": 4}),
    ("a JPEG inside", info(bits=24, compression=4), {"color": None, "bit_depth": None, "width": 4}),
]


@pytest.mark.parametrize(("data", "want"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_facts(data: bytes, want: dict[str, object]) -> None:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts), facts
    assert {name: getattr(facts, name) for name in want} == want
    assert damage(ALL, data) is None


BROKEN = [
    ("no width", info(width=0), "corrupt", 18),
    ("7 bits a pixel", info(bits=7), "corrupt", 18),
    ("pixels inside the header", PLAIN[:10] + b"\x20\0\0\0" + PLAIN[14:], "corrupt", 10),
    ("fewer pixels than the size takes", info(height=5000), "truncated", 54 + 64),
    ("cut", PLAIN[:-1], "truncated", len(PLAIN) - 1),
    ("words after the end", PLAIN + b"words", "junk-after", len(PLAIN)),
]


@pytest.mark.parametrize(("data", "kind", "offset"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_structure(data: bytes, kind: str, offset: int) -> None:
    found = damage(ALL, data)
    assert found is not None
    assert (found.kind, found.offset) == (kind, offset)


@pytest.mark.parametrize("size", [18, 26, 53])
def test_a_cut_header(size: int) -> None:
    assert isinstance(look(ALL, PLAIN[:size], True), Damage)
    assert isinstance(look(ALL, PLAIN[:size], False), NeedMore)


def test_two_letters_are_no_magic() -> None:
    facts = look(ALL, b"BM is short for benchmark, and this is a text.", True)
    assert isinstance(facts, ImageFacts)
    assert facts.format == "text"
