"""How large a body may be: the same picture in larger and larger files, not a pixel more."""

from why400.probe.bench import Bench
from why400.probe.bounds import SIZES, limit
from why400.probe.contract import Contract, Limit
from why400.probe.experiment import Answer
from why400.probe.padding import FORMATS, padded
from why400.probe.places import Carried, carry

TOPIC = "body size"
LARGEST = 16 * 1024 * 1024
"""Nothing larger is sent. A limit beyond it does not show."""

_STEPS = (256 * 1024, 1024 * 1024, 4 * 1024 * 1024, LARGEST)


def study(bench: Bench, contract: Contract) -> Contract:
    """Grow the file until it is refused, then look for the limit between."""
    if bench.picture.format not in FORMATS:
        return contract.noting(f"how large a body may be was not tried: {bench.picture.format} cannot be padded")
    start = len(body_of(bench, 0).body)
    if not bench.takes(_sized(bench, start + 2048)):
        return contract.noting("how large a body may be cannot be told: comments in an image are refused")
    good = start
    for size in (step for step in _STEPS if step > start):
        answer = _sized(bench, size)
        if not bench.takes(answer):
            return contract.limited(_between(bench, good, size))
        good = size
    return contract.limited(Limit(TOPIC, good))


def _between(bench: Bench, good: int, bad: int) -> Limit:
    """Servers count the body, or the file in a form: round numbers of both are tried."""
    around = len(body_of(bench, 0).body) - len(bench.picture.data) if bench.place.style == "form" else 0
    landmarks = {*SIZES, *(size + around for size in SIZES)}
    good, bad = limit(lambda size: bench.takes(_sized(bench, size)), good, bad, sorted(landmarks))
    return Limit(TOPIC, good, bad, _sized(bench, bad).status)


def _sized(bench: Bench, size: int) -> Answer:
    return bench.post(f"a body of {size:,} bytes", body_of(bench, size))


def body_of(bench: Bench, size: int) -> Carried:
    """A body of exactly `size` bytes, or the smallest there is."""
    picture, label = bench.picture, bench.picture.label
    carried = carry(bench.place, picture.data, label)
    missing = size - len(carried.body)
    if missing <= 0:
        return carried
    if bench.place.style == "json":
        missing = missing // 4 * (1 if bench.place.carried_as == "byte-array" else 3) - 12
    grown = carry(bench.place, padded(picture.data, len(picture.data) + max(0, missing)), label)
    # JSON may end in blanks (RFC 8259 section 2): they make up for what base64 and a chunk's frame cannot hit.
    blanks = b" " * (size - len(grown.body)) if bench.place.style == "json" else b""
    return Carried(grown.content_type, grown.body + blanks)
