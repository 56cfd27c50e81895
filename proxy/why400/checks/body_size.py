"""`body_size`: how many bytes the body has, after transfer coding and before content coding.

    require: { body_size: { max: 10MB } }
    require: { body_size: { min: 100B, max: 6MiB } }

Known from `Content-Length` before a byte of the body has come; a chunked body fails as soon as it has grown over the
maximum. It is checked as received, and again as sent where a fix has changed the body. KB, MB are 1000s, KiB and MiB
1024s.

    holds: 68000 bytes against { max: 10MB }
    fails: 10000001 bytes against { max: 10MB } as limit.body-size
    fails: 0 bytes against { min: 1B } as http.body-missing
    fails: 12 bytes against { min: 100B } as image.empty
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.bounds import Bounds, Range
from why400.shapes.unit import BYTES


def examine(want: Bounds, subject: Subject) -> Mismatch | None:
    """Judge the size if it is known; a maximum also by what has come so far."""
    size = subject.seen.body_size
    known = size is not None or subject.body.ended
    size = subject.body.size if size is None else size
    if want.max is not None and size > want.max:
        got = BYTES.say(size) if known else f"more than {BYTES.say(want.max)}"
        return Mismatch("limit.body-size", got, want.words(BYTES))
    if known and want.min is not None and size < want.min:
        return Mismatch("image.empty" if size else "http.body-missing", BYTES.say(size), want.words(BYTES))
    return None


CHECK = Check(
    name="body_size",
    about="request",
    station=Station.HEAD,
    shape=Range(BYTES),
    causes=("limit.body-size", "http.body-missing", "image.empty"),
    examine=examine,
    says="the body has {got}, accepted is {want}",
    status=413,
    manual=__doc__ or "",
)
