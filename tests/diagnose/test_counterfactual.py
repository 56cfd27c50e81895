"""The smallest set of changes that is accepted, on models as plain as predicates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.diagnose.counterfactual import OutOfTries, claims, smallest
from why400.exchange import Certainty


@dataclass(frozen=True)
class Named:
    """A change; its cause and, where nothing else is said, its group go by its name."""

    name: str
    group: str

    @property
    def cause(self) -> str:
        return f"image.{self.name}"


def changes(text: str) -> list[Named]:
    """`a b place:c` as changes."""
    pairs = [word.rpartition(":")[::2] for word in text.split()]
    return [Named(name, group or name) for group, name in pairs]


Accepts = Callable[[set[str]], bool]
CASES: dict[str, tuple[str, Accepts, str | None, int]] = {
    "the first does": ("a b c", lambda s: "a" in s, "a", 1),
    "the last does": ("a b c", lambda s: "c" in s, "c", 3),
    "two are needed": ("a b c d", lambda s: {"b", "d"} <= s, "b d", 11),
    "all are needed": ("a b c", lambda s: {"a", "b", "c"} <= s, "a b c", 8),
    "none does": ("a b c", lambda s: False, None, 4),
    "nothing to try": ("", lambda s: True, None, 0),
    "a change and a place": ("a b place:x place:y", lambda s: {"a", "y"} <= s, "a y", 11),
    "two of a group exclude each other": ("g:a g:b c", lambda s: {"a", "c"} <= s and "b" not in s, "a c", 8),
}


@pytest.mark.parametrize(("given", "accepts", "found", "most"), CASES.values(), ids=CASES)
def test_smallest(given: str, accepts: Accepts, found: str | None, most: int) -> None:
    asked = []

    def holds(some: Sequence[Named]) -> bool:
        asked.append(some)
        return accepts({change.name for change in some})

    smallest_found = smallest(changes(given), holds)
    assert smallest_found == (None if found is None else tuple(changes(given)[i] for i in _places(given, found)))
    assert len(asked) <= most


def _places(given: str, found: str) -> list[int]:
    names = [word.rpartition(":")[2] for word in given.split()]
    return [names.index(name) for name in found.split()]


@given(st.sets(st.sampled_from("abcdef"), min_size=1))
def test_what_is_found_is_accepted_and_nothing_of_it_can_be_left_out(needed: set[str]) -> None:
    found = smallest(changes("a b c d e f"), lambda some: needed <= {change.name for change in some})
    assert found is not None
    assert {change.name for change in found} == needed


def test_it_ends_where_no_more_may_be_sent() -> None:
    def holds(some: Sequence[Named]) -> bool:
        raise OutOfTries

    with pytest.raises(OutOfTries):
        smallest(changes("a b"), holds)


def test_what_is_proven_says_what_was_tried() -> None:
    (one,) = claims(changes("alpha"), 400, 200)
    assert (one.cause, one.source, one.grade) == ("image.alpha", "counterfactual", Certainty.PROVEN)
    assert "unchanged it answers 400, with “alpha” 200" in one.evidence
    two = claims(changes("alpha depth"), 500, 200)
    assert [claim.cause for claim in two] == ["image.alpha", "image.depth"]
    assert two[0].evidence.endswith("with “alpha” and “depth” 200, with less 500")
