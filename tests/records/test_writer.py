"""Answers wait for their record, and never longer than they may."""

import threading
import time
from collections.abc import Iterator, Sequence

import pytest

from records.make import an_id, kept
from why400.records import writer as room
from why400.records.kept import Kept
from why400.records.memory import MemoryStore
from why400.records.store import StoreError
from why400.records.writer import Ears, Ticket, Writer


class Heard:
    """Everything that a writer says, and a way to wait for it."""

    def __init__(self) -> None:
        self.tickets: list[Ticket] = []
        self.written: list[Kept] = []
        self.reasons: list[tuple[str, int]] = []
        self.changed = threading.Condition()
        self.ears = Ears(
            lambda tickets: self._hear(self.tickets, tickets),
            lambda records: self._hear(self.written, records),
            lambda reason, count, words: self._hear(self.reasons, [(reason, count)]),
        )

    def _hear(self, into: list, what: Sequence) -> None:
        with self.changed:
            into += what
            self.changed.notify_all()

    def until(self, holds) -> bool:
        with self.changed:
            return self.changed.wait_for(holds, timeout=5.0)


class Stubborn(MemoryStore):
    """A store that waits, or fails, when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.may_go = threading.Event()
        self.may_go.set()
        self.fails: Exception | None = None
        self.batches: list[int] = []

    def add(self, batch: Sequence[Kept]) -> None:
        self.may_go.wait(10.0)
        self.batches.append(len(batch))
        if self.fails:
            raise self.fails
        super().add(batch)


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def store() -> Stubborn:
    return Stubborn()


@pytest.fixture
def writer(store: Stubborn, heard: Heard) -> Iterator[Writer]:
    made = Writer(store, heard.ears, patience=0.1)
    yield made
    store.may_go.set()
    made.close()


def test_an_answer_goes_when_its_record_is_there(writer: Writer, store: Stubborn, heard: Heard) -> None:
    writer.submit((1, 7), kept(1))
    assert heard.until(lambda: heard.tickets == [(1, 7)])
    assert store.get(an_id(1)) == kept(1).record
    assert heard.until(lambda: len(heard.written) == 1)
    assert heard.reasons == []


def test_all_that_wait_share_one_commit(writer: Writer, store: Stubborn, heard: Heard) -> None:
    store.may_go.clear()
    writer.submit((1, 0), kept(0))
    while writer._queue:
        time.sleep(0.001)
    for number in range(1, 101):
        writer.submit((1, number), kept(number))
    store.may_go.set()
    assert heard.until(lambda: len(heard.tickets) == 101)
    assert store.batches == [1, 100]


def test_a_slow_commit_lets_answers_go_and_is_counted(writer: Writer, store: Stubborn, heard: Heard) -> None:
    store.may_go.clear()
    started = time.monotonic()
    writer.submit((1, 1), kept(1))
    writer.submit((2, 1), kept(2))
    assert heard.until(lambda: len(heard.tickets) == 2)
    assert 0.08 < time.monotonic() - started < 1.0
    assert heard.until(lambda: sum(count for _, count in heard.reasons) == 2)
    assert {reason for reason, _ in heard.reasons} == {"slow"}
    store.may_go.set()
    assert heard.until(lambda: len(heard.written) == 2)
    assert sorted(heard.tickets) == [(1, 1), (2, 1)]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        pytest.param(StoreError("disk-full", "no room"), "disk-full", id="a full disk"),
        pytest.param(StoreError("store-error", "gone"), "store-error", id="a store that is gone"),
        pytest.param(RuntimeError("a bug"), "store-error", id="a bug"),
    ],
)
def test_a_failed_commit_lets_answers_go_and_the_next_is_tried(writer, store, heard, error, reason) -> None:
    store.fails = error
    writer.submit((1, 1), kept(1))
    assert heard.until(lambda: heard.tickets == [(1, 1)])
    assert heard.reasons == [(reason, 1)]
    store.fails = None
    writer.submit((1, 2), kept(2))
    assert heard.until(lambda: len(heard.written) == 1)


def test_too_much_at_once_lets_answers_go(writer, store, heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MOST_RECORDS", 3)
    store.may_go.clear()
    for number in range(10):
        writer.submit((1, number), kept(number))
    assert heard.until(lambda: len(heard.tickets) == 10)
    assert ("queue-full", 1) in heard.reasons


def test_records_grow_old_by_the_clock_that_it_was_given(heard: Heard) -> None:
    asked: list[float] = []

    class Ageing(Stubborn):
        def prune(self, now: float) -> int:
            asked.append(now)
            return 0

    made = Writer(Ageing(), heard.ears, now=lambda: 5.0)
    assert heard.until(lambda: asked == [5.0])
    made.close()


def test_closing_writes_what_has_come(store: Stubborn, heard: Heard) -> None:
    made = Writer(store, heard.ears)
    for number in range(200):
        made.submit((1, number), kept(number))
    made.close()
    assert len(store.select(limit=1000)) == 200
    assert not any(thread.is_alive() for thread in made._threads)
