"""The writer: one thread that commits what has come, and a guard that lets no answer wait too long for it."""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from why400.records.kept import Kept
from why400.records.store import Store, StoreError

Ticket = tuple[int, int]
"""Who waits for a commit: a worker, and its own number of the record."""

_MOST_RECORDS = 10_000
_MOST_BYTES = 64 * 1024 * 1024
_BATCH = 500
_PRUNE_EVERY = 60.0


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of what the writer does. All are called from the writer's threads.

    `committed` frees answers: each ticket is given to it exactly once, in time whatever the store does. `written` gets
    the records that are on disk now, `lost` a reason (`slow`, `queue-full`, `disk-full`, `store-error`), how many, and
    words for a log. `slow` counts answers that went before their record was committed, which may still have come later.
    """

    committed: Callable[[Sequence[Ticket]], None]
    written: Callable[[Sequence[Kept]], None]
    lost: Callable[[str, int, str], None]


class Writer:
    """Commits records in batches: one commit for all that wait. `patience` is seconds from submission to release;
    by `now`, in seconds since the epoch, records grow old."""

    def __init__(self, store: Store, ears: Ears, patience: float = 0.25, now: Callable[[], float] = time.time) -> None:
        self._store, self._ears, self._patience, self._now = store, ears, patience, now
        self._changed = threading.Condition()
        self._queue: deque[tuple[Ticket, Kept]] = deque()
        self._queued_bytes = 0
        self._waiting: dict[Ticket, float] = {}
        self._closing = False
        self._ended = threading.Event()
        self._prune_at = 0.0
        self._threads = [
            threading.Thread(target=work, name=f"records-{work.__name__.strip('_')}", daemon=True)
            for work in (self._commit_all, self._guard)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, ticket: Ticket, kept: Kept) -> None:
        """Have a record written. Never blocks: where too much waits already the answer goes, and that is counted."""
        with self._changed:
            taken = len(self._queue) < _MOST_RECORDS and self._queued_bytes < _MOST_BYTES
            if taken:
                self._queue.append((ticket, kept))
                self._queued_bytes += len(kept.body or b"")
                self._waiting[ticket] = time.monotonic() + self._patience
                self._changed.notify_all()
        if not taken:
            self._ears.lost("queue-full", 1, "records come faster than they can be written")
            self._ears.committed([ticket])

    def close(self, timeout: float = 5.0) -> None:
        """Write what has come and end both threads; give up after `timeout` seconds."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        deadline = time.monotonic() + timeout
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            self._ended.set()

    def _commit_all(self) -> None:
        while not self._is_done():
            batch = self._next_batch()
            if batch:
                self._write(batch)
            self._prune()

    def _is_done(self) -> bool:
        with self._changed:
            return self._closing and not self._queue

    def _next_batch(self) -> list[tuple[Ticket, Kept]]:
        """All that waits, up to a bound; nothing when the writer is closed or retention is due."""
        with self._changed:
            due = max(0.0, self._prune_at - time.monotonic())
            self._changed.wait_for(lambda: self._queue or self._closing, timeout=due)
            batch = [self._queue.popleft() for _ in range(min(len(self._queue), _BATCH))]
            self._queued_bytes -= sum(len(kept.body or b"") for _, kept in batch)
            return batch

    def _write(self, batch: list[tuple[Ticket, Kept]]) -> None:
        records = [kept for _, kept in batch]
        try:
            self._store.add(records)
        except Exception as error:  # the thread has to live: whatever the store does, the next batch is tried
            self._ears.lost(getattr(error, "reason", "store-error"), len(records), str(error))
            records = []
        self._release([ticket for ticket, _ in batch])
        if records:
            self._ears.written(records)

    def _release(self, tickets: Sequence[Ticket]) -> int:
        """Free the answers that still wait; how many those were."""
        with self._changed:
            released = [ticket for ticket in tickets if self._waiting.pop(ticket, None) is not None]
        if released:
            self._ears.committed(released)
        return len(released)

    def _guard(self) -> None:
        """Sleep until the oldest waiting ticket is overdue, release what is, and again."""
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closing)
                if not self._waiting:
                    return
                now = time.monotonic()
                overdue = [ticket for ticket, deadline in self._waiting.items() if deadline <= now]
                oldest = next(iter(self._waiting.values()))
            self._ended.wait(max(0.0, oldest - now))
            if late := self._release(overdue):
                self._ears.lost("slow", late, f"a commit takes over {self._patience * 1000:.0f} ms")

    def _prune(self) -> None:
        """A step of retention now and then, and again soon while there is more to remove."""
        if time.monotonic() < self._prune_at:
            return
        try:
            more = self._store.prune(self._now()) > 0
        except StoreError as error:
            self._ears.lost(error.reason, 0, str(error))
            more = False
        self._prune_at = time.monotonic() + (0.2 if more else _PRUNE_EVERY)
