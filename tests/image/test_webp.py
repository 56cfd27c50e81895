"""WebP: rows of bytes and what must come out."""

import struct

import pytest

from corpus.by_hand import canvas_chunk, riff
from corpus.make import exif, picture, profile
from corpus.readers import ALL
from why400.image.facts import Damage, ImageFacts, NeedMore, Reading
from why400.image.look import damage, look

LOSSY = picture("webp", size=(64, 48))
LOSSLESS = picture("webp", size=(64, 48), lossless=True)
VP8 = (b"VP8 ", LOSSY[20:])
VP8L = (b"VP8L", LOSSLESS[20:])
SIZE = (64, 48)
ICC, ALPHA, EXIF, XMP, ANIMATED = 0x20, 0x10, 0x08, 0x04, 0x02
FRAME = (b"ANMF", bytes(16) + b"VP8 ")
TURNED = (b"EXIF", exif(6).removeprefix(b"Exif\0\0"))


def frame(chunk: tuple[bytes, bytes]) -> bytes:
    return chunk[0] + struct.pack("<I", len(chunk[1])) + chunk[1]


def whole(chunk: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """A frame of an animation, at the left and top."""
    return b"ANMF", bytes(16) + frame(chunk)


FIRST_END = 30 + 8 + 16 + 8 + len(VP8[1])
"""Where a file's second frame begins."""


def extended(flags: int, *chunks: tuple[bytes, bytes], size: tuple[int, int] = SIZE) -> bytes:
    return riff(canvas_chunk(flags, size), *chunks)


ROWS = [
    ("lossy", LOSSY, {"alpha": False, "width": 64, "frames": 1}),
    ("lossless", LOSSLESS, {"alpha": False, "height": 48}),
    ("alpha", extended(ALPHA, (b"ALPH", b"\0" * 5), VP8), {"alpha": True, "color": "rgba"}),
    ("turned", extended(EXIF, VP8, TURNED), {"orientation": 6, "metadata": ("exif",)}),
    ("turned, as JPEG marks it", extended(EXIF, VP8, (b"EXIF", exif(6))), {"orientation": 6}),
    ("EXIF announced and not there", extended(EXIF, VP8), {"orientation": 1, "metadata": ("exif",)}),
    ("a profile", extended(ICC, (b"ICCP", profile("srgb")), VP8), {"profile": "sRGB built-in", "metadata": ("icc",)}),
    ("XMP", extended(XMP, VP8L, (b"XMP ", b"<x/>")), {"metadata": ("xmp",)}),
    ("two frames", extended(ANIMATED, (b"ANIM", bytes(6)), FRAME, FRAME), {"frames": 2}),
    ("animated, one frame", extended(ANIMATED, (b"ANIM", bytes(6)), FRAME), {"frames": 1}),
    ("chunks nobody knows", extended(0, (b"what", b"odd"), VP8), {"width": 64}),
]


@pytest.mark.parametrize(("data", "want"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_facts(data: bytes, want: dict[str, object]) -> None:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts), facts
    assert {name: getattr(facts, name) for name in want} == want


BROKEN = [
    ("a canvas of another size", extended(0, VP8, size=(9000, 9000)), "corrupt", 30),
    ("a header without a picture", extended(0), "corrupt", 20),
    ("a first chunk that is none", riff((b"abcd", bytes(20))), "corrupt", 12),
    ("no start code", LOSSY[:23] + b"\0\0\0" + LOSSY[26:], "corrupt", 12),
    ("a chunk beyond the end", LOSSY[:16] + b"\xff\xff" + LOSSY[18:], "corrupt", 12),
    ("cut", LOSSY[:-4], "truncated", len(LOSSY) - 4),
    ("a picture cut, its file made whole again", riff((b"VP8 ", VP8[1][:20])), "truncated", 40),
    ("a picture cut in its first bytes", riff((b"ANIM", bytes(6)), (b"VP8 ", VP8[1][:6])), "corrupt", 12),
    ("a frame without a picture", extended(ANIMATED, whole(VP8), (b"ANMF", bytes(16))), "corrupt", FIRST_END),
    ("a frame cut", extended(ANIMATED, whole(VP8), (b"ANMF", bytes(16) + frame(VP8)[:-9])), "corrupt", FIRST_END + 24),
    (
        "a frame cut, its chunks made whole again",
        extended(ANIMATED, whole(VP8), (b"ANMF", bytes(16) + frame((b"VP8 ", VP8[1][:20])))),
        *("truncated", FIRST_END + 24 + 28),
    ),
    ("words after the end", LOSSY + b"words", "junk-after", len(LOSSY)),
]


@pytest.mark.parametrize(("data", "kind", "offset"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_structure(data: bytes, kind: str, offset: int) -> None:
    found = damage(ALL, data)
    assert found is not None
    assert (found.kind, found.offset) == (kind, offset)


def early(data: bytes, size: int) -> Reading:
    return look(ALL, data[:size], False)


def test_exif_at_the_end_is_waited_for_and_the_rest_is_told_at_once() -> None:
    data = extended(EXIF, VP8, TURNED)
    answer = early(data, 60)
    assert isinstance(answer, NeedMore)
    assert answer.upto == data.index(b"EXIF", 40) + 8
    assert answer.so_far is not None
    assert (answer.so_far.width, answer.so_far.orientation) == (64, 1)


def test_the_frames_of_an_animation_are_not_waited_for() -> None:
    data = extended(ANIMATED, (b"ANIM", bytes(6)), FRAME, (b"ANMF", bytes(5000)))
    facts = early(data, 100)
    assert isinstance(facts, ImageFacts)
    assert facts.frames is None


def test_the_frames_of_an_endless_animation_are_not_counted() -> None:
    facts = look(ALL, extended(ANIMATED, *[FRAME] * 3000), True)
    assert isinstance(facts, ImageFacts)
    assert facts.frames is None


@pytest.mark.parametrize("size", [12, 20, 29])
def test_a_cut_header(size: int) -> None:
    assert isinstance(look(ALL, LOSSY[:size], True), Damage)
    assert isinstance(look(ALL, LOSSY[:size], False), NeedMore)
