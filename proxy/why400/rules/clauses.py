"""What a route says besides its rules: exceptions, answers, refusals, origins, consent. Frozen and picklable."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from why400.exchange import RequestHead

ANY = "any"


@dataclass(frozen=True, slots=True)
class Exemption:
    """Requests with these header values are observed, not enforced, up to and with a day (UTC)."""

    header: Mapping[str, tuple[str, ...]]
    until: date
    reason: str

    @property
    def ends(self) -> float:
        """The second since the epoch at which it is over."""
        if self.until == date.max:
            return float("inf")
        return datetime(self.until.year, self.until.month, self.until.day, tzinfo=UTC).timestamp() + _DAY

    def covers(self, head: RequestHead, now: float) -> bool:
        """The request is one of those, and the exception is not over."""
        return now < self.ends and all(_has(head, name, values) for name, values in self.header.items())


_DAY = timedelta(days=1).total_seconds()


def _has(head: RequestHead, name: str, values: tuple[str, ...]) -> bool:
    value = head.value(name.encode())
    return value is not None and (values == (ANY,) or value.decode("latin-1") in values)


@dataclass(frozen=True, slots=True)
class Answer:
    """How answers look to clients: members that our own get besides, and whether refusals are told in our words."""

    add: Mapping[str, Any] = field(default_factory=dict)
    explain: bool = False


@dataclass(frozen=True, slots=True)
class RefusedWhen:
    """A reply below 400 is a refusal where a value of its JSON is one of these; None: where there is a value at all."""

    path: str
    equals: tuple[Any, ...] | None = None


@dataclass(frozen=True, slots=True)
class Cors:
    """Which origins may read our own answers (Fetch standard, section 3.3), and whether with credentials."""

    origins: tuple[str, ...]
    credentials: bool = False

    def allow(self, origin: str) -> bool:
        """The origin is one of them."""
        return ANY in self.origins or origin in self.origins


@dataclass(frozen=True, slots=True)
class Repeatable:
    """Consent to send requests of this route again, to find out what would have been accepted."""

    requests: int
    per_second: float = 1.0
    concurrency: int = 1
