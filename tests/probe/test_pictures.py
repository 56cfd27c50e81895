"""Pictures for experiments are what they are said to be."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from why400.app.eyes import eyes
from why400.image.facts import ImageFacts
from why400.image.look import look
from why400.probe.padding import padded
from why400.probe.pictures import SIGNS, Picture, colored, deep, drawn, grayish, moving, on_its_side, saved

READERS = eyes().readers


def facts(picture: Picture) -> ImageFacts:
    said = look(READERS, picture.data, True)
    assert isinstance(said, ImageFacts), said
    return said


def levels(data: bytes) -> np.ndarray:
    """The picture as gray levels, over white."""
    with Image.open(io.BytesIO(data)) as file:
        over = file.convert("RGBA")
        white = Image.new("RGBA", over.size, "white")
        return np.asarray(Image.alpha_composite(white, over).convert("L"), dtype=int)


COLORS = [
    ("rgb", "png"),
    ("gray", "png"),
    ("gray-alpha", "png"),
    ("rgba", "png"),
    ("palette", "png"),
    ("rgb", "jpeg"),
    ("gray", "jpeg"),
    ("cmyk", "jpeg"),
]


@pytest.mark.parametrize(("color", "format"), COLORS)
def test_every_color_shows_the_same(color: str, format: str) -> None:
    source = grayish(drawn())
    picture = colored(source, color, format)
    said = facts(picture)
    assert (said.format, said.color, said.bit_depth) == (format, color, 8)
    assert np.abs(levels(picture.data) - np.asarray(source.convert("L"), dtype=int)).mean() < 2


@pytest.mark.parametrize("color", ["rgb", "gray"])
def test_sixteen_bits(color: str) -> None:
    picture = deep(drawn(), color)
    said = facts(picture)
    assert (said.color, said.bit_depth, said.width) == (color, 16, picture.width)
    with Image.open(io.BytesIO(picture.data)) as file:
        file.load()


def test_on_its_side() -> None:
    assert facts(on_its_side(drawn(), "jpeg", tagged=True)).orientation == 6
    assert facts(on_its_side(drawn(), "jpeg", tagged=False)).orientation == 1


@pytest.mark.parametrize("format", ["gif", "webp"])
def test_moving(format: str) -> None:
    assert facts(moving(drawn(), format)).frames == 2


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_are_another_picture_on_their_side(sign: str) -> None:
    upright, lying = drawn(sign), drawn(sign).transpose(Image.Transpose.ROTATE_90)
    assert np.abs(np.asarray(upright, dtype=int) - np.asarray(lying, dtype=int)).mean() > 10


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 300_000), st.sampled_from(["jpeg", "png"]))
def test_padding_hits_the_size_and_no_pixel(extra: int, format: str) -> None:
    data = saved(drawn(), format).data
    grown = padded(data, len(data) + extra)
    least = 4 if format == "jpeg" else 12
    assert len(grown) == len(data) + (extra if extra >= least else 0)
    assert np.array_equal(levels(grown), levels(data))
