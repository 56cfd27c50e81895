"""`file_size`: how many bytes the image's own file has, however it is carried.

    require: { file_size: { max: 5MB } }

In JSON these are the bytes behind the base64, a quarter less than its text; `body_size` counts the body. Known once the
image has come to its end.

    holds: 68000 bytes against { max: 5MB }
    fails: 5000001 bytes against { max: 5MB } as limit.body-size
    fails: 0 bytes against { min: 1B } as image.empty
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.bounds import Bounds, Range
from why400.shapes.unit import BYTES


def examine(want: Bounds, subject: Subject) -> Mismatch | None:
    """Judge the size of the file; nothing while it is not known."""
    size = subject.image.found.size if subject.image else None
    if size is None or want.hold(size):
        return None
    small = want.min is not None and size < want.min
    return Mismatch("image.empty" if small else "limit.body-size", BYTES.say(size), want.words(BYTES))


CHECK = Check(
    name="file_size",
    about="image",
    station=Station.WHOLE_BODY,
    shape=Range(BYTES),
    causes=("limit.body-size", "image.empty"),
    examine=examine,
    says="the image's file has {got}, accepted is {want}",
    status=413,
    manual=__doc__ or "",
)
