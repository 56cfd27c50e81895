"""`orientation`: the pixels stand as they are to be seen.

    require: { orientation: upright }

A phone stores a photo as the sensor saw it and says in an EXIF tag how to turn it (0x0112, values 1 to 8). Most models
do not look at the tag: they answer 200 and see a picture that lies on its side.

    holds: 1 against upright
    fails: 6 against upright as image.orientation
    fails: 2 against upright as image.orientation
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.choice import Choice

WORDS = {
    2: "mirrored",
    3: "upside down",
    4: "mirrored and upside down",
    5: "mirrored and turned by 90°",
    6: "turned by 90°",
    7: "mirrored and turned by 270°",
    8: "turned by 270°",
}


def examine(want: str, subject: Subject) -> Mismatch | None:
    """Fail on every EXIF orientation but 1."""
    got = subject.image.facts.orientation if subject.image else 1
    if got not in WORDS:
        return None
    return Mismatch("image.orientation", f"{WORDS[got]} (EXIF orientation {got})", want)


CHECK = Check(
    name="orientation",
    about="image",
    station=Station.FIRST_BYTES,
    shape=Choice(("upright",), {"normal": "upright", "up": "upright"}),
    causes=("image.orientation",),
    examine=examine,
    says="the image is {got}, wanted is {want}",
    manual=__doc__ or "",
)
