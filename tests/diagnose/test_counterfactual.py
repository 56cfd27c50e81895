"""The smallest set of changes that is accepted, on models as plain as predicates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.diagnose.counterfactual import Heard, OutOfTries, claims, claims_of_another_answer, smallest
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
    "none does": ("a b c", lambda s: False, None, 7),
    "nothing to try": ("", lambda s: True, None, 0),
    "a change and a place": ("a b place:x place:y", lambda s: {"a", "y"} <= s, "a y", 11),
    "two of a group exclude each other": ("g:a g:b c", lambda s: {"a", "c"} <= s and "b" not in s, "a c", 8),
    "what is needed spoils nothing, all together would": ("a b c d", lambda s: s == {"a", "d"}, "a d", 12),
}


@pytest.mark.parametrize(("given", "accepts", "found", "most"), CASES.values(), ids=CASES)
def test_smallest(given: str, accepts: Accepts, found: str | None, most: int) -> None:
    asked = []

    def ask(some: Sequence[Named]) -> Heard:
        asked.append(some)
        return Heard(accepts({change.name for change in some}))

    smallest_found = smallest(changes(given), ask, "")
    assert smallest_found == (None if found is None else tuple(changes(given)[i] for i in _places(given, found)))
    assert len(asked) <= most


MANY = " ".join(f"c{number:02}" for number in range(30))
ONE_AFTER_ANOTHER = {
    "two, the second of a kind that spoils others": (["c20", "c03"], 120),
    "three": (["c25", "c14", "c02"], 160),
}


@pytest.mark.parametrize(("faults", "most"), ONE_AFTER_ANOTHER.values(), ids=ONE_AFTER_ANOTHER)
def test_a_server_that_complains_of_one_fault_after_another_leads_the_way(faults: list[str], most: int) -> None:
    """Any other change spoils the request: only what changes the words tells which to go on from."""
    asked = []

    def ask(some: Sequence[Named]) -> Heard:
        asked.append(some)
        names = {change.name for change in some}
        left = [fault for fault in faults if fault not in names]
        spoilt = names - set(faults)
        return Heard(not left and not spoilt, f"wrong: {left[0]}" if left else "spoilt")

    found = smallest(changes(MANY), ask, f"wrong: {faults[0]}")
    assert {change.name for change in found or ()} == set(faults)
    assert len(asked) <= most


def test_what_is_suspected_is_tried_together_before_anything_else() -> None:
    asked = []

    def ask(some: Sequence[Named]) -> Heard:
        asked.append(some)
        return Heard({"c00", "c01"} <= {change.name for change in some})

    found = smallest(changes(MANY), ask, "", suspected=2)
    assert [change.name for change in found or ()] == ["c00", "c01"]
    assert len(asked) == 3


def _places(given: str, found: str) -> list[int]:
    names = [word.rpartition(":")[2] for word in given.split()]
    return [names.index(name) for name in found.split()]


@given(st.sets(st.sampled_from("abcdef"), min_size=1))
def test_what_is_found_is_accepted_and_nothing_of_it_can_be_left_out(needed: set[str]) -> None:
    found = smallest(changes("a b c d e f"), lambda some: Heard(needed <= {change.name for change in some}), "")
    assert found is not None
    assert {change.name for change in found} == needed


def test_it_ends_where_no_more_may_be_sent() -> None:
    def ask(some: Sequence[Named]) -> Heard:
        raise OutOfTries

    with pytest.raises(OutOfTries):
        smallest(changes("a b"), ask, "")


def test_what_is_proven_says_what_was_tried() -> None:
    (one,) = claims(changes("alpha"), 400, 200)
    assert (one.cause, one.source, one.grade) == ("image.alpha", "counterfactual", Certainty.PROVEN)
    assert "unchanged it answers 400, with “alpha” 200" in one.evidence
    two = claims(changes("alpha depth"), 500, 200)
    assert [claim.cause for claim in two] == ["image.alpha", "image.depth"]
    assert two[0].evidence.endswith("with “alpha” and “depth” 200, with less 500")


def test_another_answer_is_proven_for_each_change() -> None:
    told = claims_of_another_answer(changes("exif-rotation depth-clipped"), 200)
    assert [claim.cause for claim in told] == ["image.exif-rotation", "image.depth-clipped"]
    assert "unchanged it answers 200 as ever, with “exif-rotation” 200 and another answer" in told[0].evidence
