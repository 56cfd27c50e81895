"""Names that set a request apart: a key, a part, a field, a query or a tensor that accepted ones have, or have not."""

from collections.abc import Iterator, Sequence

from why400.content.names import quoted
from why400.diagnose.habits import Habit
from why400.diagnose.odds import in_numbers, separates, without
from why400.exchange import Certainty, Claim

_EXTRA = {
    "key": "json.extra-field",
    "part": "multipart.part-name",
    "query": "request.query",
    "field": "request.header",
    "tensor": "tensor.name-unknown",
}
_MISSING = {**_EXTRA, "key": "json.missing-field", "tensor": "tensor.missing-input"}
_USUAL = 0.95
"""A name is missed where so many of the accepted requests have it."""

_ENOUGH = 5
_NAMES = ("key ", "part ")
_MOST = 3


def unusual(habit: Habit, words: Sequence[str]) -> list[Claim]:
    """What sets the outline of a refused request apart, at most 3 claims, what is missing first.

    `likely` where chance is ruled out, or where a key or part that every accepted request has is the one thing missing;
    `possible` nowhere: names differ for many reasons.
    """
    missing = [fact for fact in _usual_facts(habit, words) if fact not in words]
    found = [*_missing(habit, missing), *_extra(habit, words)]
    return list({claim.cause: claim for claim in reversed(found[:_MOST])}.values())[::-1]


def named_as_usual(habit: Habit, words: Sequence[str]) -> bool:
    """Every key and part was accepted, and none is missing that accepted requests usually have."""
    names = [word for word in words if word.startswith(_NAMES)]
    missing = (fact for fact in _usual_facts(habit, words) if fact.startswith(_NAMES) and fact not in words)
    return bool(names) and all(habit.of(name).accepted for name in names) and not any(missing)


def _usual_facts(habit: Habit, words: Sequence[str]) -> Iterator[str]:
    """What accepted requests have, of the kinds that this one has too: no form misses a key."""
    kinds = {word.partition(" ")[0] for word in words} | {"field", "query"}
    enough = _USUAL * habit.total.accepted
    for fact in [fact for fact, tally in habit.facts.items() if tally.accepted >= enough]:
        kind = fact.partition(" ")[0]
        if kind in _MISSING and kind in kinds:
            yield fact


def _missing(habit: Habit, missing: Sequence[str]) -> Iterator[Claim]:
    for fact in missing:
        lacking = without(habit.facts[fact], habit.total)
        sure = separates(lacking, habit.total, len(habit.facts))
        only = len(missing) == 1 and not lacking.accepted and habit.total.accepted >= _ENOUGH
        if sure or (only and fact.startswith(("key ", "part "))):
            numbers = in_numbers(lacking, habit.total, f"without {told(fact)}", "with it", sure)
            yield Claim(_cause(_MISSING, fact), "contrast", Certainty.LIKELY, numbers)


def _extra(habit: Habit, words: Sequence[str]) -> Iterator[Claim]:
    for word in words:
        tally = habit.of(word)
        if separates(tally, habit.total, len(habit.facts)):
            numbers = in_numbers(tally, habit.total, f"with {told(word)}", "without it", True)
            yield Claim(_cause(_EXTRA, word), "contrast", Certainty.LIKELY, numbers)


def _cause(causes: dict[str, str], fact: str) -> str:
    kind, _, rest = fact.partition(" ")
    if kind == "tensor" and " " in rest:
        return "tensor.shape" if rest.endswith("]") else "tensor.dtype"
    return causes[kind]


def told(fact: str) -> str:
    """A fact in words: `the key "k"`, `the field x-model: v2`, `the tensor "x" of FP32`."""
    kind, _, rest = fact.partition(" ")
    name, blank, more = rest.partition(" ")
    if kind == "field":
        return f"the field {rest}"
    return f"the {kind} {quoted(name)}" + (f" of {more}" if blank else "")
