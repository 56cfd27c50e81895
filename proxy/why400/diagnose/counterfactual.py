"""What would have been accepted: the smallest set of changes to one request with which this very upstream takes it.

Pure: whether a request with some changes is accepted is asked through a function that was given. The search is delta
debugging (Zeller and Hildebrandt, 2002) on a handful of changes, single ones first.
"""

from collections.abc import Callable, Sequence
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


C = TypeVar("C", bound=Change)

PLACE = "place"
"""The group of changes of style and name: each is a guess, so they are combined with others one at a time."""


class OutOfTries(Exception):
    """No more requests may be sent."""


def smallest(changes: Sequence[C], holds: Callable[[Sequence[C]], bool]) -> tuple[C, ...] | None:
    """The fewest changes that `holds` accepts, as far as trying tells: none can be left out. May raise OutOfTries.

    `changes` stand in order of suspicion; first each by itself, then the first of each group together, and where that
    holds, what is not needed is taken away again.
    """
    for change in changes:
        if holds((change,)):
            return (change,)
    for together in _together(changes):
        if len(together) > 1 and holds(together):
            return _needed(together, holds)
    return None


def _together(changes: Sequence[C]) -> list[tuple[C, ...]]:
    """The first of each group; and once for each other choice of a group that has several."""
    first: dict[str, C] = {}
    for change in changes:
        first.setdefault(change.group, change)
    alone = tuple(change for change in first.values() if change.group != PLACE)
    places = [change for change in changes if change.group == PLACE]
    return [alone, *((*alone, place) for place in places)]


def _needed(together: tuple[C, ...], holds: Callable[[Sequence[C]], bool]) -> tuple[C, ...]:
    """Without what can be left out: by halves, since most is not needed, then one by one, the least suspected first."""
    kept = together
    for half in (together[: len(together) // 2], together[len(together) // 2 :]):
        if len(half) > 1 and len(half) < len(kept) and holds(half):
            kept = half
            break
    for change in reversed(kept):
        fewer = tuple(one for one in kept if one is not change)
        if fewer and len(kept) > 1 and holds(fewer):
            kept = fewer
    return kept


def claims(found: Sequence[Change], refused: int, accepted: int) -> tuple[Claim, ...]:
    """A proof for each change that was needed: `refused` and `accepted` are the upstream's statuses."""
    names = " and ".join(f"\u201c{change.name}\u201d" for change in found)
    less = f", with less {refused}" if len(found) > 1 else ""
    words = f"tried on this very upstream: unchanged it answers {refused}, with {names} {accepted}{less}"
    causes = dict.fromkeys(change.cause for change in found)
    return tuple(Claim(cause, "counterfactual", Certainty.PROVEN, words) for cause in causes)
