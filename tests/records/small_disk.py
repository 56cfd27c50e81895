"""A real filesystem with little room."""

import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

KIB = 1024


@contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[Path | None]:
    """A tmpfs of so many KiB at `folder`; None, with a warning in the test's report, where nobody may mount one."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tmpfs", folder], capture_output=True, text=True, check=False
    )
    if done.returncode:
        warnings.warn(
            f"no disk of its own for this test, SQLite's limit stands in: {done.stderr.strip()}", stacklevel=3
        )
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(folder: Path) -> Path:
    """A file that takes what room is left."""
    path = folder / "full"
    with path.open("wb", buffering=0) as file:
        for size in (64 * KIB, 4 * KIB, 1):
            while True:
                try:
                    file.write(b"\1" * size)
                except OSError:
                    break
    return path
