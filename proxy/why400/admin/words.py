"""Words of the page: what codes, outcomes and times are called for people."""

import re
from datetime import datetime
from typing import Any

from markupsafe import Markup

CERTAINTIES = {
    "proven": "This is shown, not guessed.",
    "likely": "The evidence points here; a look at it is worth your time first.",
    "possible": "It is true of the request, but nothing shows that it is the reason.",
}
FIXERS = {
    "client": "the client",
    "operator": "whoever runs the model's container",
    "model": "whoever writes the model's server",
    "network": "whoever runs what is between client and model",
    "unknown": "not known yet",
}
_UNITS = ((86400, "d"), (3600, "h"), (60, "min"), (1, "s"))


def lead(record: dict[str, Any]) -> dict[str, Any] | None:
    """The line of the diagnosis to act on."""
    return next(iter(record.get("diagnosis") or ()), None)


def clock_time(at: str) -> str:
    """`2026-11-23T10:00:00.123Z` as `2026-11-23 10:00:00 UTC`."""
    return f"{at[:10]} {at[11:19]} UTC"


def ago(at: str, now: float) -> str:
    """How long before `now`, in its largest unit: `5 min ago`."""
    seconds = max(0.0, now - datetime.fromisoformat(at).timestamp())
    size, unit = next((pair for pair in _UNITS if seconds >= pair[0]), _UNITS[-1])
    return f"{int(seconds // size)} {unit} ago"


def breakable(code: str) -> Markup:
    """A code that a narrow page breaks behind its dots and hyphens, nowhere else."""
    return Markup("<wbr>").join(re.split(r"(?<=[.-])", code))


def grouped(number: float) -> str:
    """Thousands apart by a narrow blank."""
    return f"{number:,.0f}".replace(",", "\u202f")


def bytes_in_words(size: int | None) -> str:
    """`123 bytes`, `45.6 KB (45 612 bytes)`; decimal units."""
    if size is None:
        return "unknown"
    if size < 1000:
        return f"{size} bytes"
    scale, unit = (1e6, "MB") if size >= 1e6 else (1e3, "KB")
    return f"{size / scale:.1f} {unit} ({grouped(size)} bytes)"


def seconds_in_words(seconds: float) -> str:
    """`12.3 s`, `4.5 ms`, `180 µs`."""
    if seconds >= 1:
        return f"{seconds:.1f} s"
    return f"{seconds * 1e3:.1f} ms" if seconds >= 1e-3 else f"{seconds * 1e6:.0f} µs"
