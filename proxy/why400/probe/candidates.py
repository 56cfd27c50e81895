"""Pictures that may be good ones, the likeliest first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL.Image import Image

from why400.probe.padding import padded
from why400.probe.pictures import SIGNS, Picture, drawn, saved

_LEAST = 12
"""Bytes by which any file can be made larger."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture that may be a good one, and its pixels."""

    picture: Picture
    source: Image


def candidates() -> Iterator[Candidate]:
    """Drawn pictures, the likeliest to be taken first: models are strict about sizes, formats and colors."""
    for side, format, mode in (
        (224, "jpeg", "RGB"),
        (224, "png", "RGB"),
        (28, "png", "L"),
        (640, "jpeg", "RGB"),
        (32, "png", "RGB"),
        (224, "jpeg", "L"),
        (224, "png", "RGBA"),
        (512, "jpeg", "RGB"),
        (299, "jpeg", "RGB"),
        (384, "jpeg", "RGB"),
    ):
        yield picture_of(side, side, format, mode)


def picture_of(width: int, height: int, format: str, mode: str) -> Candidate:
    """One of that size, format and mode. Its base64 has no padding: whether it may be left out is another question."""
    source = drawn(SIGNS[0], max(width, height)).resize((width, height))
    colors = {"L": "gray", "RGBA": "rgba"}
    picture = saved(source.convert(mode), format)
    data = padded(picture.data, len(picture.data) + _LEAST + -(len(picture.data) + _LEAST) % 3)
    return Candidate(replace(picture, data=data, color=colors.get(mode, "rgb")), source)
