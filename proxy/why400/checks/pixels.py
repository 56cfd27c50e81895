"""`pixels`: how many there are, width times height.

    require: { pixels: { max: 20MP } }

One MP is a million. Told from the head of the image, so a picture that claims to be huge fails before it is decoded.

    holds: 640x480 against { max: 20MP }
    fails: 8000x6000 against { max: 20MP } as image.too-large
    fails: 10x10 against { min: 0.1MP } as image.too-small
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.bounds import Bounds, Range
from why400.shapes.unit import PIXELS


def examine(want: Bounds, subject: Subject) -> Mismatch | None:
    """Judge the product of both sides; nothing where the head does not say them."""
    pixels = subject.image.facts.pixels if subject.image else None
    if pixels is None or want.hold(pixels):
        return None
    small = want.min is not None and pixels < want.min
    return Mismatch("image.too-small" if small else "image.too-large", PIXELS.say(pixels), want.words(PIXELS))


CHECK = Check(
    name="pixels",
    about="image",
    station=Station.FIRST_BYTES,
    shape=Range(PIXELS),
    causes=("image.too-large", "image.too-small"),
    examine=examine,
    says="the image has {got}, accepted is {want}",
    manual=__doc__ or "",
)
