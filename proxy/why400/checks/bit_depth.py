"""`bit_depth`: bits per sample.

    require: { bit_depth: 8 }
    require: { bit_depth: [8, 16] }

A 24-bit picture has three samples of 8 bits: 8. What a palette's index takes (1, 2, 4 or 8 bits) does not count: the
colours themselves have 8.

    holds: 8 against 8
    fails: 16 against 8 as image.depth
    fails: 1 against 8 as image.depth
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.many import OneOrMany
from why400.shapes.number import Whole

DEPTHS = (1, 2, 4, 8, 10, 12, 16, 32)


def examine(want: tuple[int, ...], subject: Subject) -> Mismatch | None:
    """Compare the depth with the ones wanted; nothing where the head does not say."""
    if subject.image is None:
        return None
    facts = subject.image.facts
    got = 8 if facts.color == "palette" else facts.bit_depth
    if got is None or got in want:
        return None
    return Mismatch("image.depth", f"{got} bits per sample", " or ".join(map(str, want)))


CHECK = Check(
    name="bit_depth",
    about="image",
    station=Station.FIRST_BYTES,
    shape=OneOrMany(Whole(1, 32, DEPTHS)),
    causes=("image.depth",),
    examine=examine,
    says="the image has {got}, accepted is {want}",
    manual=__doc__ or "",
)
