"""Opening the records of a `serve`, whatever state its data folder is in."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from why400.records.folder import Folder, take_folder
from why400.records.memory import MOST, MemoryStore
from why400.records.retention import Keep
from why400.records.sqlite import SqliteStore
from why400.records.store import Store, StoreError


@dataclass(frozen=True, slots=True)
class Opened:
    """A store to write to. `folder` is None where records are in memory only."""

    store: Store
    folder: Folder | None

    def close(self) -> None:
        """Close the store, then let another process have the folder."""
        self.store.close()
        if self.folder:
            self.folder.close()


def open_store(path: Path, keep: Keep, say: Callable[[str], None]) -> Opened:
    """The store in the data folder `path`; the last records in memory, said through `say`, where it cannot be written.

    Raises FolderTaken when another process has the folder, OtherVersion when its file is of another why400.
    """
    try:
        folder = take_folder(path)
    except OSError as error:
        return _in_memory(path, _why(error), say)
    try:
        return Opened(SqliteStore(path, keep, say), folder)
    except (OSError, StoreError) as error:
        folder.close()
        return _in_memory(path, _why(error), say)
    except BaseException:
        folder.close()
        raise


def _why(error: Exception) -> str:
    if isinstance(error, FileExistsError):
        return "it is no folder"
    return ((isinstance(error, OSError) and error.strerror) or str(error)).lower()


def _in_memory(path: Path, why: str, say: Callable[[str], None]) -> Opened:
    say(
        f"NO RECORDS ON DISK: {path} cannot be written to ({why}); the last {MOST} records are kept in memory "
        "and are gone with this process. Give --data a folder that this user can write to."
    )
    return Opened(MemoryStore(), None)
