"""Hindsight: what contrast would say of a refusal on record now that more is known. Pure; works on records' JSON."""

from collections.abc import Iterator, Mapping, Sequence
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
    """A refusal whose reason is not known, or only by its own facts: the id of its record, what was seen of it.

    `likely` are the causes that its facts alone made likely: accepted requests that have them too can take that back.
    """

    id: str
    glimpse: Glimpse
    likely: tuple[str, ...] = ()


def open_question(record: Record, glimpse: Glimpse) -> Open | None:
    """A refusal of which nothing is likely but by its facts alone; None for any other, and one with another's story."""
    sure = [line for line in record.get("diagnosis", ()) if line["certainty"] in _SURE]
    if glimpse.accepted or record.get("story") or not all(map(_is_of_facts_alone, sure)):
        return None
    return Open(str(record["id"]), glimpse, tuple(line["cause"] for line in sure))


def _is_of_facts_alone(line: Mapping[str, Any]) -> bool:
    return bool(line["certainty"] == "likely" and line.get("source") == "facts")


def second_thoughts(habit: Habit, asked: Open) -> tuple[Claim, ...]:
    """What sets it apart by now, likely claims only; before them, `possible`, what was likely and no longer is.

    The refusal itself is not counted twice.
    """
    known = habit.before(asked.glimpse)
    if known.total.accepted < FEWEST:
        return ()
    doubts = tuple(_doubts(known, asked))
    return doubts if len(doubts) < len(asked.likely) else (*doubts, *_apart_by_now(known, asked))


def _doubts(known: Habit, asked: Open) -> Iterator[Claim]:
    """Causes that were likely, and accepted requests turned out to have the fact too."""
    for cause in asked.likely:
        words = [word for word in asked.glimpse.facts if word.partition(" ")[2].partition(" ")[0] == cause]
        if words and not any(is_apart(known, word) for word in words):
            had = max(known.of(word).accepted for word in words)
            evidence = f"of {known.total.accepted:,} accepted requests {had:,} had it too"
            yield Claim(cause, "contrast", Certainty.POSSIBLE, evidence)


def _apart_by_now(known: Habit, asked: Open) -> tuple[Claim, ...]:
    observed = [word for word in asked.glimpse.facts if word.startswith("is ") and is_apart(known, word)]
    claims = list(apart(known, {word.split(" ")[1]: word for word in observed}))
    likely = [claim for claim in claims if claim.grade is Certainty.LIKELY]
    return tuple(likely or unusual(known, asked.glimpse.facts))


def amended(record: Record, claims: Sequence[Claim], catalogue: Catalogue) -> dict[str, Any] | None:
    """The record with these claims in its diagnosis; None where somebody else has found its reason meanwhile."""
    lines = [dict(line) for line in record.get("diagnosis", ())]
    told = {claim.cause: claim for claim in claims if claim.cause in catalogue}
    sure = [line for line in lines if line["certainty"] in _SURE]
    doubted = [line for line in sure if _is_of_facts_alone(line) and line["cause"] in told]
    if not claims or record.get("proof") or len(doubted) < len(sure):
        return None
    kept = [_weighed(line, told.pop(line["cause"], None)) for line in lines if line["cause"] != "unknown"]
    new = [_line(record, claim, catalogue) for claim in told.values()]
    ordered = sorted([*new, *kept], key=lambda line: _ORDER.index(line["certainty"]))
    return {**record, "diagnosis": ordered} if ordered else None


def _weighed(line: dict[str, Any], claim: Claim | None) -> dict[str, Any]:
    """A line with what contrast says of it: likely now, or no longer."""
    if claim is None:
        return line
    certainty = Certainty.POSSIBLE if line["certainty"] == "likely" else Certainty.LIKELY
    source = "+".join(dict.fromkeys((*str(line.get("source", "facts")).split("+"), "contrast")))
    evidence = [*line.get("evidence", ()), claim.evidence]
    return {**line, "certainty": str(certainty), "source": source, "evidence": evidence}


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
