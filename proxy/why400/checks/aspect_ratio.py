"""`aspect_ratio`: width divided by height, as stored; after a planned rotation, as turned.

    require: { aspect_ratio: { min: 0.5, max: 2 } }

A plain number: 1 is square, 1.5 is 3:2, 0.75 is a phone held upright.

    holds: 640x480 against { min: 0.5, max: 2 }
    fails: 3000x300 against { max: 2 } as image.aspect-ratio
    fails: 100x1000 against { min: 0.5 } as image.aspect-ratio
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.bounds import Bounds, Range
from why400.shapes.unit import RATIO


def examine(want: Bounds, subject: Subject) -> Mismatch | None:
    """Judge the ratio; nothing where the head does not say both sides."""
    facts = subject.image.facts if subject.image else None
    if facts is None or not facts.width or not facts.height or want.hold(facts.width / facts.height):
        return None
    got = f"{facts.width}x{facts.height} ({facts.width / facts.height:.3g})"
    return Mismatch("image.aspect-ratio", got, want.words(RATIO))


CHECK = Check(
    name="aspect_ratio",
    about="image",
    station=Station.FIRST_BYTES,
    shape=Range(RATIO),
    causes=("image.aspect-ratio",),
    examine=examine,
    says="width by height is {got}, accepted is {want}",
    manual=__doc__ or "",
)
