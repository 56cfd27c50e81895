"""What makes each alert fire, and what is near it and does not: series a minute apart, in promtool's notation."""

from typing import Any

WHERE = 'job="why400",instance="a:8401"'

Series = dict[str, str]


def one(name: str, values: str, **labels: str) -> Series:
    """One series; `values` such as `0x10 1+2x5`: ten zeros after the first, then 1, 3, … 11."""
    more = "".join(f',{label}="{value}"' for label, value in labels.items())
    return {f"{name}{{{WHERE}{more}}}": values}


def exchanges(outcome: str, values: str) -> Series:
    return one("why400_exchanges_total", values, route="predict", outcome=outcome, status_class="4xx")


def overhead(fast: str, all: str) -> Series:
    """A histogram of three buckets: within 250 ms, within a second, and all, which is no more."""
    buckets = (("0.25", fast), ("1.0", all), ("+Inf", all))
    return dict(
        pair
        for bound, values in buckets
        for pair in one("why400_overhead_seconds_bucket", values, route="predict", le=bound).items()
    )


def causes(cause: str, values: str) -> Series:
    return one("why400_causes_total", values, route="predict", cause=cause, certainty="likely")


GOOD = exchanges("forwarded", "0+60x60")

# Alert: the series of its cause, the minute at which it fires, and series that are no reason.
ALERTED: dict[str, tuple[Series, int, Series]] = {
    "Why400Down": (one("up", "1x4 0x10"), 9, one("up", "1x4 0 1x10")),
    "Why400NoWorker": (one("why400_workers", "1x4 0x10"), 8, one("why400_workers", "2x4 1x10")),
    "Why400WorkersDie": (one("why400_worker_deaths_total", "0x4 1+1x10"), 12, one("why400_worker_deaths_total", "0x4 1x10")),
    "Why400ModelFails": (GOOD | exchanges("failed", "0+3x60"), 15, GOOD | exchanges("failed", "0x5 1x60")),
    "Why400ManyRefusals": (GOOD | exchanges("refused", "0+10x60"), 25, GOOD | exchanges("rejected", "0+5x60")),
    "Why400NewCause": (causes("image.alpha", "_x99 1+5x40"), 120, causes("image.alpha", "1+5x140")),
    "Why400SilentlyWrong": (causes("silent.orientation", "0+5x20"), 15, causes("image.alpha", "0+5x20")),
    "Why400Unreviewed": (GOOD | exchanges("unreviewed", "0x4 1x10"), 8, GOOD | exchanges("unreviewed", "0x20")),
    "Why400InternalErrors": (
        one("why400_internal_errors_total", "0x4 1x10", where="fix"), 8, one("why400_internal_errors_total", "0x20", where="fix"),
    ),
    "Why400RulesNotTaken": (
        one("why400_rules_reload_total", "0x4 1x10", result="kept-last-good"), 8, one("why400_rules_reload_total", "0+1x20", result="loaded"),
    ),
    "Why400RecordsLost": (
        one("why400_records_lost_total", "0x4 1x10", reason="disk-full"), 8, one("why400_records_lost_total", "0+1x20", reason="slow"),
    ),
    "Why400RecordsSlow": (
        one("why400_records_lost_total", "0x4 0+5x10", reason="slow"), 12, one("why400_records_lost_total", "0x4 1x10", reason="slow"),
    ),
    "Why400Slow": (overhead("0+50x60", "0+60x60"), 25, overhead("0+60x60", "0+60x60")),
    "Why400FixesQueue": (one("why400_work_queue_depth", "0x4 20x10"), 9, one("why400_work_queue_depth", "0x4 20 0x10")),
    "Why400DecodersKilled": (
        one("why400_work_killed_total", "0x4 1+1x10", reason="deadline"), 14, one("why400_work_killed_total", "0x4 1x10", reason="deadline"),
    ),
    "Why400Unseen": (one("why400_log_lines_dropped_total", "0x4 1x10"), 8, one("why400_log_lines_dropped_total", "7x20")),
}  # fmt: skip


def unit_tests(rules: str) -> dict[str, Any]:
    """The rows as promtool's unit tests of the file `rules`; written as JSON they are YAML too."""
    rows = [(alert, cause, at, True) for alert, (cause, at, _) in ALERTED.items()]
    rows += [(alert, quiet, at, False) for alert, (_, at, quiet) in ALERTED.items()]
    return {"rule_files": [rules], "evaluation_interval": "1m", "tests": [_unit_test(*row) for row in rows]}


def _unit_test(alert: str, series: Series, minute: int, fires: bool) -> dict[str, Any]:
    firing = f'count by (alertname) (ALERTS{{alertname="{alert}",alertstate="firing"}})'
    sample = {"labels": f'{{alertname="{alert}"}}', "value": 1}
    return {
        "name": f"{alert} {'fires' if fires else 'stays quiet'}",
        "interval": "1m",
        "input_series": [{"series": name, "values": values} for name, values in series.items()],
        "promql_expr_test": [
            {"expr": firing, "eval_time": f"{minute}m", "exp_samples": [sample] if fires else []},
        ],
    }
