"""How long a diagnosis takes, and the making of its record: of a refused request for every cause of the catalogue, as
`tests/causes` sends them through a real socket, second looks included.

make bench-causes          CPU microseconds of one thread: median, 90th percentile and longest over all causes
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import orjson

from causes.sent import carried, http, pictures
from raw.inside import talk_with
from raw.upstream import OK, request, upstream
from why400.app.diagnosis import diagnoser
from why400.app.tables import catalogue
from why400.exchange import Exchange, Outcome
from why400.limits import Patience
from why400.records.record import to_record

SAMPLES, TIMES = 15, 20
SHORT = Patience(head=0.3, body=0.3, keepalive=0.3, stall=0.3, linger=0.3)
COUNTED = (Outcome.REFUSED, Outcome.FAILED, Outcome.REJECTED)


def exchanges() -> Iterator[tuple[str, Exchange]]:
    """One for every row, by its cause; rows of rules are left out: their causes are the rules' own words."""
    with upstream() as model:
        for row in (*http.ROWS, *carried.ROWS, *pictures.ROWS):
            if row.stage == "plain":
                model.play(*(row.plays or (request, OK)))
                _, seen = talk_with(SHORT, model.url, *row.told, upstream_timeout=0.5)
                yield from ((row.cause, one) for one in seen[-1:] if one.outcome in COUNTED)


def microseconds(work: Callable[[Exchange], object], fresh: Callable[[], Exchange]) -> float:
    """The best of some samples, each of many exchanges that nobody has looked at: others' work on the machine is left
    out."""
    work(fresh())
    return min(_seconds(work, [fresh() for _ in range(TIMES)]) for _ in range(SAMPLES)) * 1e6


def _seconds(work: Callable[[Exchange], object], exchanges: list[Exchange]) -> float:
    start = time.thread_time()
    for exchange in exchanges:
        work(exchange)
    return (time.thread_time() - start) / len(exchanges)


def row(name: str, taken: list[tuple[float, str]]) -> None:
    values = [value for value, _ in taken]
    worst = ", ".join(f"{cause} {value:.0f}" for value, cause in sorted(taken, reverse=True)[:6])
    print(f"{name:10}{median(values):8.0f}{quantiles(values, n=10)[8]:8.0f}{max(values):8.0f}   {worst}")


def main() -> None:
    diagnose, key = diagnoser(catalogue()), bytes(16)

    def diagnosed(exchange: Exchange) -> Exchange:
        return exchange.but(diagnosis=diagnose(exchange))

    def recorded(exchange: Exchange) -> bytes:
        return orjson.dumps(to_record(exchange, "facts", key).record)

    seen = [(cause, partial(_fresh, one)) for cause, one in exchanges()]
    print(f"{len(seen)} refused requests, CPU microseconds\n{'':10}{'median':>8}{'p90':>8}{'longest':>8}")
    row("diagnosis", [(microseconds(diagnose, new), cause) for cause, new in seen])
    row("record", [(microseconds(recorded, partial(_after, diagnosed, new)), cause) for cause, new in seen])


def _fresh(exchange: Exchange) -> Exchange:
    """The same, as if nobody had looked at it yet."""
    return exchange.but(made={}, diagnosis=())


def _after(diagnosed: Callable[[Exchange], Exchange], new: Callable[[], Exchange]) -> Exchange:
    return diagnosed(new())


if __name__ == "__main__":
    main()
