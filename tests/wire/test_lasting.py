"""How long a connection that rests is believed to be open."""

import pytest

from why400.wire.lasting import Lasting

AT_ONCE = [(5.0, 0.001), (5.1, 0.0), (5.2, 0.01)]

# When, and at what age, connections ended; then which ages are believed at some time. The most is 1 s.
ENDS: dict[str, tuple[list[tuple[float, float]], float, dict[float, bool]]] = {
    "none": ([], 5.0, {0.0: True, 0.9: True, 1.0: False}),
    "twice at once": (AT_ONCE[:2], 5.2, {0.0: True, 0.9: True}),
    "three times at once": (AT_ONCE, 5.2, {0.0: False, 0.04: False, 0.05: True, 0.9: True, 1.0: False}),
    "that is remembered": (AT_ONCE, 15.1, {0.0: False}),
    "that is forgotten": (AT_ONCE, 15.2, {0.0: True}),
    "at any time": ([(5.0, 0.1), (5.1, 0.05), (5.2, 0.2)], 5.2, {0.0: True, 0.9: True}),
    "after a second": ([(5.0, 0.98)], 5.0, {0.0: True, 0.48: True, 0.5: False}),
    "after more than is believed anyway": ([(5.0, 3.0)], 5.0, {0.9: True, 1.0: False}),
    "the soonest counts": ([(5.0, 0.4), (6.0, 0.8)], 6.0, {0.19: True, 0.2: False}),
    "remembered": ([(5.0, 0.4)], 14.9, {0.2: False}),
    "forgotten": ([(5.0, 0.4)], 15.0, {0.9: True}),
    "seen again": ([(5.0, 0.4), (12.0, 0.9)], 15.0, {0.2: False}),
}


@pytest.mark.parametrize(("ends", "now", "ages"), ENDS.values(), ids=ENDS)
def test_what_is_believed(ends: list[tuple[float, float]], now: float, ages: dict[float, bool]) -> None:
    lasting = Lasting(1.0)
    for at, age in ends:
        lasting.ended(age, at)
    assert {age: lasting.believes(age, now) for age in ages} == ages


@pytest.mark.parametrize(("age", "believed"), [(0.04, False), (0.05, True)], ids=["perhaps not yet", "not any more"])
def test_one_that_stayed_says_whether_they_end_at_once(age: float, believed: bool) -> None:
    lasting = Lasting(1.0)
    for at, old in AT_ONCE:
        lasting.ended(old, at)
    lasting.stayed(age)
    assert lasting.believes(0.0, 6.0) is believed


def test_only_ends_in_a_row_count() -> None:
    lasting = Lasting(1.0)
    for at, age in AT_ONCE * 9:
        lasting.ended(age, at)
        lasting.stayed(0.1)
    assert lasting.believes(0.0, 6.0)
