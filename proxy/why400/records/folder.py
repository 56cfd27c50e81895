"""The data folder: made, locked against a second `serve`, and the one secret that is kept in it."""

import contextlib
import fcntl
import os
import secrets
from pathlib import Path
from types import TracebackType

_LOCK = "lock"
_KEY = "body-id.key"


class FolderTaken(Exception):
    """Another process writes to this data folder; the message names it."""


class Folder:
    """A data folder held by this process alone. The lock goes with the process, however it ends."""

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock

    def key(self) -> bytes:
        """This installation's key for body ids, 32 bytes, made at first use and kept with mode 0600."""
        path = self.path / _KEY
        with contextlib.suppress(FileExistsError):
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as file:
                file.write(secrets.token_bytes(32))
        return path.read_bytes()[:64]

    def close(self) -> None:
        """Let another process have it."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def __enter__(self) -> "Folder":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def take_folder(path: Path) -> Folder:
    """Make the folder (0700; one that is there keeps its mode) and lock it. OSError: it cannot be written to."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(path / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 20, 0).decode("ascii", "replace").strip() or "unknown"
        os.close(lock)
        raise FolderTaken(
            f"the data folder {path} is in use by another why400 (process {holder}); "
            "stop it, or give --data another folder"
        ) from None
    os.truncate(lock, 0)
    os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    return Folder(path, lock)
