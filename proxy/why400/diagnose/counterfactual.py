"""What would have been accepted: the smallest set of changes to one request with which this very upstream takes it.

Pure: what the upstream says to a request with some changes is asked through a function that was given. The search is
delta debugging (Zeller and Hildebrandt, 2002) with one more thing to go by: servers complain of one fault after
another, so a change after which the upstream says something else may have cured the first.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from why400.exchange import Certainty, Claim


class Change(Protocol):
    """One change of a request. Two of one `group` exclude each other; `cause` is the reason that it would show."""

    @property
    def name(self) -> str:
        """In words: `declare image/jpeg`."""

    @property
    def cause(self) -> str:
        """A code of the catalogue."""

    @property
    def group(self) -> str:
        """What it decides."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the upstream said: yes, or its words, less what changes by itself. None where the request cannot be made."""

    accepted: bool
    words: str | None = ""


C = TypeVar("C", bound=Change)
Ask = Callable[[Sequence[C]], Heard]

PLACE = "place"
"""The group of changes of style and name: each is a guess, so they are combined with others one at a time."""

_STEPS = 3
"""So many changes that were answered in other words are gone on from, each in turn."""

_DEEP = 3
"""Faults that are found one behind another."""


class OutOfTries(Exception):
    """No more requests may be sent."""


def smallest(changes: Sequence[C], ask: Ask[C], before: str, suspected: int = 0) -> tuple[C, ...] | None:
    """The fewest changes that are accepted, as far as asking tells: none can be left out. May raise OutOfTries.

    `changes` stand in order of suspicion, the first `suspected` for a reason; `before` is what the upstream says to the
    request as it is. First each by itself, then what is suspected together, then all that goes together, then on
    from whatever changed the upstream's words, then pairs.
    """
    heard: dict[tuple[str, ...], Heard] = {}

    def once(some: Sequence[C]) -> Heard:
        key = tuple(sorted(change.name for change in some))
        if key not in heard:
            heard[key] = ask(some)
        return heard[key]

    for some in _tries(changes, once, before, suspected):
        if once(some).accepted:
            return _needed(some, once)
    return None


def _tries(changes: Sequence[C], ask: Ask[C], before: str, suspected: int) -> Iterator[tuple[C, ...]]:
    yield from ((change,) for change in changes[:suspected])
    yield from _together(changes[:suspected], len(changes))
    yield from ((change,) for change in changes[suspected:])
    yield from _together(changes, _STEPS)
    yield from _further((), changes, ask, before, _DEEP)
    yield from _pairs(changes)


def _further(base: tuple[C, ...], changes: Sequence[C], ask: Ask[C], before: str, deep: int) -> Iterator[tuple[C, ...]]:
    """On from each change that was answered in other words: what is left together with it, then one by one."""
    told = [change for change in changes if ask((*base, change)).words not in (None, before)] if deep else ()
    for change in told[:_STEPS]:
        here, rest = (*base, change), [one for one in changes if one.group != change.group]
        yield from ((*here, *more) for more in _together(rest, 0))
        yield from ((*here, one) for one in rest)
        yield from _further(here, rest, ask, ask(here).words or "", deep - 1)


def _pairs(changes: Sequence[C]) -> Iterator[tuple[C, ...]]:
    """Two at a time, the most suspected first."""
    for last, later in enumerate(changes):
        yield from ((earlier, later) for earlier in changes[:last] if earlier.group != later.group)


def _together(changes: Sequence[C], most: int) -> list[tuple[C, ...]]:
    """The first of each group; and once for each of the first `most` places."""
    first: dict[str, C] = {}
    for change in changes:
        first.setdefault(change.group, change)
    alone = tuple(change for change in first.values() if change.group != PLACE)
    places = [change for change in changes if change.group == PLACE][:most]
    return [some for some in (alone, *((*alone, place) for place in places)) if len(some) > 1]


def _needed(together: tuple[C, ...], ask: Ask[C]) -> tuple[C, ...]:
    """Without what can be left out: by halves, since most is not needed, then one by one, the least suspected first."""
    rest = tuple(change for change in together if change.group != PLACE)
    places = tuple(change for change in together if change.group == PLACE)
    kept = together
    for half in (rest[: len(rest) // 2], rest[len(rest) // 2 :]):
        some = (*half, *places)
        if 0 < len(some) < len(kept) and len(rest) > 2 and ask(some).accepted:
            kept = some
            break
    for change in reversed(kept):
        fewer = tuple(one for one in kept if one is not change)
        if fewer and ask(fewer).accepted:
            kept = fewer
    return kept


def claims(found: Sequence[Change], refused: int, accepted: int) -> tuple[Claim, ...]:
    """A proof for each change that was needed: `refused` and `accepted` are the upstream's statuses."""
    less = f", with less {refused}" if len(found) > 1 else ""
    words = f"tried on this very upstream: unchanged it answers {refused}, with {_named(found)} {accepted}{less}"
    causes = dict.fromkeys(change.cause for change in found)
    return tuple(Claim(cause, "counterfactual", Certainty.PROVEN, words) for cause in causes)


def claims_of_another_answer(found: Sequence[Change], status: int) -> tuple[Claim, ...]:
    """A proof that an accepted request was misread: with each of these changes the upstream answers something else."""
    words = (
        "tried on this very upstream: unchanged it answers {status} as ever, with {name} {status} and another answer"
    )
    return tuple(
        Claim(one.cause, "counterfactual", Certainty.PROVEN, words.format(status=status, name=_named([one])))
        for one in found
    )


def _named(found: Sequence[Change]) -> str:
    return " and ".join(f"\u201c{change.name}\u201d" for change in found)
