"""What the admin port is given. Everything it shows comes through here; it builds and owns nothing."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from why400.causes.catalogue import Catalogue

Record = dict[str, Any]


class Records(Protocol):
    """The reading side of a store of records; every call may block, and is made in a thread."""

    def get(self, id: str) -> Record | None:
        """One record by its id, or by a unique beginning of it."""

    def select(
        self,
        *,
        since: float | None = None,
        cause: str | None = None,
        route: str | None = None,
        outcome: str | None = None,
        limit: int = 50,
        before: str | None = None,
    ) -> list[Record]:
        """Records that match all that is given, newest first."""

    def body(self, id: str) -> bytes | None:
        """The kept request body of that record."""

    def counts(self, since: float) -> dict[str, Any]:
        """`{outcomes: {outcome: n}, routes: {route: n}, causes: [{cause, count, last}]}` since then."""


@dataclass(slots=True)
class Proving:
    """One proof as it is made: each request in words with its answer's status, and at last what came of it.

    `told` is what `why400 prove --json` says, None as long as there is nothing, or where `error` says why not.
    """

    id: str
    steps: list[tuple[str, int]] = field(default_factory=list)
    told: dict[str, Any] | None = None
    error: str = ""
    done: bool = False

    def hear(self, said: dict[str, Any]) -> None:
        """Take in a line: a step, or the result."""
        if "step" in said:
            words, status = said["step"]
            self.steps.append((words, status))
        else:
            self.told = said


class Prover(Protocol):
    """Proves records by sending them again, changed; one at a time."""

    def hindrance(self, record: Record) -> str:
        """Why this record cannot be proven; empty where it can be tried."""

    async def plan(self, id: str) -> dict[str, Any]:
        """What would be sent: `{experiments: [{change, cause}], most, may_send, permission}`, or `{error}`."""

    def start(self, id: str) -> bool:
        """Begin; False where another proof is being made."""

    def run(self, id: str) -> Proving | None:
        """The last proof of a record."""


@dataclass(frozen=True, slots=True)
class Health:
    """Whether traffic can be served, and what there is to say about it: words by topic."""

    ready: bool
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Metrics:
    """One scrape: the text and its media type."""

    text: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Parts:
    """What the page shows and who may see it.

    `rules` is the text of the rules in force, as resolved, empty where there are none; `rules_problems` says why a
    change of them was not taken. `metrics` and `rules` are None where only a data folder is shown and no proxy runs.
    `audit` gets a line for each look at a kept body. `token` opens the page from anywhere; without it `loopback` says
    whether loopback names do (the bound address is one). `notes` are sentences that everybody who opens the page should
    read first: rules that were not reloaded, records that are not kept. `prover` is None where nothing can be sent.
    `wordings(since)` gives replies in words that no fingerprint knows, grouped, the most frequent first; None where no
    records are on disk.
    """

    records: Records
    catalogue: Catalogue
    metrics: Callable[[], Awaitable[Metrics]] | None
    health: Callable[[], Health]
    rules: Callable[[], str] | None
    audit: Callable[[str], None]
    token: str | None
    loopback: bool
    rules_problems: Callable[[], str] = str
    public_url: str | None = None
    notes: Callable[[], tuple[str, ...]] = tuple
    prover: Prover | None = None
    wordings: Callable[[str], Awaitable[list[dict[str, Any]]]] | None = None
    clock: Callable[[], float] = time.time
