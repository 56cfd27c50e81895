"""Limits found in few questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from why400.probe.bounds import SIDES, SIZES, limit

FOUND = {
    "a round number": (512 * 1024, 262_144, 1_048_576, SIZES, (524_288, 524_289)),
    "less than a round number": (999_999, 262_144, 1_048_576, SIZES, (999_999, 1_000_000)),
    "downwards": (32, 224, 1, SIDES, (32, 31)),
    "more than a round number, downwards": (33, 224, 1, SIDES, (33, 32)),
}


@pytest.mark.parametrize(("most", "good", "bad", "landmarks", "found"), FOUND.values(), ids=FOUND)
def test_limits_that_people_write_are_found_exactly(
    most: int, good: int, bad: int, landmarks: tuple[int, ...], found: tuple[int, int]
) -> None:
    asked = []

    def holds(size: int) -> bool:
        asked.append(size)
        return size <= most if bad > good else size >= most

    assert limit(holds, good, bad, landmarks) == found
    assert len(asked) <= 10


@settings(deadline=None)
@given(st.integers(1000, 16_000_000), st.booleans())
def test_any_limit_is_enclosed(most: int, upwards: bool) -> None:
    """What is returned as taken is taken, what as refused is refused, and little lies between."""
    ends = (1000, 16_000_001) if upwards else (16_000_001, 999)
    asked = []

    def holds(size: int) -> bool:
        asked.append(size)
        return size <= most if upwards else size >= most

    good, bad = limit(holds, *ends, SIZES)
    assert holds(good) or good == ends[0]
    assert not holds(bad) or bad == ends[1]
    assert abs(good - bad) <= max(2, 0.02 * max(good, bad))
    assert len(asked) <= 24
