"""How long a connection that rests is believed to be open."""

import pytest

from why400.wire.lasting import Lasting

# When, and at what age, connections ended; then how long one is believed in at that time. The most is 1 s.
ENDS: dict[str, tuple[list[tuple[float, float]], float, float]] = {
    "none": ([], 5.0, 1.0),
    "at once": ([(5.0, 0.001)], 5.0, 0.0),
    "after a second": ([(5.0, 1.0)], 5.0, 0.5),
    "after more than is believed anyway": ([(5.0, 3.0)], 5.0, 1.0),
    "the soonest counts": ([(5.0, 0.4), (6.0, 0.8)], 6.0, 0.2),
    "remembered": ([(5.0, 0.4)], 14.9, 0.2),
    "forgotten": ([(5.0, 0.4)], 15.0, 1.0),
    "seen again": ([(5.0, 0.4), (12.0, 0.9)], 15.0, 0.2),
}


@pytest.mark.parametrize(("ends", "now", "seconds"), ENDS.values(), ids=ENDS)
def test_half_of_what_is_known(ends: list[tuple[float, float]], now: float, seconds: float) -> None:
    lasting = Lasting(1.0)
    for at, age in ends:
        lasting.ended(age, at)
    assert lasting.seconds(now) == seconds


@pytest.mark.parametrize(("age", "seconds"), [(0.0, 1.0), (0.4, 0.2)], ids=["at once", "later"])
def test_one_that_outlives_them_all_says_that_not_all_end_at_once(age: float, seconds: float) -> None:
    lasting = Lasting(1.0)
    lasting.ended(age, 5.0)
    lasting.outlived()
    assert lasting.seconds(6.0) == seconds
