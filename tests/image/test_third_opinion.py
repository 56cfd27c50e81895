"""Differential fuzzing against libvips, which reads no file as Pillow does. Each way to differ is a row."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import pyvips

from corpus.cases import SIZES, good
from corpus.make import Case
from corpus.readers import ALL
from image.test_second_opinion import spoiled
from why400.image.facts import Damage, ImageFacts, Reading
from why400.image.look import look

LOADERS = {
    "jpegload": "jpeg",
    "pngload": "png",
    "webpload": "webp",
    "gifload": "gif",
    "tiffload": "tiff",
    "heifload": "avif",
}
View = tuple[str, tuple[int, int], bool]
"""Format, size as stored, whether there is alpha."""
TRIES = 12


@dataclass(frozen=True, slots=True)
class Row:
    """One way to differ: whether this is it, who is right, and why."""

    applies: Callable[[Case, Reading, View], bool]
    right: str
    why: str


def vips(data: bytes) -> View | None:
    """What libvips says from the header, None where it refuses."""
    try:
        image = pyvips.Image.new_from_buffer(data, "")
        loader = image.get("vips-loader").removesuffix("_buffer")
    except pyvips.Error:
        return None
    return LOADERS.get(loader, loader), (image.width, image.height), image.hasalpha()


def agree(ours: Reading, view: View) -> bool:
    return isinstance(ours, ImageFacts) and (ours.format, (ours.width, ours.height), bool(ours.alpha)) == view


def alpha_differs(ours: Reading, view: View) -> bool:
    return isinstance(ours, ImageFacts) and bool(ours.alpha) != view[2]


def size_differs(ours: Reading, view: View) -> bool:
    return isinstance(ours, ImageFacts) and (ours.width, ours.height) != view[1]


def is_unknown(ours: Reading) -> bool:
    return isinstance(ours, ImageFacts) and ours.format == "unknown"


ROWS = {
    "a PNG whose header's checksum is wrong": Row(
        lambda case, ours, view: view[0] == "png" and isinstance(ours, Damage) and ours.offset == 29,
        "we",
        "libvips tells a size before it has checked it (PNG section 5.3), and refuses when the picture is decoded",
    ),
    "a JPEG whose markers are not where they must be": Row(
        lambda case, ours, view: view[0] == "jpeg" and (isinstance(ours, Damage) or is_unknown(ours)),
        "we",
        "libjpeg seeks the next FF and warns (T.81 B.1.1); with fail_on=warning libvips refuses it too",
    ),
    "a GIF that is not of 1987 or 1989": Row(
        lambda case, ours, view: view[0] == "gif" and is_unknown(ours),
        "both",
        "libvips looks at three letters; GIF89a section 17 knows two versions",
    ),
    "a GIF without width or height": Row(
        lambda case, ours, view: view[0] == "gif" and isinstance(ours, Damage),
        "we",
        "libvips takes the picture's size for the screen's, or skips blocks that there are not",
    ),
    "a GIF whose picture is larger than its screen": Row(
        lambda case, ours, view: view[0] == "gif" and size_differs(ours, view),
        "both",
        "the screen is what the file claims and browsers show; libvips grows it. Such a file is never decoded by us",
    ),
    "a GIF that does not fill its screen": Row(
        lambda case, ours, view: view[0] == "gif" and alpha_differs(ours, view),
        "both",
        "what no picture covers is clear to libvips; alpha is a fact of ours where a colour is declared clear",
    ),
    "a turned AVIF": Row(
        lambda case, ours, view: view[0] == "avif" and case.orientation >= 5 and size_differs(ours, view),
        "both",
        "libheif gives the size as turned (irot), facts are as stored",
    ),
    "a TIFF with a sample that nobody declared": Row(
        lambda case, ours, view: view[0] == "tiff" and alpha_differs(ours, view),
        "both",
        "libvips counts samples; ExtraSamples says what one means (TIFF 6.0 section 18), without it alpha is a guess",
    ),
}


@pytest.mark.parametrize("form", sorted(set(LOADERS.values())))
def test_libvips_and_we_differ_in_known_ways_only(form: str) -> None:
    rng = random.Random(800)
    unknown = []
    for case in (case for case in good() if case.format == form and case.size != SIZES[-1]):
        for _ in range(TRIES):
            data = spoiled(case, rng)
            ours, view = look(ALL, data, True), vips(data)
            if view is None or agree(ours, view):
                continue
            if not any(row.applies(case, ours, view) for row in ROWS.values()):
                unknown.append((case.id, ours, view))
    assert unknown == []


def test_every_row_says_who_is_right() -> None:
    assert all(row.right in ("we", "both", "libvips") and row.why for row in ROWS.values())
