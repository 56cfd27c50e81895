"""What Prometheus reads: names, types, labels and series as the contract has them."""

import pytest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.parser import text_string_to_metric_families

from records.make import exchange
from why400.exchange import Outcome
from why400.observe import families
from why400.observe.exposition import CONTENT_TYPE, Exposition, Standing
from why400.observe.meters import Meters

STANDING = Standing(("health", "predict"), "abc123", "0.1.0", 2)

CONTRACT = {
    "why400_exchanges_total": {"route", "outcome", "status_class"},
    "why400_causes_total": {"route", "cause", "certainty"},
    "why400_rule_findings_total": {"route", "rule", "action"},
    "why400_fixes_total": {"route", "fix", "result"},
    "why400_upstream_seconds": {"route"},
    "why400_overhead_seconds": {"route"},
    "why400_body_bytes": {"direction"},
    "why400_image_megapixels": {"route"},
    "why400_in_flight": set(),
    "why400_work_queue_depth": set(),
    "why400_work_seconds": {"fix"},
    "why400_work_killed_total": {"reason"},
    "why400_rules_info": {"hash"},
    "why400_rules_reload_total": {"result"},
    "why400_records_written_total": set(),
    "why400_records_lost_total": {"reason"},
    "why400_internal_errors_total": {"where"},
    "why400_metrics_dropped_total": set(),
    "why400_build_info": {"version"},
    "why400_log_lines_dropped_total": set(),
    "why400_workers": set(),
    "why400_worker_deaths_total": set(),
}


def exposition(most_series: int = 2000) -> Exposition:
    return Exposition(Meters(), lambda: STANDING, most_series)


def counted(number: int = 1, **changes: object) -> bytes:
    """The snapshot of a worker that saw so many exchanges."""
    meters = Meters()
    for _ in range(number):
        meters.exchange(exchange().but(**changes))
    meters.set(families.IN_FLIGHT, 2)
    return meters.snapshot()


def series(text: bytes) -> dict[tuple[str, frozenset[str]], float]:
    """Every sample by its name and the values of its labels."""
    return {
        (sample.name, frozenset(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def test_every_metric_of_the_contract_and_no_other() -> None:
    made = exposition()
    named = {f"{family.name}_total" if family.kind == "counter" else family.name for family in families.FAMILIES}
    assert named == set(CONTRACT)
    types = {line.split()[2] for line in made.text().decode().splitlines() if line.startswith("# TYPE")}
    assert types == set(CONTRACT)


def test_labels_are_the_contract() -> None:
    for family in families.FAMILIES:
        name = f"{family.name}_total" if family.kind == "counter" else family.name
        assert set(family.labels) == CONTRACT[name], name


@pytest.mark.parametrize("route", ["-", "!", "health", "predict"])
@pytest.mark.parametrize("outcome", [outcome.value for outcome in Outcome])
def test_outcomes_of_every_route_are_there_from_the_start(route: str, outcome: str) -> None:
    found = [labels for name, labels in series(exposition().text()) if name == "why400_exchanges_total"]
    assert any({route, outcome} <= labels for labels in found)


def test_series_without_labels_are_there_from_the_start() -> None:
    start = series(exposition().text())
    for name, labels in CONTRACT.items():
        if not labels:
            assert start[name, frozenset()] == (STANDING.workers if name == "why400_workers" else 0.0), name


def test_what_stands_is_named() -> None:
    start = series(exposition().text())
    assert start["why400_rules_info", frozenset({"abc123"})] == 1
    assert start["why400_build_info", frozenset({"0.1.0"})] == 1


def test_causes_come_at_first_use() -> None:
    made = exposition()
    assert not [name for name, _ in series(made.text()) if name == "why400_causes_total"]
    made.worker(1, counted())
    assert series(made.text())["why400_causes_total", frozenset({"predict", "image.alpha", "likely"})] == 1


REFUSED = ("why400_exchanges_total", frozenset({"predict", "refused", "4xx"}))


def test_workers_are_added_up_and_a_dead_one_keeps_its_counts() -> None:
    made = exposition()
    made.worker(1, counted(3))
    made.worker(2, counted(5))
    made.worker(2, counted(7))
    assert series(made.text())[REFUSED] == 10
    assert series(made.text())["why400_in_flight", frozenset()] == 4
    made.died(1)
    made.died(1)
    made.worker(3, counted(1))
    after = series(made.text())
    assert after[REFUSED] == 11
    assert after["why400_in_flight", frozenset()] == 4
    assert after["why400_overhead_seconds_count", frozenset({"predict"})] == 11


def test_histograms_are_cumulative() -> None:
    made = exposition()
    made.worker(1, counted(4))
    found = series(made.text())
    assert found["why400_upstream_seconds_bucket", frozenset({"predict", "0.01"})] == 0
    assert found["why400_upstream_seconds_bucket", frozenset({"predict", "0.025"})] == 4
    assert found["why400_upstream_seconds_bucket", frozenset({"predict", "+Inf"})] == 4


def test_what_is_too_many_is_counted_under_other_and_stays_there() -> None:
    made = exposition(most_series=40)
    meters = Meters()
    for number in range(100):
        meters.add(families.CAUSES, "predict", f"cause.{number}", "likely")
    made.worker(1, meters.snapshot())
    first = series(made.text())
    causes = {labels: value for (name, labels), value in first.items() if name == "why400_causes_total"}
    assert len(causes) == 40
    assert causes[frozenset({"other"})] == 61
    assert first["why400_metrics_dropped_total", frozenset()] == 61
    assert series(made.text()) == first


def test_the_media_type_names_a_version() -> None:
    assert CONTENT_TYPE == CONTENT_TYPE_LATEST
