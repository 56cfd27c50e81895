"""The store where there is no folder to write to: the last records, in memory."""

from collections import Counter, deque
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from why400.records.kept import Kept
from why400.records.store import Record, causes_of, lead_cause

MOST = 1000
"""Records held."""


class MemoryStore:
    """The last `MOST` records; they are gone when the process is."""

    def __init__(self, most: int = MOST) -> None:
        self._kept: deque[tuple[int, Kept]] = deque(maxlen=most)
        self._written = 0

    def add(self, batch: Sequence[Kept]) -> None:
        """See `Store.add`."""
        for kept in batch:
            self._written += 1
            self._kept.append((self._written, kept))

    def prune(self, now: float) -> int:
        """Nothing to do: the oldest went when the newest came."""
        return 0

    def close(self) -> None:
        """Forget all."""
        self._kept.clear()

    def get(self, id: str) -> Record | None:
        """See `Records.get`."""
        found = self._found(id)
        return found.record if found else None

    def body(self, id: str) -> bytes | None:
        """See `Records.body`."""
        found = self._found(id)
        return found.body if found else None

    def select(
        self,
        *,
        since: float | None = None,
        cause: str | None = None,
        route: str | None = None,
        outcome: str | None = None,
        limit: int = 50,
        before: str | None = None,
    ) -> list[Record]:
        """See `Records.select`."""
        matching = [
            record
            for record in self._newest_first()
            if (since is None or at_of(record) >= since)
            and (cause is None or cause in causes_of(record))
            and (route is None or record["route"] == route)
            and (outcome is None or record["outcome"] == outcome)
        ]
        ids = [record["id"] for record in matching]
        start = ids.index(before) + 1 if before in ids else 0
        return matching[start : start + limit]

    def after(self, place: int, limit: int = 200) -> tuple[int, list[Record]]:
        """See `Records.after`."""
        if place < 0:
            return self._written, []
        newer = [(seq, kept.record) for seq, kept in tuple(self._kept) if seq > place][:limit]
        return (newer[-1][0] if newer else place), [record for _, record in newer]

    def counts(self, since: float) -> dict[str, Any]:
        """See `Records.counts`."""
        records = [record for record in self._newest_first() if at_of(record) >= since]
        causes = Counter(cause for record in records if (cause := lead_cause(record)))
        last = {lead_cause(record): record["at"] for record in reversed(records)}
        return {
            "outcomes": dict(Counter(record["outcome"] for record in records).most_common()),
            "routes": dict(Counter(record["route"] for record in records).most_common()),
            "causes": [{"cause": name, "count": count, "last": last[name]} for name, count in causes.most_common()],
        }

    def _newest_first(self) -> list[Record]:
        return [kept.record for _, kept in reversed(tuple(self._kept))]

    def _found(self, id: str) -> Kept | None:
        return next((kept for _, kept in reversed(tuple(self._kept)) if kept.record["id"].startswith(id)), None)


def at_of(record: Record) -> float:
    """When the exchange began, seconds since the epoch."""
    return datetime.fromisoformat(record["at"]).timestamp()
