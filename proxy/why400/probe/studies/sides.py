"""How large and how small a picture may be, in pixels; and whether it may be other than square."""

from why400.probe.bench import Bench
from why400.probe.bounds import SIDES, SIDES_LARGE, limit
from why400.probe.contract import Contract, Limit
from why400.probe.experiment import Answer
from why400.probe.pictures import of_size
from why400.probe.studies import sizes

TOPIC = "sides"
SMALLEST, LARGEST = "smallest side", "largest side"
FURTHEST = 4096
"""No square picture with a longer side is sent."""

LONGEST, THIN = 16_384, 32
"""The longest side of a thin picture that is sent, and how high that is at least."""

LONG_SIDES = (4096, 4500, 5000, 6000, 8000, 8192, 10_000, 12_000, 12_288, 16_000)


def study(bench: Bench, contract: Contract) -> Contract:
    """Square pictures smaller and larger than the usual one, then one twice as wide as high."""
    usual = min(bench.picture.width, bench.picture.height)
    lines = [
        bench.tried(TOPIC, what, _sized(bench, width, height))
        for what, width, height in (
            ("a little smaller", usual - max(1, usual // 8), usual - max(1, usual // 8)),
            ("a little larger", usual + usual // 8 + 1, usual + usual // 8 + 1),
            ("twice as wide as high", usual * 2, usual),
        )
    ]
    contract = contract.adding(*lines)
    if lines[0].verdict == "refused" and lines[1].verdict == "refused":
        return contract.limited(Limit(SMALLEST, usual, usual - 1, lines[0].status)).limited(
            Limit(LARGEST, usual, usual + 1, lines[1].status)
        )
    down = _search(bench, usual, 1, SMALLEST)
    up = _search(bench, usual, _furthest(contract), LARGEST)
    if up.refused is None and lines[2].verdict == "taken":
        up = _thin(bench, up, max(down.taken, THIN))
    return contract.limited(down).limited(up)


def _thin(bench: Bench, found: Limit, height: int) -> Limit:
    """Beyond what a square may cost: a long side alone, since that is what servers look at."""

    def holds(side: int) -> bool:
        return bench.takes(_sized(bench, side, height))

    if holds(LONGEST):
        return Limit(LARGEST, LONGEST)
    if not holds(found.taken):
        return found
    good, bad = limit(holds, found.taken, LONGEST, LONG_SIDES)
    return Limit(LARGEST, good, bad, _sized(bench, bad, height).status)


def _furthest(contract: Contract) -> int:
    """A picture must fit into the largest body: half a byte a pixel is more than a drawn one takes."""
    body = contract.limit(sizes.TOPIC)
    most = int((2 * body.taken) ** 0.5) if body and body.refused else FURTHEST
    return min(FURTHEST, max(most, contract.picture.width))


def _search(bench: Bench, good: int, end: int, topic: str) -> Limit:
    def holds(side: int) -> bool:
        return bench.takes(_sized(bench, side, side))

    if end == good or holds(end):
        return Limit(topic, end)
    good, bad = limit(holds, good, end, (*SIDES, *SIDES_LARGE))
    return Limit(topic, good, bad, _sized(bench, bad, bad).status)


def _sized(bench: Bench, width: int, height: int) -> Answer:
    picture = of_size(bench.source, width, height, bench.picture.format)
    return bench.send(f"{width} x {height} pixels", picture)
