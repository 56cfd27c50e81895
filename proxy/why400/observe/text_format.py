"""Numbers in Prometheus' text format, written by its own client library."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from why400.observe.families import Family, Numbers


@dataclass(slots=True, eq=False)
class _Once(Collector):
    """What the library asks for metrics: these, one time."""

    metrics: Iterable[tuple[Family, Numbers]]

    def collect(self) -> Iterator[Metric]:
        """The interface of prometheus_client."""
        for family, numbers in self.metrics:
            yield _metric(family, numbers)


def as_text(metrics: Iterable[tuple[Family, Numbers]]) -> bytes:
    """All of them, each with its help and type."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Once(metrics))
    return generate_latest(registry)


def _metric(family: Family, numbers: Numbers) -> Metric:
    if family.kind == "histogram":
        return _histogram(family, numbers)
    made = (CounterMetricFamily if family.kind == "counter" else GaugeMetricFamily)(
        family.name, family.help, labels=family.labels
    )
    for labels, number in numbers.items():
        made.add_metric(labels, number)
    return made


def _histogram(family: Family, numbers: Numbers) -> Metric:
    made = HistogramMetricFamily(family.name, family.help, labels=family.labels)
    names = [*map(repr, family.bounds), "+Inf"]
    for labels, (counts, total) in numbers.items():
        sums = [sum(counts[: at + 1]) for at in range(len(counts))]
        made.add_metric(labels, buckets=list(zip(names, sums, strict=True)), sum_value=total)
    return made
