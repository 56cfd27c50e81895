"""The demo's model: right on what it never saw, and wrong in just the ways that the scenarios need."""

import io

import numpy as np
import pytest
from PIL import Image

from why400.demo import samples as draw
from why400.demo.digits import Classifier, ink_of, load
from why400.demo.model import RAW_LIMIT, UPLOAD_LIMIT


@pytest.fixture(scope="module")
def model() -> Classifier:
    return load()


def test_the_stored_accuracy_is_what_the_held_out_digits_give(model: Classifier) -> None:
    right = sum(
        model.digit(ink.astype(np.float32) / 16) == label
        for ink, label in zip(model.held_out, model.labels, strict=True)
    )
    assert right / len(model.labels) == model.accuracy
    assert model.accuracy >= 0.97


def test_drawn_as_pictures_the_held_out_digits_are_read_as_well(model: Classifier) -> None:
    assert len(list(draw.samples(model))) / len(model.labels) >= 0.97


@pytest.mark.parametrize("quality", [60, 75, 90])
def test_jpeg_does_not_change_the_digit(model: Classifier, quality: int) -> None:
    for sample in list(draw.samples(model))[:50]:
        pixels = np.asarray(Image.open(io.BytesIO(draw.jpeg(sample.picture, quality))))
        assert model.digit(ink_of(pixels)) == sample.digit


@pytest.mark.parametrize(
    ("make", "kind", "mode"),
    [
        pytest.param(draw.jpeg, "JPEG", "RGB", id="jpeg"),
        pytest.param(lambda p: draw.jpeg(draw.gray(p)), "JPEG", "L", id="gray jpeg"),
        pytest.param(draw.cmyk_jpeg, "JPEG", "CMYK", id="four inks"),
        pytest.param(draw.png, "PNG", "RGB", id="png"),
        pytest.param(lambda p: draw.png(draw.transparent(p)), "PNG", "RGBA", id="alpha"),
        pytest.param(lambda p: draw.png(draw.gray_transparent(p)), "PNG", "LA", id="gray and alpha"),
        pytest.param(lambda p: draw.png(draw.palette(p)), "PNG", "P", id="palette"),
        pytest.param(lambda p: draw.png(draw.deep_gray(p)), "PNG", "I;16", id="16 bit"),
    ],
)
def test_a_variant_is_what_its_name_says(model: Classifier, make, kind: str, mode: str) -> None:
    picture = Image.open(io.BytesIO(make(draw.telling(model).picture)))
    assert (picture.format, picture.mode) == (kind, mode)


def test_a_transparent_digit_is_right_only_over_white(model: Classifier) -> None:
    sample = draw.telling(model)
    transparent = draw.transparent(sample.picture)
    over_white = Image.new("RGBA", transparent.size, "white")
    over_white.alpha_composite(transparent)
    assert model.digit(ink_of(np.asarray(over_white.convert("RGB")))) == sample.digit
    assert model.digit(ink_of(np.asarray(transparent.convert("RGB")))) != sample.digit


def test_a_phone_photo_is_read_wrongly_until_it_is_turned(model: Classifier) -> None:
    sample = draw.telling(model)
    photo = Image.open(io.BytesIO(draw.phone_jpeg(sample.picture)))
    assert photo.getexif()[draw.ORIENTATION] == 6
    assert model.digit(ink_of(np.asarray(photo))) != sample.digit
    assert model.digit(ink_of(np.asarray(photo.transpose(Image.Transpose.ROTATE_270)))) == sample.digit


@pytest.mark.parametrize("limit", [RAW_LIMIT, UPLOAD_LIMIT])
def test_a_large_picture_is_over_the_limit_and_no_larger_than_needed(model: Classifier, limit: int) -> None:
    sample = draw.telling(model)
    data = draw.large_jpeg(sample.picture, limit + 1)
    assert limit < len(data) < 3 * limit
    assert model.digit(ink_of(np.asarray(Image.open(io.BytesIO(data))))) == sample.digit
