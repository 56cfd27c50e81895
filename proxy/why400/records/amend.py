"""Amending a record from another process than the one that writes: what was found out later, in one short commit."""

import sqlite3
from pathlib import Path
from typing import Any

import orjson

from why400.records.schema import FILE, connect_writing
from why400.records.store import StoreError, causes_of, lead_cause

_UPDATE = "UPDATE records SET cause = ?, story = NULL, record = ? WHERE id = ? RETURNING seq"


def amend(folder: Path, record: dict[str, Any]) -> bool:
    """Put `record` in the place of the one with its id; False where there is none any more. May raise StoreError."""
    try:
        connection = connect_writing(folder / FILE)
    except sqlite3.Error as error:
        raise StoreError("store-error", f"the records in {folder} cannot be written: {error}") from error
    try:
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            return _put(connection, record)
    except sqlite3.Error as error:
        raise StoreError("store-error", f"the record could not be amended: {error}") from error
    finally:
        connection.close()


def _put(connection: sqlite3.Connection, record: dict[str, Any]) -> bool:
    row = connection.execute(_UPDATE, (lead_cause(record), orjson.dumps(record), record["id"])).fetchone()
    if row is None:
        return False
    connection.execute("DELETE FROM causes WHERE seq = ?", row)
    rows = [(cause, row[0]) for cause in causes_of(record)]
    connection.executemany("INSERT INTO causes (cause, seq) VALUES (?, ?)", rows)
    return True
