"""PNG: rows of bytes and what must come out."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.by_hand import chunk, png
from corpus.make import exif, exif_with_space, profile
from corpus.readers import ALL
from why400.image import png as reader
from why400.image.facts import Damage, ImageFacts, NeedMore
from why400.image.look import damage, look

PLAIN = png("rgb", (40, 30))
IDAT = PLAIN.index(b"IDAT") - 4
IEND = len(PLAIN) - 12


def facts_of(data: bytes) -> ImageFacts:
    facts = look(ALL, data, False)
    assert isinstance(facts, ImageFacts), facts
    return facts


def header(*fields: int) -> bytes:
    """A PNG whose IHDR has these fields and a right checksum."""
    return PLAIN[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", *fields)) + PLAIN[33:]


BEFORE = [
    ("tRNS makes alpha", chunk(b"tRNS", bytes(6)), {"alpha": True, "color": "rgb"}),
    ("acTL tells frames", chunk(b"acTL", struct.pack(">II", 7, 0)), {"frames": 7}),
    ("acTL of no frames", chunk(b"acTL", bytes(8)), {"frames": 1}),
    ("acTL too short", chunk(b"acTL", b""), {"frames": 1}),
    ("sRGB", chunk(b"sRGB", b"\0"), {"profile": "sRGB", "metadata": ()}),
    ("cICP of Display P3", chunk(b"cICP", bytes([12, 13, 0, 1])), {"profile": "Display P3"}),
    ("cICP of numbers without a name", chunk(b"cICP", bytes([5, 6, 0, 1])), {"profile": "cICP 5/6"}),
    (
        "iCCP",
        chunk(b"iCCP", b"x\0\0" + zlib.compress(profile("srgb"))),
        {"profile": "sRGB built-in", "metadata": ("icc",)},
    ),
    ("iCCP that does not inflate", chunk(b"iCCP", b"My screen\0\0nonsense"), {"profile": "My screen"}),
    ("iCCP of nothing", chunk(b"iCCP", b""), {"profile": "unnamed"}),
    ("iCCP before sRGB", chunk(b"sRGB", b"\0") + chunk(b"iCCP", b"Mine\0\0"), {"profile": "Mine"}),
    ("eXIf turned", chunk(b"eXIf", exif(8).removeprefix(b"Exif\0\0")), {"orientation": 8, "metadata": ("exif",)}),
    ("eXIf of Adobe RGB", chunk(b"eXIf", exif_with_space(2)), {"profile": "Adobe RGB"}),
    ("texts", chunk(b"tEXt", b"a\0b") + chunk(b"zTXt", b"a\0\0"), {"metadata": ("text",)}),
    ("XMP", chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>"), {"metadata": ("xmp",)}),
    ("unknown chunks", chunk(b"gAMA", bytes(4)) + chunk(b"prVt", b"?"), {"metadata": (), "profile": None}),
]


@pytest.mark.parametrize(("before", "want"), [row[1:] for row in BEFORE], ids=[row[0] for row in BEFORE])
def test_chunks_before_the_picture(before: bytes, want: dict[str, object]) -> None:
    data = png("rgb", (40, 30), before=before)
    facts = facts_of(data)
    assert {name: getattr(facts, name) for name in want} == want
    assert damage(ALL, data) is None


def test_what_stands_after_the_picture_is_no_fact_of_the_head() -> None:
    """Pillow reads an eXIf chunk there when it has loaded the pixels. The specification has it before them."""
    late = png("rgb", (40, 30), after=chunk(b"eXIf", exif(8).removeprefix(b"Exif\0\0")))
    assert facts_of(late).orientation == 1


BROKEN = [
    ("a checksum in the header", PLAIN[:18] + b"\1" + PLAIN[19:], "corrupt", 29),
    ("no IHDR first", PLAIN[:8] + chunk(b"abCD", bytes(4)) + PLAIN[8:], "corrupt", 8),
    ("no such colour type", header(8, 8, 8, 5, 0, 0, 0), "corrupt", 24),
    ("no such depth", header(8, 8, 4, 2, 0, 0, 0), "corrupt", 24),
    ("no width", header(0, 8, 8, 2, 0, 0, 0), "corrupt", 16),
    ("a width of 2^31", header(2**31, 8, 8, 2, 0, 0, 0), "corrupt", 16),
    ("two headers", PLAIN[:33] + PLAIN[8:33] + PLAIN[33:], "corrupt", 33),
    ("a checksum in the picture", PLAIN[: IDAT + 10] + b"?" + PLAIN[IDAT + 11 :], "corrupt", IEND - 4),
    (
        "pieces of picture apart",
        PLAIN[:IEND] + chunk(b"tEXt", b"a\0b") + chunk(b"IDAT", b"") + PLAIN[IEND:],
        "corrupt",
        IEND + 15,
    ),
    ("no picture", PLAIN[:33] + PLAIN[IEND:], "corrupt", 33),
    ("no palette", header(8, 8, 8, 3, 0, 0, 0), "corrupt", 33),
    ("a chunk name of no letters", PLAIN[:IEND] + chunk(b"a b!", b"") + PLAIN[IEND:], "corrupt", IEND),
    ("no end", PLAIN[:IEND], "truncated", IEND),
    ("half an end", PLAIN[:-3], "truncated", len(PLAIN) - 3),
    ("a cut picture", PLAIN[: IDAT + 15], "truncated", IDAT + 15),
    ("words after the end", PLAIN + b"words", "junk-after", len(PLAIN)),
]


@pytest.mark.parametrize(("data", "kind", "offset"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_structure(data: bytes, kind: str, offset: int) -> None:
    found = damage(ALL, data)
    assert found is not None
    assert (found.kind, found.offset) == (kind, offset)


def test_it_asks_for_a_chunk_that_tells_something_and_has_the_size_already() -> None:
    data = png("rgb", (40, 30), before=chunk(b"iCCP", b"x\0\0" + zlib.compress(profile("srgb"))))
    answer = look(ALL, data[:60], False)
    assert isinstance(answer, NeedMore)
    assert answer.upto == data.index(b"IDAT") - 8
    assert answer.so_far is not None
    assert (answer.so_far.width, answer.so_far.height) == (40, 30)


@given(st.integers(8, len(PLAIN) - 1), st.integers(1, 255))
def test_every_changed_byte_is_found(at: int, change: int) -> None:
    changed = PLAIN[:at] + bytes([PLAIN[at] ^ change]) + PLAIN[at + 1 :]
    assert isinstance(damage(ALL, changed), Damage)


@given(st.integers(8, len(PLAIN) - 1))
def test_every_cut_is_found(size: int) -> None:
    found = reader.structure(PLAIN[:size])
    assert found is not None
    assert (found.kind, found.offset) == ("truncated", size)


@pytest.mark.parametrize(
    ("after", "orientation", "metadata"),
    [
        (chunk(b"eXIf", exif(6)[6:]), 6, ("exif",)),
        (chunk(b"tEXt", b"date:create\x002026-11-23"), 1, ("text",)),
        (chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0<x/>"), 1, ("xmp",)),
        (chunk(b"eXIf", exif(6)[6:])[:-1] + b"?", 1, ()),
        (b"eXIf" + bytes(20), 1, ()),
        (b"XIf" * 3000, 1, ()),
    ],
    ids=["EXIF", "a text", "XMP", "a wrong checksum", "only the name", "many such letters"],
)
def test_metadata_behind_the_picture_is_seen_in_a_whole_file(after, orientation, metadata):
    said = look(ALL, png(after=after), True)
    assert isinstance(said, ImageFacts)
    assert (said.orientation, said.metadata) == (orientation, metadata)
