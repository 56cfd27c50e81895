"""One set of numbers from all processes, as Prometheus reads it. A worker that died keeps what it counted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any, cast

import orjson

from why400.exchange import Outcome
from why400.observe import families
from why400.observe.families import FAMILIES, Family, Labels, Numbers
from why400.observe.meters import Meters

MOST_SERIES = 2000
"""Series of one metric; those that come later are counted together under `other`."""

CONTENT_TYPE = "text/plain; version=1.0.0; charset=utf-8"

_USUAL_CLASS = {
    Outcome.REJECTED: "4xx",
    Outcome.ABANDONED: "none",
    Outcome.FAILED: "5xx",
    Outcome.REFUSED: "4xx",
    Outcome.UNREVIEWED: "2xx",
    Outcome.FIXED: "2xx",
    Outcome.FORWARDED: "2xx",
}


@dataclass(frozen=True, slots=True)
class Standing:
    """What is true now and no counter says: the ids of all routes, the hash of the rules in force, our version, and how
    many workers serve."""

    routes: tuple[str, ...]
    rules_hash: str
    version: str
    workers: int


class Exposition:
    """The metrics of the parent (`own`) and of all workers that are or were. For use in one thread."""

    def __init__(self, own: Meters, standing: Callable[[], Standing], most_series: int = MOST_SERIES) -> None:
        self._own, self._standing, self._most = own, standing, most_series
        self._live: dict[int, dict[str, Numbers]] = {}
        self._dead: dict[str, Numbers] = {}
        self._admitted: dict[str, set[Labels]] = {family.name: set() for family in FAMILIES}

    def worker(self, worker: int, snapshot: bytes) -> None:
        """The latest snapshot of a live worker (`Meters.snapshot`); each process has a number of its own."""
        self._live[worker] = _read(snapshot)

    def died(self, worker: int) -> None:
        """A worker is gone: what it counted stays, what it was doing does not."""
        last = self._live.pop(worker, {})
        for family in FAMILIES:
            if family.kind != "gauge":
                _add(self._dead.setdefault(family.name, {}), last.get(family.name, {}))

    def text(self) -> bytes:
        """All metrics in Prometheus' text format; its media type is `CONTENT_TYPE`. What writes it is loaded at the
        first scrape: without one, a proxy that idles is 2 MB smaller."""
        return cast(bytes, import_module("why400.observe.text_format").as_text(self.now()))

    def now(self) -> Iterator[tuple[Family, Numbers]]:
        """Every metric of the contract, once."""
        standing, sources = self._standing(), [_read(self._own.snapshot()), self._dead, *self._live.values()]
        dropped = 0
        for family in FAMILIES:
            numbers = _from_start(family, standing)
            for source in sources:
                _add(numbers, source.get(family.name, {}))
            if family is families.METRICS_DROPPED:
                numbers[()] = dropped
            bounded, lost = self._bounded(family, numbers)
            dropped += lost
            yield family, bounded

    def _bounded(self, family: Family, numbers: Numbers) -> tuple[Numbers, int]:
        """First come, first kept, for as long as the process lives: no series may move to `other` and back."""
        admitted, kept, other = self._admitted[family.name], Numbers(), Numbers()
        for labels, number in numbers.items():
            if labels in admitted or len(admitted) < self._most - 1:
                admitted.add(labels)
                kept[labels] = number
            else:
                _add(other, {tuple("other" for _ in labels): number})
        return {**kept, **other}, len(numbers) - len(kept)


def _from_start(family: Family, standing: Standing) -> Numbers:
    """The series that are there before any event, and those that say what stands."""
    if family is families.EXCHANGES:
        routes = ("-", "!", *standing.routes)
        return {(route, outcome.value, usual): 0.0 for route in routes for outcome, usual in _USUAL_CLASS.items()}
    if family is families.WORKERS:
        return {(): float(standing.workers)}
    if family is families.RULES_INFO:
        return {(standing.rules_hash,): 1.0}
    if family is families.BUILD_INFO:
        return {(standing.version,): 1.0}
    return {} if family.kind == "histogram" else dict.fromkeys(family.from_start, 0.0)


def _read(snapshot: bytes) -> dict[str, Numbers]:
    read = orjson.loads(snapshot)
    return {name: {tuple(labels): number for labels, number in series} for name, series in read.items()}


def _add(into: Numbers, more: Numbers) -> None:
    for labels, number in more.items():
        into[labels] = number if labels not in into else _sum(into[labels], number)


def _sum(one: Any, other: Any) -> Any:
    if isinstance(one, list):
        return [[a + b for a, b in zip(one[0], other[0], strict=True)], one[1] + other[1]]
    return one + other
