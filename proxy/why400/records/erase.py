"""Erasing records so that nothing of them is left in the files: pages, free pages and the write-ahead log included."""

import sqlite3
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from why400.records.habits_file import erase_habits
from why400.records.schema import FILE, connect_writing
from why400.records.store import StoreError

_STEP = 250
"""Records erased in one commit, so that a running `serve` never waits long for its own."""

_PATIENCE, _PAUSE = 10.0, 0.05
"""How long readers may keep the log from being emptied, and how often that is tried."""

_ONE = "DELETE FROM records WHERE id = ? AND 0 < ?"
_BEFORE = "DELETE FROM records WHERE seq IN (SELECT seq FROM records WHERE at < ? ORDER BY seq LIMIT ?)"
_ALL = "DELETE FROM records WHERE seq IN (SELECT seq FROM records ORDER BY seq LIMIT ?)"
"""Each ends with how many at most."""


@dataclass(frozen=True, slots=True)
class Erased:
    """How many records went, those included that shared a story with one of them; `clean`: the log is emptied too."""

    records: int
    clean: bool


def erase_one(folder: Path, id: str) -> Erased:
    """Erase the record of that id and what shares its story. StoreError."""
    return _erase(folder, _ONE, id)


def erase_before(folder: Path, at: float) -> Erased:
    """Erase all records before a time (epoch seconds). StoreError."""
    return _erase(folder, _BEFORE, at)


def erase_all(folder: Path) -> Erased:
    """Erase all records, what was learnt from them, and files moved aside because they were damaged. StoreError."""
    erased = _erase(folder, _ALL)
    erase_habits(folder)
    for aside in folder.glob(f"{FILE}.corrupt-*"):
        aside.unlink()
    return erased


def _erase(folder: Path, delete: str, *values: object) -> Erased:
    try:
        with closing(connect_writing(folder / FILE)) as connection:
            connection.execute("PRAGMA secure_delete = ON")
            newest = int(connection.execute("SELECT COALESCE(MAX(seq), 0) FROM records").fetchone()[0])
            before = _count(connection, newest)
            while connection.execute(delete, (*values, _STEP)).rowcount:
                continue
            gone = before - _count(connection, newest)
            # Free pages may still hold what retention deleted: out of the file they go.
            connection.executescript("PRAGMA incremental_vacuum")
            return Erased(gone, _emptied(connection))
    except sqlite3.Error as error:
        raise StoreError("store-error", f"the records in {folder} cannot be erased: {error}") from error


def _count(connection: sqlite3.Connection, newest: int) -> int:
    """How many there are of those that were there when we came."""
    return int(connection.execute("SELECT COUNT(*) FROM records WHERE seq <= ?", (newest,)).fetchone()[0])


def _emptied(connection: sqlite3.Connection) -> bool:
    """The write-ahead log holds the pages as they were: it is written back and cut to nothing."""
    end = time.monotonic() + _PATIENCE
    while True:
        busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            return True
        if time.monotonic() > end:
            return False
        time.sleep(_PAUSE)
