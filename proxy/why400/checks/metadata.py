"""`metadata`: the file tells nothing but the picture.

    require: { metadata: none }

EXIF (a phone's place and time among it), XMP, text and comments fail; a colour profile is part of how the picture looks
and does not.

    holds: nothing against none
    holds: icc against none
    fails: exif against none as image.metadata
    fails: icc, xmp against none as image.metadata
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.choice import Choice
from why400.shapes.suggest import listed


def examine(want: str, subject: Subject) -> Mismatch | None:
    """Fail on every kind of metadata but a colour profile."""
    kinds = [kind for kind in subject.image.facts.metadata if kind != "icc"] if subject.image else []
    return Mismatch("image.metadata", listed(kinds), want) if kinds else None


CHECK = Check(
    name="metadata",
    about="image",
    station=Station.FIRST_BYTES,
    shape=Choice(("none",)),
    causes=("image.metadata",),
    examine=examine,
    says="the image carries {got}, accepted is {want}",
    manual=__doc__ or "",
)
