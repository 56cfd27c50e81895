"""What is kept of an exchange, for those who store and read it; making it is another matter."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of one exchange: its record, and under `failed-bodies` the request body apart from it."""

    record: dict[str, Any]
    body: bytes | None = None


def moment(at: float) -> str:
    """Seconds since the epoch as RFC 3339 in UTC with milliseconds."""
    return datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
