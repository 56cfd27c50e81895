"""GIF: rows of bytes and what must come out."""

import pytest

from corpus.readers import ALL
from why400.image.facts import Damage, ImageFacts, NeedMore
from why400.image.look import damage, look

SCREEN = b"GIF89a\x10\0\x20\0"
HEADER = SCREEN + b"\x91\0\0" + bytes(12)
PICTURE = b"\x2c" + bytes(4) + b"\x10\0\x20\0\0" + b"\x02\x0cabcdefghijkl\0"
CONTROL = b"\x21\xf9\x04\0\0\0\0\0"
SEE_THROUGH = b"\x21\xf9\x04\x01\0\0\0\0"
COMMENT = b"\x21\xfe\x05hello\0"
LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\1\0\0\0"
XMP = b"\x21\xff\x0bXMP DataXMP\x04<x/>\0"
END = b"\x3b"


def gif(*blocks: bytes) -> bytes:
    return HEADER + b"".join(blocks)


ROWS = [
    ("one picture", gif(PICTURE, END), {"width": 16, "height": 32, "bit_depth": 2, "color": "palette", "frames": 1}),
    ("version 87a", b"GIF87a" + gif(PICTURE, END)[6:], {"format": "gif"}),
    ("three pictures", gif(LOOP, PICTURE, CONTROL, PICTURE, PICTURE, END), {"frames": 3}),
    ("transparent", gif(SEE_THROUGH, PICTURE, END), {"alpha": True}),
    ("a control without transparency", gif(CONTROL, PICTURE, END), {"alpha": False}),
    ("a comment", gif(COMMENT, PICTURE, END), {"metadata": ("comment",)}),
    ("XMP", gif(XMP, PICTURE, END), {"metadata": ("xmp",)}),
    ("interlaced", gif(PICTURE[:9] + b"\x40" + PICTURE[10:], END), {"progressive": True}),
    (
        "a table of its own",
        SCREEN + b"\0\0\0" + PICTURE[:9] + b"\x87" + bytes(3 * 256) + PICTURE[10:] + END,
        {"bit_depth": 8, "frames": 1},
    ),
    ("a chain that breaks later", gif(PICTURE, b"?", END), {"frames": None}),
    ("frames beyond counting", gif(*[PICTURE] * 5000, END), {"frames": None}),
]


@pytest.mark.parametrize(("data", "want"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_facts(data: bytes, want: dict[str, object]) -> None:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts), facts
    assert {name: getattr(facts, name) for name in want} == want


BROKEN = [
    ("no picture", gif(END), "corrupt", 25),
    ("a block that is none", gif(PICTURE, b"?", END), "corrupt", 25 + len(PICTURE)),
    ("no trailer", gif(PICTURE), "truncated", 25 + len(PICTURE)),
    ("a picture without data", gif(PICTURE, PICTURE[:11] + b"\0", END), "truncated", 25 + len(PICTURE) + 12),
    ("a picture of too few data", gif(PICTURE[:11] + b"\x02ab\0", END), "truncated", 40),
    ("codes of too many bits", gif(PICTURE[:10] + b"\x0c" + PICTURE[11:], END), "corrupt", 35),
    ("cut in a picture", gif(PICTURE)[:-2], "truncated", 23 + len(PICTURE)),
    ("cut in an extension", gif(COMMENT)[:-3], "truncated", 25 + len(COMMENT) - 3),
    ("words after the end", gif(PICTURE, END) + b"words", "junk-after", 26 + len(PICTURE)),
]


@pytest.mark.parametrize(("data", "kind", "offset"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_structure(data: bytes, kind: str, offset: int) -> None:
    found = damage(ALL, data)
    assert found is not None
    assert (found.kind, found.offset) == (kind, offset)


def test_the_first_picture_is_enough_for_facts() -> None:
    data = gif(COMMENT, PICTURE, PICTURE, END)
    facts = look(ALL, data[: 25 + len(COMMENT) + 12], False)
    assert isinstance(facts, ImageFacts)
    assert facts.frames is None


@pytest.mark.parametrize("size", [6, 12, 20, 34])
def test_less_is_not(size: int) -> None:
    data = gif(COMMENT, PICTURE, END)
    assert isinstance(look(ALL, data[:size], False), NeedMore)
    assert isinstance(look(ALL, data[:size], True), Damage)
