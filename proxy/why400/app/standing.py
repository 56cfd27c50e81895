"""What a running `serve` leaves in its data folder for other commands: where its upstream is, and its rules."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import orjson

from why400.settings import Settings, Upstream, parse_upstream

FILE = "serving.json"
_LOCK = "lock"


@dataclass(frozen=True, slots=True)
class Standing:
    """The upstream and the rules of the `serve` that runs on a data folder."""

    upstream: Upstream
    rules: Path | None


def write_standing(folder: Path, settings: Settings) -> None:
    """Leave word (mode 0600). What cannot be written is no reason not to serve."""
    rules = None if settings.rules is None else str(settings.rules.absolute())
    told = {"upstream": settings.upstream.url, "upstream_ca": settings.upstream.ca, "rules": rules}
    try:
        handle = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(orjson.dumps(told))
    except OSError:
        return


def read_standing(folder: Path) -> Standing | None:
    """What the `serve` that runs on the folder left; None where none runs."""
    if not _is_held(folder):
        return None
    try:
        told = orjson.loads((folder / FILE).read_bytes())
        rules = None if told["rules"] is None else Path(told["rules"])
        return Standing(parse_upstream(told["upstream"], told["upstream_ca"]), rules)
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError):
        return None


def _is_held(folder: Path) -> bool:
    """Another process holds the folder's lock."""
    try:
        lock = os.open(folder / _LOCK, os.O_RDONLY)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(lock)
    return False
