import timeit

import orjson
import pytest

from records.make import exchange, with_picture
from why400.exchange import Finding, FixDone, Outcome
from why400.observe import families
from why400.observe.meters import Histogram, Meters

FINDING = Finding("no-alpha", "color", "image.alpha", "body", "rgba", "rgb", "m", fix="convert", fixable=True)
OBSERVED = Finding("no-alpha", "color", "image.alpha", "body", "rgba", "rgb", "m", enforced=False)
FIX = FixDone("convert", "body", {}, {})


@pytest.mark.parametrize(
    ("changes", "metric", "labels"),
    [
        pytest.param({}, "why400_exchanges", ("predict", "refused", "4xx"), id="refused"),
        pytest.param({"outcome": Outcome.FORWARDED, "status": 200}, "why400_exchanges", ("predict", "forwarded", "2xx"), id="forwarded"),
        pytest.param({"outcome": Outcome.ABANDONED, "status": 0}, "why400_exchanges", ("predict", "abandoned", "none"), id="no answer"),
        pytest.param({"route": "!"}, "why400_exchanges", ("!", "refused", "4xx"), id="no request"),
        pytest.param({}, "why400_causes", ("predict", "image.alpha", "likely"), id="a cause"),
        pytest.param({"findings": (FINDING,), "outcome": Outcome.REJECTED}, "why400_rule_findings", ("predict", "no-alpha", "rejected"), id="rejected"),
        pytest.param({"findings": (FINDING,), "outcome": Outcome.FIXED}, "why400_rule_findings", ("predict", "no-alpha", "fixed"), id="a finding that was fixed"),
        pytest.param({"findings": (OBSERVED,)}, "why400_rule_findings", ("predict", "no-alpha", "observed"), id="observed"),
        pytest.param({"fixes": (FIX,), "outcome": Outcome.FIXED}, "why400_fixes", ("predict", "convert", "fixed"), id="a fix"),
        pytest.param({"fixes": (FIX,), "outcome": Outcome.REJECTED}, "why400_fixes", ("predict", "convert", "failed"), id="a fix that did not do"),
    ],
)  # fmt: skip
def test_an_exchange_counts_once(changes, metric, labels) -> None:
    meters = Meters()
    meters.exchange(exchange().but(**changes))
    assert meters.numbers[metric][labels] == 1
    assert sum(meters.numbers[metric].values()) == 1


def test_sizes_and_times() -> None:
    meters = Meters()
    meters.exchange(with_picture(exchange(b"x" * 5000, reply=b"y" * 20), width=2000, height=1000))
    assert meters.histograms["why400_body_bytes"]["request",].total == 5000
    assert meters.histograms["why400_body_bytes"]["reply",].total == 20
    assert meters.histograms["why400_image_megapixels"]["predict",].total == 2.0
    assert meters.histograms["why400_upstream_seconds"]["predict",].total == 0.019
    assert meters.histograms["why400_overhead_seconds"]["predict",].total == 0.0004


@pytest.mark.parametrize(
    ("value", "counts"),
    [(0, [1, 0, 0]), (1, [1, 0, 0]), (1.1, [0, 1, 0]), (10, [0, 1, 0]), (11, [0, 0, 1]), (float("inf"), [0, 0, 1])],
)
def test_a_bound_belongs_to_its_bucket(value: float, counts: list[int]) -> None:
    histogram = Histogram((1, 10))
    histogram.see(value)
    assert histogram.counts == counts


def test_series_without_events_are_there_from_the_start() -> None:
    start = orjson.loads(Meters().snapshot())
    for name in ("why400_in_flight", "why400_work_queue_depth", "why400_records_written"):
        assert start[name] == [[[], 0.0]]
    assert [["disk-full"], 0.0] in start["why400_records_lost"]


@pytest.mark.parametrize(
    ("event", "metric", "labels", "value"),
    [
        pytest.param(
            lambda meters: meters.internal_error("review"), "why400_internal_errors", ("review",), 1, id="a bug"
        ),
        pytest.param(lambda meters: meters.records_written(7), "why400_records_written", (), 7, id="written"),
        pytest.param(lambda meters: meters.records_lost("slow", 3), "why400_records_lost", ("slow",), 3, id="lost"),
        pytest.param(lambda meters: meters.reloaded("loaded"), "why400_rules_reload", ("loaded",), 1, id="reloaded"),
        pytest.param(lambda meters: meters.set(families.IN_FLIGHT, 4), "why400_in_flight", (), 4, id="a gauge"),
    ],
)
def test_other_events(event, metric: str, labels: tuple[str, ...], value: float) -> None:
    meters = Meters()
    event(meters)
    assert meters.numbers[metric][labels] == value


def test_counting_costs_microseconds() -> None:
    """The figure is 1 µs; the bound leaves room for a machine that is busy with other tests."""
    meters, made = Meters(), exchange(outcome=Outcome.FORWARDED, status=200, diagnosis=())
    assert min(timeit.repeat(lambda: meters.exchange(made), number=2000, repeat=5)) / 2000 < 10e-6
