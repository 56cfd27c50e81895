"""`color`: what one pixel is made of.

    require: { color: rgb }
    require: { color: [rgb, gray] }

`rgb` `rgba` `gray` `gray-alpha` `palette` `cmyk`, as stored. A palette with a transparent entry is `palette`.

    holds: rgb against rgb
    fails: rgba against rgb as image.alpha
    fails: gray against rgb as image.gray
    fails: gray-alpha against rgb as image.alpha
    fails: palette against rgb as image.palette
    fails: cmyk against rgb as image.cmyk
    fails: rgb against gray as image.gray
    fails: rgb against rgba as image.alpha
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.suggest import listed

COLORS = ("rgb", "rgba", "gray", "gray-alpha", "palette", "cmyk")
HINTS = {
    "bgr": "rgb",
    "bgra": "rgba",
    "grey": "gray",
    "grayscale": "gray",
    "greyscale": "gray",
    "l": "gray",
    "la": "gray-alpha",
    "p": "palette",
}
CAUSES = {
    "rgba": "image.alpha",
    "gray-alpha": "image.alpha",
    "gray": "image.gray",
    "palette": "image.palette",
    "cmyk": "image.cmyk",
}


def examine(want: tuple[str, ...], subject: Subject) -> Mismatch | None:
    """Compare the colour of the pixels with the ones wanted; nothing where the head does not say."""
    got = subject.image.facts.color if subject.image else None
    if got is None or got in want:
        return None
    # Plain rgb is at fault only for what it lacks: the cause is named after what is wanted.
    return Mismatch(CAUSES.get(got) or CAUSES[want[0]], got, listed(want))


CHECK = Check(
    name="color",
    about="image",
    station=Station.FIRST_BYTES,
    shape=OneOrMany(Choice(COLORS, HINTS)),
    causes=("image.alpha", "image.gray", "image.palette", "image.cmyk"),
    examine=examine,
    says="the image is {got}, accepted is {want}",
    manual=__doc__ or "",
)
