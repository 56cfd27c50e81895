"""The metrics of the contract, one row each. Base units; labels never come from what a client sent."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["counter", "gauge", "histogram"]
Labels = tuple[str, ...]

Numbers = dict[Labels, Any]
"""A number, or a histogram's `[counts by bucket, sum]`, by labels."""

_UPSTREAM = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0)
_OVERHEAD = (0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
_WORK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0)
_BYTES = (1e3, 4e3, 16e3, 64e3, 256e3, 1e6, 4e6, 16e6, 64e6, 256e6)
_MEGAPIXELS = (0.01, 0.05, 0.1, 0.3, 1.0, 2.0, 4.0, 8.0, 12.0, 24.0, 48.0, 100.0)


@dataclass(frozen=True, slots=True)
class Family:
    """One metric. `name` is without the `_total` of counters; `from_start` are series that are there before any event.

    A histogram's `bounds` are the upper bounds of its buckets, the last (infinite) one left out.
    """

    name: str
    kind: Kind
    labels: Labels
    help: str
    from_start: tuple[Labels, ...] = ()
    bounds: tuple[float, ...] = ()


def _each(*values: str) -> tuple[Labels, ...]:
    return tuple((value,) for value in values)


EXCHANGES = Family(
    "why400_exchanges", "counter", ("route", "outcome", "status_class"), "Exchanges, by what became of them."
)
CAUSES = Family("why400_causes", "counter", ("route", "cause", "certainty"), "Causes that were diagnosed.")
FINDINGS = Family(
    "why400_rule_findings",
    "counter",
    ("route", "rule", "action"),
    "Failed checks, by what followed from them; unchecked: it could not be told.",
)
FIXES = Family("why400_fixes", "counter", ("route", "fix", "result"), "Fixes, by how they ended.")
UPSTREAM_SECONDS = Family(
    "why400_upstream_seconds", "histogram", ("route",), "From the request sent to the reply's head.", bounds=_UPSTREAM
)
OVERHEAD_SECONDS = Family(
    "why400_overhead_seconds", "histogram", ("route",), "Time that why400 itself added.", bounds=_OVERHEAD
)
BODY_BYTES = Family(
    "why400_body_bytes",
    "histogram",
    ("direction",),
    "Sizes of bodies.",
    from_start=_each("request", "reply"),
    bounds=_BYTES,
)
MEGAPIXELS = Family("why400_image_megapixels", "histogram", ("route",), "Sizes of images.", bounds=_MEGAPIXELS)
IN_FLIGHT = Family("why400_in_flight", "gauge", (), "Exchanges that are open.", from_start=((),))
WORK_QUEUE = Family("why400_work_queue_depth", "gauge", (), "Images that wait for a decode worker.", from_start=((),))
WORK_SECONDS = Family("why400_work_seconds", "histogram", ("fix",), "Work on pixels, by fix.", bounds=_WORK)
WORK_KILLED = Family(
    "why400_work_killed",
    "counter",
    ("reason",),
    "Decode workers that were ended.",
    from_start=_each("deadline", "memory", "died"),
)
WORKERS = Family("why400_workers", "gauge", (), "Traffic workers that serve.", from_start=((),))
WORKER_DEATHS = Family(
    "why400_worker_deaths",
    "counter",
    (),
    "Traffic workers that ended untold; others took their places.",
    from_start=((),),
)
RULES_INFO = Family("why400_rules_info", "gauge", ("hash",), "The rules in force.")
RULES_RELOAD = Family(
    "why400_rules_reload", "counter", ("result",), "Reloads of rules.", from_start=_each("loaded", "kept-last-good")
)
RECORDS_WRITTEN = Family("why400_records_written", "counter", (), "Records committed.", from_start=((),))
RECORDS_LOST = Family(
    "why400_records_lost",
    "counter",
    ("reason",),
    "Records that were not committed, or (slow) not before their answer went.",
    from_start=_each("slow", "queue-full", "disk-full", "store-error", "parent-gone"),
)
LOG_DROPPED = Family("why400_log_lines_dropped", "counter", (), "Log lines that nobody read in time.", from_start=((),))
INTERNAL_ERRORS = Family(
    "why400_internal_errors",
    "counter",
    ("where",),
    "Bugs of why400 that an exchange survived.",
    from_start=_each("review", "fix", "facts", "diagnose", "record", "wire"),
)
METRICS_DROPPED = Family(
    "why400_metrics_dropped", "counter", (), "Series counted under `other` for want of room.", from_start=((),)
)
BUILD_INFO = Family("why400_build_info", "gauge", ("version",), "The version that runs.")

FAMILIES = (
    EXCHANGES,
    CAUSES,
    FINDINGS,
    FIXES,
    UPSTREAM_SECONDS,
    OVERHEAD_SECONDS,
    BODY_BYTES,
    MEGAPIXELS,
    IN_FLIGHT,
    WORK_QUEUE,
    WORK_SECONDS,
    WORK_KILLED,
    WORKERS,
    WORKER_DEATHS,
    RULES_INFO,
    RULES_RELOAD,
    RECORDS_WRITTEN,
    RECORDS_LOST,
    LOG_DROPPED,
    INTERNAL_ERRORS,
    METRICS_DROPPED,
    BUILD_INFO,
)
