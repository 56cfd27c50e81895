"""How long and how much is kept, in steps short enough not to hold up a refusal's commit."""

import sqlite3
from dataclasses import dataclass

_STEP = 250
"""Records that one step removes at most."""

_PAGES = 1000
_PURGE = "DELETE FROM records WHERE seq IN (SELECT seq FROM records WHERE at < ? ORDER BY seq LIMIT ?)"
_PURGE_OLDEST = "DELETE FROM records WHERE seq IN (SELECT seq FROM records ORDER BY seq LIMIT ?)"


@dataclass(frozen=True, slots=True)
class Keep:
    """Records older than `seconds` go, and the oldest while the file holds more than `size` bytes."""

    seconds: float = 7 * 86400.0
    size: int = 256 * 1024 * 1024


def prune(connection: sqlite3.Connection, keep: Keep, now: float) -> int:
    """One step: remove what is too old, else of what is too much; give free pages back. How many records went.

    A line goes with the story that it shares (never more than a minute older than the line).
    """
    gone = connection.execute(_PURGE, (now - keep.seconds, _STEP)).rowcount
    if not gone and (excess := used_bytes(connection) - keep.size) > 0:
        gone = connection.execute(_PURGE_OLDEST, (_share(connection, excess),)).rowcount
    connection.executescript(f"PRAGMA incremental_vacuum({_PAGES})")  # `execute` would step once: one page
    return gone


def _share(connection: sqlite3.Connection, excess: int) -> int:
    """How many of the oldest records take about `excess` bytes, if all are alike."""
    first, last = connection.execute("SELECT COALESCE(MIN(seq), 0), COALESCE(MAX(seq), 0) FROM records").fetchone()
    return int(min(_STEP, 1 + (last - first + 1) * excess // used_bytes(connection)))


def used_bytes(connection: sqlite3.Connection) -> int:
    """Bytes of the file's pages that hold something."""
    pages, free, size = (
        int(connection.execute(f"PRAGMA {name}").fetchone()[0])
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size
