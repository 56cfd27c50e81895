"""Pictures that may be good ones, the likeliest first."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from PIL.Image import Image

from why400.probe.pictures import SIGNS, Picture, drawn, saved


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
    """One of that size, format and mode."""
    source = drawn(SIGNS[0], max(width, height)).resize((width, height))
    colors = {"L": "gray", "RGBA": "rgba"}
    return Candidate(replace(saved(source.convert(mode), format), color=colors.get(mode, "rgb")), source)
