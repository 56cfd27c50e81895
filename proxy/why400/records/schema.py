"""The tables of the records' SQLite file, and how it is opened."""

import os
import sqlite3
from pathlib import Path

FILE = "records.sqlite"
VERSION = 1

_APPLICATION = 0x77343030
_TABLES = """
CREATE TABLE records (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    at REAL NOT NULL,
    route TEXT NOT NULL,
    outcome TEXT NOT NULL,
    status INTEGER NOT NULL,
    cause TEXT,
    weight REAL NOT NULL,
    story INTEGER REFERENCES records (seq) ON DELETE CASCADE,
    record BLOB
);
CREATE INDEX records_at ON records (at, outcome, route, cause, weight);
CREATE INDEX records_story ON records (story) WHERE story IS NOT NULL;
CREATE TABLE causes (
    cause TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES records (seq) ON DELETE CASCADE,
    PRIMARY KEY (cause, seq)
) WITHOUT ROWID;
CREATE INDEX causes_seq ON causes (seq);
CREATE TABLE bodies (
    seq INTEGER PRIMARY KEY REFERENCES records (seq) ON DELETE CASCADE,
    body BLOB NOT NULL
);
"""


class OtherVersion(Exception):
    """The file was written by another version of why400."""


def connect_writing(path: Path) -> sqlite3.Connection:
    """Open the file, made with mode 0600 if it is not there, checked, with its tables.

    A commit is in the system's hands when it returns (WAL, synchronous=NORMAL): it survives the death of any process,
    not the loss of power. Raises sqlite3.DatabaseError for a file that is damaged, OtherVersion for one that is
    not for this version.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    connection = sqlite3.connect(path, isolation_level=None, timeout=2.0, check_same_thread=False)
    try:
        _prepare(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reading(path: Path) -> sqlite3.Connection:
    """Open the file for reading beside the process that writes it, or on a disk where nobody can write."""
    how = "immutable=1" if _is_read_only(path) else "mode=ro"
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?{how}", uri=True, timeout=2.0, check_same_thread=False)
    try:
        _refuse_strangers(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _is_read_only(path: Path) -> bool:
    """Nobody writes here, and nothing waits beside the file: SQLite could not make what WAL needs to be shared."""
    return not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = FAST")
    connection.execute(f"PRAGMA journal_size_limit = {16 * 1024 * 1024}")
    damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if damage != "ok":
        raise sqlite3.DatabaseError(damage)
    if not connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()[0]:
        connection.executescript(
            f"BEGIN; {_TABLES} PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {VERSION}; COMMIT;"
        )
    _refuse_strangers(connection, path)


def _refuse_strangers(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != _APPLICATION:
        raise sqlite3.DatabaseError("it is not marked as a store of why400")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version != VERSION:
        raise OtherVersion(
            f"{path} is of another why400: got version {version}, wanted {VERSION}; give --data another folder"
        )
