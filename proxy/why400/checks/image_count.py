"""`image_count`: how many images a request brings.

    require: { image_count: 1 }
    require: { image_count: { min: 1, max: 8 } }

Counted where the route says that images are: a wildcard path and a part's name may each find several.

    holds: 1 against 1
    fails: 3 against { max: 2 } as limit.count
    fails: 0 against { min: 1 } as image.missing
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.bounds import Bounds, Range
from why400.shapes.unit import COUNT


def examine(want: Bounds, subject: Subject) -> Mismatch | None:
    """Count what was found; too few is said only once the whole body has come."""
    count = len(subject.seen.images)
    if want.max is not None and count > want.max:
        return Mismatch("limit.count", str(count), want.words(COUNT))
    if subject.body.ended and want.min is not None and count < want.min:
        return Mismatch("image.missing", str(count), want.words(COUNT))
    return None


CHECK = Check(
    name="image_count",
    about="request",
    station=Station.WHOLE_BODY,
    shape=Range(COUNT, exact=True),
    causes=("limit.count", "image.missing"),
    examine=examine,
    says="the request has {got} images, accepted is {want}",
    manual=__doc__ or "",
)
