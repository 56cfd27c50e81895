"""What a query of the page asks for, read once and bounded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

PERIODS = {"1h": 3600, "24h": 86400, "7d": 7 * 86400}
"""Periods that the page offers, in seconds."""

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_MOST = 1000
_LONGEST = 200


class BadQuery(ValueError):
    """A query that cannot be read; the message says what was got and what is wanted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A selection of records. `since` is seconds since the epoch, `period` what was written for it."""

    since: float | None = None
    period: str = ""
    cause: str | None = None
    route: str | None = None
    outcome: str | None = None
    limit: int = 50
    before: str | None = None

    def selection(self) -> dict[str, Any]:
        """The arguments of `Records.select`."""
        names = ("since", "cause", "route", "outcome", "limit", "before")
        return {name: getattr(self, name) for name in names}

    def query(self, **changes: str | None) -> str:
        """The same selection as a query string, with some things changed; empty ones left out."""
        given = {"since": self.period, "cause": self.cause, "route": self.route, "outcome": self.outcome, **changes}
        return urlencode({name: value for name, value in given.items() if value})


def read_query(query: Mapping[str, str], now: float, period: str = "", limit: int = 50) -> Asked:
    """Read `since`, `cause`, `route`, `outcome`, `limit`, `before`; empty ones count as not given."""
    given = {name: value[:_LONGEST] for name, value in query.items() if value}
    period = given.get("since", period)
    return Asked(
        since=read_since(period, now) if period else None,
        period=period,
        cause=given.get("cause"),
        route=given.get("route"),
        outcome=given.get("outcome"),
        limit=_read_limit(given.get("limit"), limit),
        before=given.get("before"),
    )


def read_since(text: str, now: float) -> float:
    """`15m`, `24h`, `7d` before now, or a date or time in RFC 3339 (UTC where it says no zone)."""
    if match := re.fullmatch(r"(\d{1,6})([smhd])", text):
        return now - int(match[1]) * _UNITS[match[2]]
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadQuery(f"since: got {text!r}, wanted a time such as 15m, 24h, 7d or 2026-11-23T10:00:00Z") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _read_limit(text: str | None, usual: int) -> int:
    if text is None:
        return usual
    if not re.fullmatch(r"\d{1,6}", text) or not 1 <= int(text) <= _MOST:
        raise BadQuery(f"limit: got {text!r}, wanted a number from 1 to {_MOST}")
    return int(text)
