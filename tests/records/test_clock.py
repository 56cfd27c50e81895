import time

import pytest

from why400.records.clock import AgeingClock

WEEK = 7 * 86400

SET: dict[str, tuple[list[tuple[int, int]], int]] = {
    "not at all": ([(0, 0), (60, 60)], 60),
    "a little ahead": ([(0, 0), (60, 100)], 100),
    "a little ahead, often": ([(0, 0), (60, 100), (120, 200), (180, 300)], 300),
    "back": ([(0, 0), (60, -WEEK)], -WEEK),
    "a week ahead": ([(0, 0), (60, WEEK)], 60),
    "a week ahead, asked for half an hour": ([(0, 0), (60, WEEK), (1800, WEEK + 1740)], 1800),
    "a week ahead, for an hour": ([(0, 0), (60, WEEK), (3660, WEEK + 3600)], WEEK + 3600),
    "a week ahead and back": ([(0, 0), (60, WEEK), (1800, 1800), (5400, 5400)], 5400),
    "ahead, back, and ahead again": ([(0, 0), (60, WEEK), (1800, 1800), (3700, WEEK)], 3700),
    "ahead twice": ([(0, 0), (60, WEEK), (1800, 2 * WEEK), (3700, 2 * WEEK)], 2 * WEEK),
}
"""Seconds that have passed and what the clock says then, each time that it is asked; what is believed at last."""


@pytest.mark.parametrize(("asked", "believed"), SET.values(), ids=SET)
def test_how_the_clock_was_set(asked: list[tuple[int, int]], believed: int) -> None:
    at = [asked[0]]
    clock = AgeingClock(wall=lambda: at[0][1], steady=lambda: at[0][0])
    for at[0] in asked:
        said = clock.now()
    assert said == believed


def test_it_is_the_systems() -> None:
    assert AgeingClock().now() == pytest.approx(time.time(), abs=5)
