"""Every good picture of the corpus: our facts are its labels, nothing is found broken, and Pillow sees the same."""

import io
from collections.abc import Callable

import pytest
from PIL import Image, UnidentifiedImageError

from corpus.cases import good
from corpus.make import Case, picture
from corpus.readers import ALL
from why400.image.facts import Damage, ImageFacts, NeedMore
from why400.image.look import damage, look

GOOD = list(good())
IDS = [case.id for case in GOOD]
PILLOW_COLORS = {
    "1": "gray",
    "L": "gray",
    "I;16": "gray",
    "LA": "gray-alpha",
    "P": "palette",
    "RGB": "rgb",
    "RGBA": "rgba",
    "CMYK": "cmyk",
}
PROFILES = {"srgb": "sRGB built-in", "lab": "Lab identity built-in"}


def facts_of(data: bytes) -> ImageFacts:
    facts = look(ALL, data, True)
    assert isinstance(facts, ImageFacts), facts
    return facts


@pytest.mark.parametrize("case", GOOD, ids=IDS)
def test_the_facts_are_what_the_picture_was_made_as(case: Case) -> None:
    facts = facts_of(case.bytes())
    assert (facts.format, facts.width, facts.height) == (case.format, *case.size)
    assert (facts.color, facts.bit_depth, facts.orientation) == (case.color, case.depth, case.orientation)
    assert (facts.frames, bool(facts.progressive)) == (case.frames, case.progressive)
    assert facts.profile == expected_profile(case)
    assert facts.alpha == (case.color in ("rgba", "gray-alpha"))


def expected_profile(case: Case) -> str | None:
    if case.profile is not None:
        return PROFILES[case.profile]
    names_srgb = case.format == "avif" or (case.format, case.color) == ("bmp", "rgba")
    return "sRGB" if names_srgb else None


@pytest.mark.parametrize("case", GOOD, ids=IDS)
def test_nothing_is_broken_in_it(case: Case) -> None:
    assert damage(ALL, case.bytes()) is None


@pytest.mark.parametrize("case", GOOD, ids=IDS)
def test_pillow_sees_the_same(case: Case) -> None:
    facts = facts_of(case.bytes())
    ours = {
        "format": facts.format,
        "size": (facts.width, facts.height),
        "frames": facts.frames,
        "orientation": facts.orientation,
        "color": facts.color,
    }
    assert {name for name, seen in pillow_view(case.bytes()).items() if seen != ours[name]} == differences(case)


def pillow_view(data: bytes) -> dict[str, object]:
    try:
        image = Image.open(io.BytesIO(data))
    except UnidentifiedImageError:
        return {"format": None}
    return {
        "format": image.format.lower() if image.format else None,
        "size": image.size,
        "frames": getattr(image, "n_frames", 1),
        "orientation": image.getexif().get(0x0112, 1),
        "color": PILLOW_COLORS[image.mode],
    }


PILLOW_DIFFERS: tuple[tuple[str, str, Callable[[Case], bool]], ...] = (
    (
        "color",
        "Pillow opens 16-bit gray with alpha as RGBA of 8 bits, having no such mode: the file says gray, we are right",
        lambda case: (case.format, case.color, case.depth) == ("png", "gray-alpha", 16),
    ),
    (
        "format",
        "Pillow cannot open a TIFF of 16-bit gray with alpha; it is valid (TIFF 6.0, ExtraSamples), we are right",
        lambda case: (case.format, case.color, case.depth) == ("tiff", "gray-alpha", 16),
    ),
    (
        "size",
        "Pillow gives the size of a TIFF as turned by its orientation; facts are as stored: both are right",
        lambda case: case.format == "tiff" and case.orientation >= 5,
    ),
)
"""Which of its facts differs from ours, who is right and why, and for which pictures."""


def differences(case: Case) -> set[str]:
    return {name for name, _, applies in PILLOW_DIFFERS if applies(case)}


@pytest.mark.parametrize("case", GOOD, ids=IDS)
def test_the_first_64_kib_say_the_same_as_the_whole_file_except_for_what_only_its_end_tells(case: Case) -> None:
    data = case.bytes()
    early = look(ALL, data[:65536], len(data) <= 65536)
    whole = facts_of(data)
    assert early == whole or isinstance(early, NeedMore) or early == but_frames(whole)


def but_frames(facts: ImageFacts) -> ImageFacts:
    fields = {name: getattr(facts, name) for name in ImageFacts.__slots__}
    return ImageFacts(**{**fields, "frames": None})


@pytest.mark.parametrize("case", GOOD[:: len(GOOD) // 60], ids=IDS[:: len(GOOD) // 60])
def test_whoever_brings_what_is_asked_for_gets_the_facts(case: Case) -> None:
    data, size, steps = case.bytes(), 0, 0
    while isinstance(answer := look(ALL, data[:size], size >= len(data)), NeedMore):
        assert answer.upto > size
        size, steps = answer.upto, steps + 1
        assert steps < 200
    assert answer in (facts_of(data), but_frames(facts_of(data)))


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
@pytest.mark.parametrize("form", ["jpeg", "png", "webp", "gif", "bmp", "tiff", "avif"])
def test_any_kind_of_bytes_will_do(form: str, kind: type) -> None:
    data = picture(form, "palette" if form == "gif" else "rgb", orientation=1)
    assert look(ALL, kind(data), True) == facts_of(data)
    assert damage(ALL, kind(data)) is None
    assert isinstance(damage(ALL, kind(data[:-20])), Damage)
