"""The parent's part in contrast: it learns from records, and tells the workers each thing that they are to learn.

What it knows is kept now and then (`plain`); at a start it goes on from there, with the records that came after. And it
has second thoughts about refusals whose reason was not known when they came.
"""

import pickle
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from why400.diagnose.habits import Habits, glimpse_of_record
from why400.diagnose.hindsight import Open, open_question, second_thoughts
from why400.exchange import Claim

RECORDS = 2_000
"""So many of the youngest records are looked through at a start for what is not learnt yet."""

MOST = 100
"""So many records a second are learnt from while serving: a flood of refusals has little to teach."""

OPEN_QUESTIONS = 200
"""So many of the youngest refusals without a likely reason are thought of again as more becomes known, and so many of
those of which only their own facts make one likely."""


class Teacher:
    """Learns from records as they come. What it packs is for workers that know what it knew before."""

    def __init__(
        self,
        records: Iterable[Mapping[str, Any]] = (),
        clock: Callable[[], float] = time.monotonic,
        kept: Mapping[str, Any] | None = None,
    ) -> None:
        self._clock = clock
        self._second, self._taken = 0, 0
        self._habits, self._learnt = _taken_up(kept)
        self._open: deque[Open] = deque(maxlen=OPEN_QUESTIONS)
        self._doubtful: deque[Open] = deque(maxlen=OPEN_QUESTIONS)
        self._changed: set[str] = set()
        known = set(self._learnt)
        oldest = self._learnt[0] if self._learnt else ""
        for record in records:
            if record["id"] not in known and record["id"] > oldest:
                self._learn(record)

    def plain(self) -> dict[str, Any]:
        """All that is known, and the ids of the records that it was learnt from last: to be kept."""
        return {"learnt": list(self._learnt), "known": self._habits.plain()}

    def forget(self) -> None:
        """Know nothing any more."""
        self._habits, self._learnt = _taken_up(None)
        self._open.clear()
        self._doubtful.clear()

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

    def second_thoughts(self, most: int) -> list[tuple[str, Sequence[Claim]]]:
        """Ids of refusals of which more can be said by now, or less, with the claims; each is told once."""
        told: list[tuple[str, Sequence[Claim]]] = []
        for asked in [one for one in (*self._open, *self._doubtful) if one.glimpse.key in self._changed]:
            habit = self._habits.get(asked.glimpse.key)
            claims = second_thoughts(habit, asked) if habit is not None else ()
            if claims and len(told) < most:
                told.append((asked.id, claims))
                (self._doubtful if asked.likely else self._open).remove(asked)
        if len(told) < most:
            self._changed.clear()
        return told

    def _learn(self, record: Mapping[str, Any]) -> bytes | None:
        glimpse = glimpse_of_record(record)
        if glimpse is None:
            return None
        if (asked := open_question(record, glimpse)) is not None:
            (self._doubtful if asked.likely else self._open).append(asked)
        if not self._habits.learn(glimpse):
            return None
        self._learnt.append(record["id"])
        self._changed.add(glimpse.key)
        return pickle.dumps(glimpse)


def _taken_up(kept: Mapping[str, Any] | None) -> tuple[Habits, deque[str]]:
    """What was kept; nothing where it cannot be read."""
    try:
        if kept is not None:
            return Habits.of_plain(kept["known"]), deque(map(str, kept["learnt"]), RECORDS)
    except (KeyError, TypeError, ValueError):
        pass
    return Habits(), deque(maxlen=RECORDS)
