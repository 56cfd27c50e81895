"""What a picture is asked to be is what the proxy's own eyes see in it."""

import pytest

from corpus.readers import ALL
from why400.image.facts import Damage, ImageFacts
from why400.image.look import damage, look
from why400.pictures.damage import DAMAGES, shows
from why400.pictures.make import make
from why400.pictures.picture import KINDS, Picture, cannot_make

COLORS = [
    Picture(name, color, bit_depth=depth, **more)
    for name, kind in KINDS.items()
    for depth, colors in kind.colors.items()
    for color in colors
    for more in ({}, {"orientation": 6}, {"frames": 3}, {"file_size": 20_000}, {"size": (300, 7)})
]
MADE = [wanted for wanted in COLORS if cannot_make(wanted) is None]
SPOILED = [(name, how) for name in KINDS for how in DAMAGES if shows(how, name)]


def words(wanted: Picture) -> str:
    extra = f"-{wanted.orientation}-{wanted.frames}-{wanted.file_size}-{wanted.size[0]}"
    return f"{wanted.format}-{wanted.color}-{wanted.bit_depth}{extra}"


@pytest.mark.parametrize("wanted", MADE, ids=words)
def test_it_is_what_was_asked_for(wanted: Picture) -> None:
    data = make(wanted)
    seen = look(ALL, data, True)
    assert isinstance(seen, ImageFacts)
    said = (seen.format, seen.media_type, seen.color, (seen.width, seen.height), seen.bit_depth, seen.orientation)
    assert said == (
        wanted.format, wanted.media_type, wanted.color, wanted.size, wanted.bit_depth, wanted.orientation
    )  # fmt: skip
    assert (seen.frames or 1) == wanted.frames
    assert len(data) >= wanted.file_size
    whole = damage(ALL, data, head_is_good=True)
    assert whole is None or (whole.kind == "junk-after" and wanted.file_size)


@pytest.mark.parametrize(("name", "how"), SPOILED, ids=[f"{name}-{how}" for name, how in SPOILED])
def test_damage_is_seen_as_what_it_is(name: str, how: str) -> None:
    data = make(Picture(name, damage=how))
    seen = look(ALL, data, True)
    found = seen if isinstance(seen, Damage) else damage(ALL, data, head_is_good=True)
    assert found is not None
    assert found.kind == how


CANNOT = {
    "a jpeg with alpha": (Picture("jpeg", "rgba"), "rgba cannot be made in jpeg"),
    "a jpeg of 16 bits": (Picture("jpeg", bit_depth=16), "16 bits cannot be made in jpeg"),
    "a palette of 16 bits": (Picture("png", "palette", bit_depth=16), "palette of 16 bits cannot be made in png"),
    "a gif turned": (Picture("gif", orientation=6), "such a gif carries no orientation here"),
    "two pictures in a jpeg": (Picture("jpeg", frames=2), "such a jpeg has one frame"),
    "too large": (Picture("png", size=(90_000, 90_000)), "more than 25 MP are not made for a test"),
    "a webp with a bad checksum": (Picture("webp", damage="corrupt"), "corrupt does not show in webp"),
}


@pytest.mark.parametrize(("wanted", "why"), CANNOT.values(), ids=CANNOT)
def test_why_it_cannot_be_made(wanted: Picture, why: str) -> None:
    assert cannot_make(wanted) == why
    with pytest.raises(ValueError, match=why):
        make(wanted)


def test_the_same_words_give_the_same_bytes() -> None:
    assert make(Picture("png", "palette")) == make(Picture("png", "palette"))
