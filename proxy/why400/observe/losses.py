"""What a log says of records that were lost: the first at once, of more how many, every ten seconds."""

import math
import time
from collections import Counter
from collections.abc import Callable

EVERY = 10.0
"""Seconds between two lines about losses for the same reason; the metric counts each."""

_TO_DO = {
    "disk-full": "; make room, or lower --keep",
    "store-error": "; look at the data folder",
    "queue-full": "; the disk is too slow for so many refusals",
    "slow": "; the data folder is on a slow disk",
}


class Losses:
    """Counts losses by reason, and hands a line for people to `say` when one is due."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say, self._clock = say, clock
        self._untold: Counter[str] = Counter()
        self._told: dict[str, float] = {}

    def lost(self, reason: str, count: int, words: str) -> None:
        """So many records, or waits for them, were given up for this reason, in these words of the store."""
        now = self._clock()
        self._untold[reason] += count
        if now - self._told.get(reason, -math.inf) >= EVERY:
            self._say(f"records: {words} ({reason}, {self._untold.pop(reason)}){_TO_DO.get(reason, '')}")
            self._told[reason] = now
