"""Rules files and presets, found and read: the only place that touches the disk for them."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from why400.rules.source import MAX_BYTES, SourceFile

PRESETS = "presets"
_SUFFIXES = (".yaml", ".yml")


def presets_folder() -> Path:
    """Where the shipped presets are."""
    return Path(__file__).parent.parent / "presets"


def read_rules(path: Path) -> tuple[SourceFile, ...]:
    """A file alone, or all rules files under a folder in the order of their paths, its `presets/` apart.

    Names that start with a dot are passed over, so of a ConfigMap's `..data` only the links to its files are seen.
    """
    if not path.is_dir():
        return (read_source_file(path),)
    return tuple(read_source_file(found) for found in sorted(_walk(path, top=True)))


def read_presets(rules: Path | None, shipped: Path) -> Mapping[str, SourceFile]:
    """Presets by name: the shipped ones, and before them those of the rules folder (of the file's own folder).

    A shipped one is named `why400/presets/NAME.yaml` wherever it is installed.
    """
    found = {file.stem: read_source_file(file, f"why400/{PRESETS}/{file.name}") for file in _presets(shipped)}
    if rules is not None:
        own = (rules if rules.is_dir() else rules.parent) / PRESETS
        found |= {file.stem: read_source_file(file) for file in _presets(own)}
    return found


def _presets(folder: Path) -> list[Path]:
    return sorted(_walk(folder, top=False)) if folder.is_dir() else []


def is_preset(path: Path) -> bool:
    """A file that lies in a folder of presets."""
    return path.is_file() and path.resolve().parent.name == PRESETS


def _walk(folder: Path, top: bool) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not (top and entry.name == PRESETS):
                yield from _walk(Path(entry.path), top=False)
        elif entry.name.endswith(_SUFFIXES):
            yield Path(entry.path)


def read_source_file(path: Path, name: str | None = None) -> SourceFile:
    """A file's bytes, no more than tell that it is too large, called `name`; or why they cannot be had."""
    name = name or str(path)
    try:
        with path.open("rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                return SourceFile(name, b"", "it is no file")
            return SourceFile(name, file.read(MAX_BYTES + 1))
    except OSError as error:
        return SourceFile(name, b"", error.strerror or type(error).__name__)
