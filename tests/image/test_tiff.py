"""TIFF: rows of bytes and what must come out."""

import struct

import pytest

from corpus.by_hand import tiff
from corpus.make import picture, profile
from corpus.readers import ALL
from why400.image.facts import Damage, ImageFacts, NeedMore
from why400.image.look import damage, look

PLAIN = tiff("rgb", (4, 4))
DIRECTORY = struct.unpack("<I", PLAIN[4:8])[0]
LINK = len(PLAIN) - 4
SHORT, LONG = 3, 4


def directory(*entries: tuple[int, int, int, int], following: int = 0) -> bytes:
    """A little-endian TIFF that is one directory at 8; each entry is tag, type, count, value."""
    rows = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    return b"II*\0\x08\0\0\0" + struct.pack("<H", len(entries)) + rows + struct.pack("<I", following)


ROWS = [
    ("big-endian", tiff("rgb", (4, 5), 8, ">"), {"width": 4, "height": 5, "bit_depth": 8, "color": "rgb"}),
    ("turned", tiff(tags=((0x112, 8),)), {"orientation": 8}),
    ("turned nonsense", tiff(tags=((0x112, 9),)), {"orientation": 1}),
    ("alpha", tiff("rgba"), {"color": "rgba", "alpha": True}),
    ("a fourth sample without a meaning", tiff("rgb", tags=((0x152, 0),)), {"color": "rgb", "alpha": False}),
    (
        "one bit when nothing is said",
        directory((0x100, SHORT, 1, 9)),
        {"width": 9, "height": None, "bit_depth": 1, "color": None},
    ),
    ("no photometric word", directory((0x102, SHORT, 1, 8)), {"color": None}),
    ("L*a*b*", directory((0x106, SHORT, 1, 8)), {"color": None}),
    ("a width beyond the file", directory((0x100, LONG, 3, 5000)), {"width": None}),
    ("a width of letters", directory((0x100, 2, 1, 65)), {"width": None}),
    ("a directory that leads to itself", directory((0x100, SHORT, 1, 9), following=8), {"frames": None}),
    ("a directory that leads nowhere", directory((0x100, SHORT, 1, 9), following=999), {"frames": None}),
    (
        "kinds",
        directory((0x2BC, 1, 4, 0), (0x83BB, 1, 4, 0), (0x8769, LONG, 1, 0)),
        {"metadata": ("exif", "xmp", "iptc")},
    ),
    ("a description", tiff(tags=((0x10E, 0),)), {"metadata": ("text",)}),
    ("a profile", picture("tiff", profile="srgb"), {"profile": "sRGB built-in", "metadata": ("icc",)}),
]


@pytest.mark.parametrize(("data", "want"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_facts(data: bytes, want: dict[str, object]) -> None:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts), facts
    assert {name: getattr(facts, name) for name in want} == want


def test_bigtiff() -> None:
    entry = struct.Struct("<HHQQ").pack
    rows = entry(0x100, SHORT, 1, 7) + entry(0x101, LONG, 1, 8) + entry(0x102, SHORT, 3, 8 << 32 | 8 << 16 | 8)
    data = b"II+\0\x08\0\0\0" + struct.pack("<QQ", 16, 3) + rows + bytes(8)
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts)
    assert (facts.width, facts.height, facts.bit_depth, facts.frames) == (7, 8, 8, 1)


BROKEN = [
    ("a loop", PLAIN[:LINK] + struct.pack("<I", DIRECTORY), "corrupt", DIRECTORY),
    ("a directory outside", PLAIN[:LINK] + struct.pack("<I", 99_999), "truncated", len(PLAIN)),
    ("no directory", b"II*\0" + bytes(40), "truncated", 44),
    ("no picture data", directory((0x100, SHORT, 1, 9), (0x101, SHORT, 1, 9)), "corrupt", 8 + 2 + 24 + 4),
    ("a strip outside", directory((0x111, LONG, 1, 8), (0x117, LONG, 1, 5000)), "truncated", 38),
    ("a table of strips outside", directory((0x111, LONG, 9, 5000), (0x117, LONG, 9, 5000)), "truncated", 38),
    ("cut", PLAIN[:-1], "truncated", len(PLAIN) - 1),
]


STRIP = ((0x111, LONG, 1, 8), (0x117, LONG, 1, 4))
"""A strip that is in any file."""


@pytest.mark.parametrize(
    ("entry", "because"),
    [
        ((0x140, SHORT, 768, 50), "values of a directory go up to 1586"),
        ((0x11A, 5, 1, 5000), "values of a directory go up to 5008"),
        ((0x14A, LONG, 1, 5000), "a directory is to be at 5000"),
        ((0x8769, LONG, 1, 5000), "a directory is to be at 5000"),
        ((0x9999, LONG, 100, 5000), None),
        ((0x14A, LONG, 1, 8), None),
    ],
    ids=["colour map", "resolution", "SubIFDs", "EXIF", "a tag of somebody's own", "SubIFDs that loop"],
)
def test_what_a_directory_points_to_is_in_the_file(entry: tuple[int, int, int, int], because: str | None) -> None:
    found = damage(ALL, directory((0x100, SHORT, 1, 9), *STRIP, entry))
    assert (found.kind if found else None) == ("truncated" if because else None)
    assert because is None or (found is not None and because in found.because)


@pytest.mark.parametrize(("data", "kind", "offset"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_structure(data: bytes, kind: str, offset: int) -> None:
    found = damage(ALL, data)
    assert found is not None
    assert (found.kind, found.offset) == (kind, offset)


def test_the_directory_at_the_end_is_asked_for() -> None:
    count = DIRECTORY + 2
    assert look(ALL, PLAIN[:40], False) == NeedMore(count)
    assert look(ALL, PLAIN[:count], False) == NeedMore(len(PLAIN))
    assert isinstance(look(ALL, PLAIN[:40], True), Damage)


def test_a_profile_behind_the_directory_is_asked_for() -> None:
    data = directory((0x100, SHORT, 1, 9), (0x8773, 7, 3000, 500))
    assert look(ALL, data, False) == NeedMore(3500)
    assert isinstance(look(ALL, data + bytes(500 - len(data)) + profile("srgb"), True), ImageFacts)
