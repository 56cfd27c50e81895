"""The store in a SQLite file: what a sidecar keeps, and the truth of it."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from why400.records.kept import Kept
from why400.records.reading import SqliteRecords, file_of
from why400.records.retention import Keep, prune
from why400.records.schema import FILE, connect_writing
from why400.records.store import StoreError, causes_of, lead_cause
from why400.records.stories import Stories

_INSERT = """
INSERT INTO records (id, at, route, outcome, status, cause, weight, story, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET route = excluded.route, outcome = excluded.outcome, status = excluded.status,
    cause = excluded.cause, weight = excluded.weight, story = excluded.story, record = excluded.record
RETURNING seq
"""
_BROKEN = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


class SqliteStore(SqliteRecords):
    """Records in `records.sqlite` of a data folder. Reading has its own connection, so no page waits for a commit.

    A file that turns out damaged is moved aside, said through `say`, and a new one is started: what could not be read
    any more must not keep new refusals from being kept.
    """

    def __init__(self, folder: Path, keep: Keep, say: Callable[[str], None]) -> None:
        self._folder, self._keep, self._say = folder, keep, say
        self._writing = self._opened()
        self._own = file_of(folder / FILE)
        self._suspect = False
        self._stories = Stories()
        super().__init__(folder / FILE)

    def add(self, batch: Sequence[Kept]) -> None:
        """See `Store.add`."""
        try:
            self._commit_again(batch)
        except sqlite3.Error as error:
            if not (_is_broken(error) or self._is_lost()):
                raise _store_error(error) from error
            self._start_over(batch)

    def prune(self, now: float) -> int:
        """See `Store.prune`."""
        try:
            return prune(self._writing, self._keep, now)
        except sqlite3.Error as error:
            raise _store_error(error) from error

    def close(self) -> None:
        """See `Store.close`."""
        super().close()
        self._writing.close()

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """A page that meets damage does not mend it: the next commit does."""
        try:
            return super()._rows(query, *values)
        except sqlite3.Error as error:
            self._suspect = self._suspect or _is_broken(error)
            raise

    def _commit_again(self, batch: Sequence[Kept]) -> None:
        """Once more where a story that lines would share was erased meanwhile (`why400 erase`)."""
        try:
            self._commit(batch)
        except sqlite3.IntegrityError:
            self._commit(batch)

    def _commit(self, batch: Sequence[Kept]) -> None:
        if self._is_lost():
            raise sqlite3.OperationalError("the file was damaged or taken away")
        self._writing.execute("BEGIN IMMEDIATE")
        try:
            for kept in batch:
                self._insert(kept)
            self._writing.execute("COMMIT")
        except BaseException:
            self._stories = Stories()
            if self._writing.in_transaction:
                self._writing.execute("ROLLBACK")
            raise

    def _insert(self, kept: Kept) -> None:
        record = kept.record
        at = datetime.fromisoformat(record["at"]).timestamp()
        story = self._stories.shared(record, at)
        told = None if story else orjson.dumps(record)
        columns = (at, record["route"], record["outcome"], record["status"], lead_cause(record), record["weight"])
        place = self._writing.execute(_INSERT, (record["id"], *columns, story, told)).fetchone()[0]
        self._writing.execute("DELETE FROM causes WHERE seq = ?", (place,))
        causes = [(cause, place) for cause in causes_of(record)]
        self._writing.executemany("INSERT INTO causes (cause, seq) VALUES (?, ?)", causes)
        if not story:
            self._stories.kept(record, place)
            self._keep_body(place, kept.body)

    def _keep_body(self, place: int, body: bytes | None) -> None:
        if body is not None:
            self._writing.execute("INSERT OR REPLACE INTO bodies (seq, body) VALUES (?, ?)", (place, body))

    def _opened(self) -> sqlite3.Connection:
        path = self._folder / FILE
        try:
            return connect_writing(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError) and not _is_broken(error):
                raise _store_error(error) from error
            self._say(
                f"the records in {path} are damaged ({error}); they are kept as {_aside(path)}, a new file starts"
            )
            return connect_writing(path)

    def _start_over(self, batch: Sequence[Kept]) -> None:
        """The file is damaged or was taken away: open it anew, and try this batch once more."""
        self._writing.close()
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._writing = self._opened()
            self._own, self._suspect = file_of(self._folder / FILE), False
            self._commit(batch)
        except (sqlite3.Error, OSError) as error:
            raise _store_error(error) from error
        self._say(f"the records start anew in {self._folder / FILE}")

    def _is_lost(self) -> bool:
        return self._suspect or file_of(self._folder / FILE) != self._own


def _is_broken(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in _BROKEN


def _store_error(error: Exception) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return StoreError("disk-full" if code == sqlite3.SQLITE_FULL else "store-error", str(error))


def _aside(path: Path) -> Path:
    """Move a damaged file and its companions aside; their new common name."""
    name = f"{path.name}.corrupt-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    for suffix in ("", "-wal", "-shm"):
        companion = path.with_name(path.name + suffix)
        if companion.exists():
            companion.rename(path.with_name(name + suffix))
    return path.with_name(name)
