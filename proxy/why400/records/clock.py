"""The time by which records grow old: a clock that is set wrong for a while takes none of them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

_LEAP = 60.0
"""Seconds that a clock may be set ahead at a time; more of it has to last to be believed."""

_LASTS = 3600.0


def _since_boot() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)


@dataclass(slots=True)
class AgeingClock:
    """The system's time, but that a leap ahead counts only once it has lasted for an hour: what it makes too old is
    gone for good. `wall` and `steady` give seconds; nobody sets `steady`, which runs on while the machine sleeps."""

    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = _since_boot
    _offset: float = field(init=False)
    _leapt_at: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._offset = self.wall() - self.steady()

    def now(self) -> float:
        """Seconds since the epoch."""
        steady = self.steady()
        offset = self.wall() - steady
        if offset <= self._offset + _LEAP or (self._leapt_at is not None and steady - self._leapt_at >= _LASTS):
            self._offset, self._leapt_at = offset, None
        elif self._leapt_at is None:
            self._leapt_at = steady
        return steady + self._offset
