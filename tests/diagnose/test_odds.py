"""The test that separates facts, against numbers by hand, and its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.diagnose.habits import Tally
from why400.diagnose.odds import CHANCE, by_chance, in_numbers, separates, without


@pytest.mark.parametrize(
    ("fact", "total", "expected"),
    [
        ((0, 0), (1, 0), 1 / 2),
        ((0, 0), (99, 0), 1 / 100),
        ((0, 4), (95, 4), 1 / 75287520),
        ((1, 1), (2, 1), 1 / 2),
    ],
    ids=["one of two", "one of a hundred", "five of a hundred", "as often as not"],
)
def test_the_probability_is_fishers(fact: tuple[int, int], total: tuple[int, int], expected: float) -> None:
    """Against numbers by hand: the hypergeometric tail, this refusal counted in."""
    assert by_chance(Tally(*fact), Tally(*total)) == pytest.approx(expected, rel=1e-6)
    assert 0 < CHANCE < 0.05


ROWS = {
    "211 of 212": ((1, 210), (8438, 213), 48, True),
    "the first of a thousand, alone": ((0, 0), (1000, 0), 1, True),
    "the first of a thousand, among many facts": ((0, 0), (1000, 0), 48, False),
    "half of them": ((50, 50), (500, 50), 1, False),
    "everything is refused": ((0, 50), (5, 500), 1, False),
}


@pytest.mark.parametrize(("fact", "total", "compared", "apart"), ROWS.values(), ids=ROWS)
def test_what_separates(fact: tuple[int, int], total: tuple[int, int], compared: int, apart: bool) -> None:
    assert separates(Tally(*fact), Tally(*total), compared) is apart


def test_the_words() -> None:
    fact, total = Tally(1, 210, 1.0), Tally(1000, 213, 8438.0)
    said = in_numbers(fact, total, "with an alpha channel", "without it", True)
    assert said.startswith("of 212 requests with an alpha channel 211 were refused, of 8,440 without it 3 (Fisher")
    assert "too few to rule out chance" in in_numbers(Tally(), Tally(3, 0, 3.0), "with it", "without it", False)


counts = st.integers(0, 5000)


@given(counts, counts, counts, counts)
def test_a_probability_whatever_the_counts(a: int, b: int, c: int, d: int) -> None:
    fact, total = Tally(a, b, a), Tally(a + c, b + d, a + c)
    assert 0 <= by_chance(fact, total) <= 1
    assert (without(fact, total).accepted, without(fact, total).refused) == (c, d)
