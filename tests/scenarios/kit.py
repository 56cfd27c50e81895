"""The pictures that the scenarios send, made once."""

from dataclasses import dataclass
from functools import cache

from PIL import Image

from why400.demo import samples as draw
from why400.demo.digits import load


@dataclass(frozen=True, slots=True)
class Kit:
    """One digit that the model reads rightly upright and wrongly on its side."""

    digit: int
    picture: Image.Image

    @property
    def jpeg(self) -> bytes:
        """A good picture: baseline RGB JPEG."""
        return draw.jpeg(self.picture)


@cache
def kit() -> Kit:
    """The kit; reads the demo's weights."""
    sample = draw.telling(load())
    return Kit(sample.digit, sample.picture)


@cache
def good_pictures(count: int) -> tuple[tuple[int, bytes], ...]:
    """`count` different good JPEGs with the digit that the model has to read."""
    model = load()
    found = [(sample.digit, draw.jpeg(sample.picture)) for sample in draw.samples(model)]
    return tuple(found[:count])
