"""The parent's part in contrast: it learns from every record, and tells the workers what the upstream accepts.

Nothing of this is stored: at a start it is learnt again from the records that are there.
"""

import asyncio
import pickle
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from why400.diagnose.habits import Habits, glimpse_of_record

RECORDS = 2_000
"""So many of the youngest records are learnt from at a start."""

_SECONDS = 0.25


class Teacher:
    """Learns from records as they come, and says what is new now and then."""

    def __init__(self, records: Iterable[Mapping[str, Any]] = ()) -> None:
        self._habits = Habits()
        self._new = False
        for record in records:
            self.learn(record)

    def learn(self, record: Mapping[str, Any]) -> None:
        """Take in one record."""
        glimpse = glimpse_of_record(record)
        if glimpse is not None and self._habits.learn(glimpse):
            self._new = True

    def lesson(self) -> bytes:
        """All that is known, for the workers."""
        self._new = False
        return pickle.dumps(self._habits)

    async def teach(self, tell: Callable[[bytes], None]) -> None:
        """Tell what is new, several times a second at most, for ever."""
        while True:
            await asyncio.sleep(_SECONDS)
            if self._new:
                tell(self.lesson())
