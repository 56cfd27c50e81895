"""What contrast knows, kept beside the records: counts of names, no values of anybody's request."""

import contextlib
import os
from pathlib import Path
from typing import Any

import orjson

FILE = "habits.json"
VERSION = 1


class HabitsFile:
    """`habits.json` of a data folder (0600), replaced as a whole: no death of a process leaves half of it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._written = False

    def read(self) -> dict[str, Any] | None:
        """What was kept last; None where there is nothing that can be read."""
        try:
            kept = orjson.loads(self._path.read_bytes())
            self._written = True
            return kept if isinstance(kept, dict) and kept.get("version") == VERSION else None
        except (OSError, orjson.JSONDecodeError):
            return None

    def write(self, known: dict[str, Any]) -> bool:
        """Keep it. False where the file was erased meanwhile: what was known is to be forgotten."""
        if self._written and not self._path.exists():
            self._written = False
            return False
        fresh = self._path.with_suffix(".new")
        with contextlib.suppress(OSError):
            handle = os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(orjson.dumps({"version": VERSION, **known}))
            fresh.rename(self._path)
            self._written = True
        return True


def erase_habits(folder: Path) -> None:
    """Erase it; a `serve` that runs forgets what it knew."""
    (folder / FILE).unlink(missing_ok=True)
