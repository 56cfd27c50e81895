"""Reading records from the SQLite file, beside the process that writes it."""

import os
import sqlite3
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import orjson

from why400.records.kept import moment
from why400.records.schema import FILE, OtherVersion, connect_reading
from why400.records.store import Record

_COLUMNS = """
SELECT line.seq, line.id, line.at, line.weight, line.record, story.id, story.record
FROM records AS line LEFT JOIN records AS story ON story.seq = line.story
"""
_COUNTS = """
SELECT outcome, route, cause, SUM(weight), MAX(at) FROM records WHERE at >= ? GROUP BY outcome, route, cause
"""
SHORTEST_ID = 8
"""Characters of an id by which a record is looked for, at least."""

_MOST = 100_000


class NoRecords(Exception):
    """There is nothing to read; the message says where it was looked for and what to do."""


class SqliteRecords:
    """The reading side of a SQLite file. Any thread may use it; a file that was replaced is opened again."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._connection, self._file = connect_reading(path), file_of(path)
        self._followed = self._file

    def get(self, id: str) -> Record | None:
        """See `Records.get`."""
        id = id.lower()
        rows = self._rows(f"{_COLUMNS} WHERE line.id = ?", id)
        if not rows and len(id) >= SHORTEST_ID:
            rows = self._rows(f"{_COLUMNS} WHERE line.id > ? AND line.id < ? LIMIT 2", id, id + "~")
        return _record(rows[0]) if len(rows) == 1 else None

    def beginning(self, start: str) -> int:
        """How many records have an id that begins so: none, one, or 2 for several."""
        start = start.lower()
        return len(self._rows("SELECT id FROM records WHERE id >= ? AND id < ? LIMIT 2", start, start + "~"))

    def body(self, id: str) -> bytes | None:
        """See `Records.body`."""
        rows = self._rows("SELECT body FROM bodies WHERE seq = (SELECT seq FROM records WHERE id = ?)", id)
        return bytes(rows[0][0]) if rows else None

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
        wanted = {
            "line.at >= ?": since,
            "line.seq IN (SELECT seq FROM causes WHERE cause = ?)": cause,
            "line.route = ?": route,
            "line.outcome = ?": outcome,
            "line.seq < (SELECT seq FROM records WHERE id = ?)": before,
        }
        given = {condition: value for condition, value in wanted.items() if value is not None}
        where = f"WHERE {' AND '.join(given)}" if given else ""
        rows = self._rows(f"{_COLUMNS} {where} ORDER BY line.seq DESC LIMIT ?", *given.values(), min(limit, _MOST))
        return [_record(row) for row in rows]

    def after(self, place: int, limit: int = 200) -> tuple[int, list[Record]]:
        """See `Records.after`."""
        if place < 0:
            self._followed = self._file
            return int(self._rows("SELECT COALESCE(MAX(seq), 0) FROM records")[0][0]), []
        query = f"{_COLUMNS} WHERE line.seq > ? ORDER BY line.seq LIMIT ?"
        rows = self._rows(query, place, limit)
        if self._file != self._followed:  # another file counts its places anew
            self._followed, place = self._file, 0
            rows = self._rows(query, place, limit)
        return (int(rows[-1][0]) if rows else place), [_record(row) for row in rows]

    def counts(self, since: float) -> dict[str, Any]:
        """See `Records.counts`."""
        outcomes: Counter[str] = Counter()
        routes: Counter[str] = Counter()
        causes: Counter[str] = Counter()
        last: dict[str, float] = {}
        for outcome, route, cause, weight, at in self._rows(_COUNTS, since):
            outcomes[outcome] += round(weight)
            routes[route] += round(weight)
            if cause:
                causes[cause] += round(weight)
                last[cause] = max(at, last.get(cause, 0.0))
        return {
            "outcomes": dict(outcomes.most_common()),
            "routes": dict(routes.most_common()),
            "causes": [{"cause": name, "count": n, "last": moment(last[name])} for name, n in causes.most_common()],
        }

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    def _rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            if file_of(self._path) != self._file:
                opened, found = connect_reading(self._path), file_of(self._path)
                self._connection.close()
                self._connection, self._file = opened, found
            return self._connection.execute(query, values).fetchall()


def open_records(folder: Path) -> SqliteRecords:
    """The records in a data folder, for commands. NoRecords says what is missing, or in the way."""
    path = folder / FILE
    if not path.is_file():
        what = f"{folder} holds no records" if folder.is_dir() else f"there is no data folder {folder}"
        raise NoRecords(f"{what}; give --data the folder that `why400 serve` writes to")
    try:
        return SqliteRecords(path)
    except OtherVersion as error:
        raise NoRecords(str(error)) from None
    except sqlite3.Error as error:
        raise NoRecords(
            f"{path} cannot be read: {error}; start `why400 serve` on it once, which mends the folder"
        ) from None


def file_of(path: Path) -> tuple[int, int] | None:
    """Which file a path leads to now (device and inode), or None."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _record(row: tuple[Any, ...]) -> Record:
    """A record as kept, or a line told with the story that it shares; what was only of the story's own is left out."""
    _, id, at, weight, own, story_id, story = row
    if own is not None:
        whole: Record = orjson.loads(own)
        return whole
    shared: Record = orjson.loads(story)
    request = {"request": {**shared["request"], "body_id": None}} if shared.get("request") else {}
    evidence = {"kept": "story", "complete": False}
    return {
        **shared,
        "id": id,
        "at": moment(at),
        "weight": weight,
        **request,
        "timing": {},
        "evidence": evidence,
        "story": story_id,
    }
