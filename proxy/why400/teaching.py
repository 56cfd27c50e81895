"""The parent's part in contrast: it learns from records, and tells the workers each thing that they are to learn.

Nothing of this is stored: at a start it is learnt again from the records that are there.
"""

import pickle
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from why400.diagnose.habits import Habits, glimpse_of_record

RECORDS = 2_000
"""So many of the youngest records are learnt from at a start."""

MOST = 100
"""So many records a second are learnt from while serving: a flood of refusals has little to teach."""


class Teacher:
    """Learns from records as they come. What it packs is for workers that know what it knew before."""

    def __init__(self, records: Iterable[Mapping[str, Any]] = (), clock: Callable[[], float] = time.monotonic) -> None:
        self._habits = Habits()
        self._clock = clock
        self._second, self._taken = 0, 0
        for record in records:
            self._learn(record)

    def everything(self) -> bytes:
        """All that is known, packed for a new worker."""
        return pickle.dumps(self._habits)

    def lesson(self, record: Mapping[str, Any]) -> bytes | None:
        """What a record teaches, packed; None where it teaches nothing, or too many came in this second."""
        second = int(self._clock())
        if second != self._second:
            self._second, self._taken = second, 0
        if self._taken >= MOST:
            return None
        lesson = self._learn(record)
        self._taken += lesson is not None
        return lesson

    def _learn(self, record: Mapping[str, Any]) -> bytes | None:
        glimpse = glimpse_of_record(record)
        return pickle.dumps(glimpse) if glimpse is not None and self._habits.learn(glimpse) else None
