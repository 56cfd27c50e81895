"""Hindsight: what contrast would say of a refusal on record now that more is known. Pure; works on records' JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from why400.causes.catalogue import Catalogue
from why400.diagnose.apart import apart, is_apart
from why400.diagnose.explain import fill
from why400.diagnose.habits import FEWEST, Glimpse, Habit
from why400.diagnose.unusual import unusual
from why400.exchange import Certainty, Claim

Record = Mapping[str, Any]

_SURE = ("proven", "likely")
_ORDER = ("proven", "likely", "possible")


@dataclass(frozen=True, slots=True)
class Open:
    """A refusal whose reason is not known yet: the id of its record, and what was seen of it."""

    id: str
    glimpse: Glimpse


def open_question(record: Record, glimpse: Glimpse) -> Open | None:
    """A refusal that nothing likely was said of; None for any other record, and for one that tells another's story."""
    sure = any(line["certainty"] in _SURE for line in record.get("diagnosis", ()))
    return None if glimpse.accepted or sure or record.get("story") else Open(str(record["id"]), glimpse)


def second_thoughts(habit: Habit, asked: Open) -> tuple[Claim, ...]:
    """What sets it apart by now, likely claims only. The refusal itself is not counted twice."""
    known = habit.before(asked.glimpse)
    if known.total.accepted < FEWEST:
        return ()
    observed = [word for word in asked.glimpse.facts if word.startswith("is ") and is_apart(known, word)]
    claims = list(apart(known, {word.split(" ")[1]: word for word in observed}))
    likely = [claim for claim in claims if claim.grade is Certainty.LIKELY]
    return tuple(likely or unusual(known, asked.glimpse.facts))


def amended(record: Record, claims: Sequence[Claim], catalogue: Catalogue) -> dict[str, Any] | None:
    """The record with these claims in its diagnosis; None where somebody else has found its reason meanwhile."""
    lines = [dict(line) for line in record.get("diagnosis", ())]
    if not claims or record.get("proof") or any(line["certainty"] in _SURE for line in lines):
        return None
    told = {claim.cause: claim for claim in claims if claim.cause in catalogue}
    kept = [_raised(line, told.pop(line["cause"], None)) for line in lines if line["cause"] != "unknown"]
    new = [_line(record, claim, catalogue) for claim in told.values()]
    ordered = sorted([*new, *kept], key=lambda line: _ORDER.index(line["certainty"]))
    return {**record, "diagnosis": ordered} if ordered else None


def _raised(line: dict[str, Any], claim: Claim | None) -> dict[str, Any]:
    if claim is None:
        return line
    source = "+".join(dict.fromkeys((*str(line.get("source", "facts")).split("+"), "contrast")))
    evidence = [*line.get("evidence", ()), claim.evidence]
    return {**line, "certainty": str(Certainty.LIKELY), "source": source, "evidence": evidence}


def _line(record: Record, claim: Claim, catalogue: Catalogue) -> dict[str, Any]:
    cause = catalogue[claim.cause]
    return {
        "cause": claim.cause,
        "certainty": str(claim.grade),
        "source": claim.source,
        "evidence": [claim.evidence],
        "remedy": fill(record, cause.remedy),
        "who_fixes": cause.who_fixes,
    }
