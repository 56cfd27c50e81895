"""Counting in one process: plain increments on the hot path, one snapshot for whoever adds them up."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

import orjson

from why400.exchange import Exchange, Finding, Image, Outcome
from why400.observe import families
from why400.observe.families import FAMILIES, Family, Labels

STATUS_CLASSES = ("none", "1xx", "2xx", "3xx", "4xx", "5xx")
"""By the first digit of a status; `none` where no answer was sent."""

_REQUEST, _REPLY = ("request",), ("reply",)


class Histogram:
    """Counts by bucket, and their sum. The last bucket has no upper bound."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self.bounds, self.counts, self.total = bounds, [0] * (len(bounds) + 1), 0.0

    def see(self, value: float) -> None:
        """Count one value."""
        self.counts[bisect_left(self.bounds, value)] += 1
        self.total += value


class _Histograms(dict[Labels, Histogram]):
    """The histograms of one metric by their labels, made when first seen."""

    def __init__(self, family: Family) -> None:
        self._bounds = family.bounds
        super().__init__((labels, Histogram(family.bounds)) for labels in family.from_start)

    def __missing__(self, labels: Labels) -> Histogram:
        made = self[labels] = Histogram(self._bounds)
        return made


class Meters:
    """All metrics of this process. `exchange` is the hot path; the others are for rarer things."""

    def __init__(self) -> None:
        self.numbers: dict[str, defaultdict[Labels, float]] = {
            family.name: defaultdict(float, dict.fromkeys(family.from_start, 0.0))
            for family in FAMILIES
            if family.kind != "histogram"
        }
        self.histograms = {family.name: _Histograms(family) for family in FAMILIES if family.kind == "histogram"}
        self._exchanges = self.numbers[families.EXCHANGES.name]
        self._upstream = self.histograms[families.UPSTREAM_SECONDS.name]
        self._overhead = self.histograms[families.OVERHEAD_SECONDS.name]
        self._megapixels = self.histograms[families.MEGAPIXELS.name]
        self._requests = self.histograms[families.BODY_BYTES.name][_REQUEST]
        self._replies = self.histograms[families.BODY_BYTES.name][_REPLY]

    def exchange(self, exchange: Exchange) -> None:
        """An exchange is over."""
        reply, seen = exchange.reply, exchange.seen
        images = seen.images if seen else ()
        reply_size = None if reply is None else reply.size
        self.over(
            exchange.route, exchange.outcome, exchange.status, exchange.body_size, reply_size, exchange.timing, images
        )
        if exchange.diagnosis or exchange.findings or exchange.fixes:
            self._judged(exchange)

    def over(
        self,
        route: str,
        outcome: Outcome,
        status: int,
        request_size: int,
        reply_size: int | None,
        timing: Mapping[str, float],
        images: tuple[Image, ...],
    ) -> None:
        """Count what every exchange has: the hot path. A `reply_size` of None is no reply."""
        labels = (route,)
        self._exchanges[route, outcome, STATUS_CLASSES[status // 100 % 6]] += 1
        self._requests.see(request_size)
        if timing:
            self._overhead[labels].see(timing["overhead"])
        if reply_size is not None:
            self._replies.see(reply_size)
            self._upstream[labels].see(timing.get("upstream", 0.0))
        for image in images:
            facts = image.facts
            if facts.width and facts.height:
                self._megapixels[labels].see(facts.width * facts.height / 1e6)

    def add(self, family: Family, *labels: str, by: float = 1) -> None:
        """Count something else."""
        self.numbers[family.name][labels] += by

    def set(self, family: Family, value: float, *labels: str) -> None:
        """Set a gauge."""
        self.numbers[family.name][labels] = value

    def see(self, family: Family, value: float, *labels: str) -> None:
        """Count a value of a histogram."""
        self.histograms[family.name][labels].see(value)

    def worked(self, fix: str, seconds: float) -> None:
        """A decode worker has worked on pixels for a fix."""
        self.see(families.WORK_SECONDS, seconds, fix)

    def internal_error(self, where: str) -> None:
        """A bug of our own was survived; `where` is the room's name, never anything from a request."""
        self.add(families.INTERNAL_ERRORS, where)

    def records_written(self, count: int) -> None:
        """So many records were committed."""
        self.add(families.RECORDS_WRITTEN, by=count)

    def unchecked(self, route: str, rule: str) -> None:
        """A rule could not be asked about an image: it is too large to be decoded."""
        self.add(families.FINDINGS, route, rule, "unchecked")

    def records_lost(self, reason: str, count: int) -> None:
        """So many records were not, or not in time."""
        self.add(families.RECORDS_LOST, reason, by=count)

    def reloaded(self, result: str) -> None:
        """The rules were read again: `loaded`, or `kept-last-good`."""
        self.add(families.RULES_RELOAD, result)

    def snapshot(self) -> bytes:
        """Everything, as JSON: `{metric: [[labels, number], …]}`, a histogram's number being `[counts, sum]`."""
        numbers: dict[str, list[tuple[Labels, object]]] = {
            name: list(series.items()) for name, series in self.numbers.items()
        }
        for name, series in self.histograms.items():
            numbers[name] = [(labels, (one.counts, one.total)) for labels, one in series.items()]
        return orjson.dumps(numbers)

    def _judged(self, exchange: Exchange) -> None:
        route = exchange.route
        for line in exchange.diagnosis:
            self.add(families.CAUSES, route, line.cause, line.certainty.value)
        for finding in exchange.findings:
            self.add(families.FINDINGS, route, finding.rule, _action(exchange, finding))
        for fix in exchange.fixes:
            self.add(families.FIXES, route, fix.fix, "failed" if exchange.outcome is Outcome.REJECTED else "fixed")


def _action(exchange: Exchange, finding: Finding) -> str:
    if not finding.enforced:
        return "excepted" if finding.excepted else "observed"
    return "rejected" if exchange.outcome is Outcome.REJECTED else "fixed"
