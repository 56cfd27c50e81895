"""Differential fuzzing: thousands of slightly damaged files, read by us and by Pillow. Each way to differ is a row."""

import io
import random
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PIL import Image

from corpus import by_hand
from corpus.cases import SIZES, good
from corpus.make import Case
from corpus.readers import ALL
from why400.image.facts import Damage, ImageFacts, Reading
from why400.image.look import look

FORMATS = {"JPEG": "jpeg", "MPO": "jpeg", "DIB": "bmp"} | {
    name.upper(): name for name in ("png", "webp", "gif", "bmp", "tiff", "avif")
}
COLORS = {"RGB": "rgb", "RGBA": "rgba", "RGBX": "rgb", "L": "gray", "1": "gray", "I": "gray", "I;16": "gray"} | {
    "I;16B": "gray",
    "LA": "gray-alpha",
    "P": "palette",
    "CMYK": "cmyk",
}
View = tuple[str, tuple[int, int], str | None]
TRIES = 25


@dataclass(frozen=True, slots=True)
class Row:
    """One way to differ: whether this is it, who is right, and why."""

    applies: Callable[[Case, Reading, View], bool]
    right: str
    why: str


def size_differs(ours: Reading, view: View) -> bool:
    return isinstance(ours, ImageFacts) and (ours.width, ours.height) != view[1]


def color_differs(ours: Reading, view: View) -> bool:
    return isinstance(ours, ImageFacts) and ours.color != view[2]


ROWS = {
    "a JPEG whose markers are not where they must be": Row(
        lambda case, ours, view: isinstance(ours, Damage) and ours.kind != "text-mangled" and view[0] == "jpeg",
        "we",
        "Pillow seeks the next FF and goes on; strict decoders refuse (T.81 B.1.1). Ours says damage, with the offset",
    ),
    "a GIF block that there is not": Row(
        lambda case, ours, view: isinstance(ours, Damage) and view[0] == "gif",
        "we",
        "Pillow skips bytes until a picture comes (GIF89a section 12 knows three blocks)",
    ),
    "a GIF whose picture is larger than its screen": Row(
        lambda case, ours, view: view[0] == "gif" and size_differs(ours, view),
        "both",
        "the screen is what the file claims and browsers show; Pillow grows it. Such a file is never decoded by us",
    ),
    "a BMP without width, or with a negative one": Row(
        lambda case, ours, view: isinstance(ours, Damage) and view[0] == "bmp",
        "we",
        "the width is signed and at least 1 (BITMAPINFOHEADER); Pillow takes it for four billion",
    ),
    "a BMP upside down": Row(
        lambda case, ours, view: view[0] == "bmp" and size_differs(ours, view),
        "we",
        "the height is signed; Pillow takes it as such only from -2**24 on",
    ),
    "a BMP palette of grays": Row(
        lambda case, ours, view: view[0] == "bmp" and color_differs(ours, view),
        "both",
        "a palette of all grays in order is gray; with one entry changed Pillow says palette, we look at fewer of them",
    ),
    "a TIFF with an orientation": Row(
        lambda case, ours, view: view[0] == "tiff" and size_differs(ours, view) and view[1] == swapped(ours),
        "both",
        "Pillow gives the size as turned, facts are as stored",
    ),
    "a TIFF cut inside its directory": Row(
        lambda case, ours, view: isinstance(ours, Damage) and view[0] == "tiff",
        "we",
        "Pillow reads as many entries as there are; libtiff refuses",
    ),
    "a TIFF whose colours are not those of its photometric tag": Row(
        lambda case, ours, view: view[0] == "tiff" and color_differs(ours, view),
        "both",
        "Pillow guesses a mode from what is left of the tags; we say None, or leave out the alpha that is not declared",
    ),
    "gray with alpha in 16 bits": Row(
        lambda case, ours, view: (case.format, case.color, case.depth) == ("png", "gray-alpha", 16),
        "we",
        "Pillow has no such mode and opens it as RGBA",
    ),
    "an AVIF whose property boxes are spoiled": Row(
        lambda case, ours, view: view[0] == "avif" and color_differs(ours, view),
        "both",
        "Pillow decodes the picture to know; its boxes no longer say",
    ),
    "a WebP whose alpha flag was taken away": Row(
        lambda case, ours, view: view[0] == "webp" and color_differs(ours, view),
        "both",
        "the flag is a hint (RFC 9649 section 2.7.1); Pillow decodes the picture to know",
    ),
}


def swapped(ours: Reading) -> tuple[int, int]:
    assert isinstance(ours, ImageFacts)
    return ours.height or 0, ours.width or 0


def pillow(data: bytes) -> View | None:
    """What Pillow says, None where it refuses."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data)) as opened:
            return (
                FORMATS.get(opened.format or "", str(opened.format)),
                opened.size,
                COLORS.get(opened.mode, opened.mode),
            )
    except Exception:
        return None


def agree(ours: Reading, view: View) -> bool:
    return isinstance(ours, ImageFacts) and (ours.format, (ours.width, ours.height), ours.color) == view


def spoiled(case: Case, rng: random.Random) -> bytes:
    data = bytearray(case.bytes())
    for _ in range(rng.choice((1, 1, 2, 3))):
        data[rng.randrange(min(len(data), 400))] = rng.choice((0, 1, 2, 127, 128, 255, rng.randrange(256)))
    return bytes(data)


@pytest.mark.parametrize("form", ["jpeg", "png", "webp", "gif", "bmp", "tiff", "avif"])
def test_pillow_and_we_differ_in_known_ways_only(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    rng = random.Random(400)
    for case in (case for case in good() if case.format == form and case.size != SIZES[-1]):
        for _ in range(TRIES):
            data = spoiled(case, rng)
            ours, view = look(ALL, data, True), pillow(data)
            if view is None or agree(ours, view):
                continue
            assert any(row.applies(case, ours, view) for row in ROWS.values()), (case.id, ours, view)


def test_every_row_says_who_is_right() -> None:
    assert all(row.right in ("we", "both", "Pillow") and row.why for row in ROWS.values())


def test_of_a_tag_that_stands_twice_the_first_counts() -> None:
    """As libtiff and Pillow read it, found by this very test."""
    data = by_hand.tiff("gray", (8, 8), 8, tags=((0x100, 7),))
    ours = look(ALL, data, True)
    assert isinstance(ours, ImageFacts)
    assert (ours.width, pillow(data)) == (8, ("tiff", (8, 8), "gray"))
