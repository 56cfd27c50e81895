"""Sample pictures of digits that the model never trained on: dark ink on white paper, 128 x 128 pixels or more.

Everything here is made, nothing is stored: the same call gives the same bytes on the same Pillow.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from why400.demo.digits import Classifier, Digits, ink_of

SIDE = 128
ORIENTATION = 0x0112
"""The EXIF tag (EXIF 2.32, section 4.6.4)."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A digit, and its picture: upright, RGB."""

    digit: int
    picture: Image.Image


def samples(model: Classifier, side: int = SIDE) -> Iterator[Sample]:
    """The held-out digits as pictures, those that the model reads rightly upright, in the order of the file."""
    for ink, label in zip(model.held_out, model.labels, strict=True):
        picture = draw(ink, side)
        if model.digit(ink_of(np.asarray(picture))) == label:
            yield Sample(int(label), picture)


def draw(ink: Digits, side: int = SIDE) -> Image.Image:
    """An (8, 8) digit of ink 0 to 16 as a picture of `side` x `side` pixels."""
    paper = Image.fromarray((255 - ink.astype(np.uint16) * 14).astype(np.uint8))
    return paper.resize((side, side), Image.Resampling.BICUBIC).convert("RGB")


def telling(model: Classifier) -> Sample:
    """The first sample that the model reads wrongly once its picture lies on its side, as a phone stores it."""
    return next(
        sample
        for sample in samples(model)
        if model.digit(ink_of(np.asarray(on_its_side(sample.picture)))) != sample.digit
    )


def on_its_side(picture: Image.Image) -> Image.Image:
    """The pixels as a phone held upright stores them: to be turned clockwise by a quarter (EXIF orientation 6)."""
    return picture.transpose(Image.Transpose.ROTATE_90)


def jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    """The picture as baseline JPEG, in the color that it has."""
    return encoded(picture, "JPEG", quality=quality)


def phone_jpeg(picture: Image.Image) -> bytes:
    """A JPEG that lies on its side and says so: EXIF orientation 6."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    return encoded(on_its_side(picture), "JPEG", quality=90, exif=exif)


def cmyk_jpeg(picture: Image.Image) -> bytes:
    """The picture as a JPEG of four inks, as print shops send them."""
    return jpeg(picture.convert("CMYK"))


def large_jpeg(picture: Image.Image, size: int) -> bytes:
    """A JPEG of at least `size` bytes: the picture, enlarged until film grain makes it so."""
    side, grain = 512, np.random.default_rng(400)
    while True:
        paper = np.asarray(picture.resize((side, side)), dtype=np.int16)
        noisy = np.clip(paper + grain.integers(-20, 20, paper.shape), 0, 255).astype(np.uint8)
        if len(data := jpeg(Image.fromarray(noisy), quality=97)) >= size:
            return data
        side += 256


def png(picture: Image.Image) -> bytes:
    """The picture as PNG, in the color that it has."""
    return encoded(picture, "PNG")


def transparent(picture: Image.Image) -> Image.Image:
    """RGBA: the ink alone, black, on nothing. Who drops the alpha sees black on black."""
    black = Image.new("L", picture.size)
    return Image.merge("RGBA", (black, black, black, ink_layer(picture)))


def gray_transparent(picture: Image.Image) -> Image.Image:
    """LA: the same in gray and alpha."""
    return Image.merge("LA", (Image.new("L", picture.size), ink_layer(picture)))


def palette(picture: Image.Image) -> Image.Image:
    """P: 64 indexed colors."""
    return picture.quantize(64)


def gray(picture: Image.Image) -> Image.Image:
    """L: 8 bit gray."""
    return picture.convert("L")


def deep_gray(picture: Image.Image) -> Image.Image:
    """I;16: gray of 16 bits a pixel, white at 65535."""
    return Image.fromarray(np.asarray(gray(picture)).astype(np.uint16) * 257)


def ink_layer(picture: Image.Image) -> Image.Image:
    """How much ink is where: 0 on paper to 255."""
    return Image.fromarray(255 - np.asarray(gray(picture)))


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """The picture as a file of Pillow's format `kind`."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
