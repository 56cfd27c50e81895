"""One exchange while it is open: what the wire knows of it so far."""

import time
from dataclasses import dataclass
from random import getrandbits
from typing import Literal

from why400.exchange import (
    Claim,
    Diagnosis,
    Exchange,
    Fields,
    Finding,
    FixDone,
    Outcome,
    Reply,
    ReplyHead,
    RequestHead,
    Seen,
)
from why400.review import Review
from why400.rules.model import Route
from why400.wire.framing import NO_BODY, Framing
from why400.wire.inbox import Inbox

NO_HEAD = RequestHead("", b"", (1, 1), ())
"""Where no request came to be."""

NOTHING_CAME = Inbox(NO_BODY, 0)
"""The body of an exchange that has none."""


def new_id(now: float) -> str:
    """A UUIDv7 (RFC 9562 section 5.7) of this moment."""
    at, chance = f"{int(now * 1000):012x}", f"{getrandbits(80):020x}"  # a name, not a secret: no call to the system
    return f"{at[:8]}-{at[8:]}-7{chance[:3]}-{'89ab'[int(chance[3], 16) & 3]}{chance[5:8]}-{chance[8:]}"


@dataclass(frozen=True, slots=True)
class Replacement:
    """What goes to the upstream in place of what came, after fixes: the fields and the whole body."""

    fields: Fields
    body: bytes


@dataclass(slots=True)
class Opened:
    """The state of one open exchange. Times are `time.perf_counter` seconds. `sent` is the head for the upstream, where
    it is known already."""

    id: str
    at: float
    started: float
    head: RequestHead = NO_HEAD
    target: bytes = b""
    path: str = ""
    host: bytes | None = None
    sent: bytes | None = None
    framing: Framing = NO_BODY
    inbox: Inbox = NOTHING_CAME
    route: Route | None = None
    seen: Seen | None = None
    review: Review | None = None
    unreviewed: bool = False
    expecting: bool = False
    continued: bool = False
    held: int = 0
    evidence: int = 0
    booked: bool = False
    fixes: tuple[FixDone, ...] = ()
    forwarded_at: float = 0.0
    reply_at: float = 0.0
    waited: float = 0.0
    rejected: bool = False
    abandoned: bool = False
    failed: bool = False
    refused: bool = False
    status: int = 0
    reply_head: ReplyHead | None = None
    reply_body: bytes = b""
    reply_size: int = 0
    reply_complete: bool = False
    rules_hash: str = ""
    findings: tuple[Finding, ...] = ()
    claims: tuple[Claim, ...] = ()
    diagnosis: tuple[Diagnosis, ...] = ()
    replacement: Replacement | None = None

    @classmethod
    def now(cls, head: RequestHead = NO_HEAD) -> "Opened":
        """An exchange that begins now."""
        at = time.time()
        return cls(new_id(at), at, time.perf_counter(), head)

    @property
    def outcome(self) -> Outcome:
        """The strongest that holds."""
        if self.rejected:
            return Outcome.REJECTED
        if self.abandoned:
            return Outcome.ABANDONED
        if self.failed or (self.reply_head is not None and self.reply_head.status >= 500):
            return Outcome.FAILED
        if self.refused or (self.reply_head is not None and self.reply_head.status >= 400):
            return Outcome.REFUSED
        if self.unreviewed:
            return Outcome.UNREVIEWED
        return Outcome.FIXED if self.fixes else Outcome.FORWARDED

    @property
    def watched(self) -> bool:
        """It is more than counted: the built-in route `health` records nothing."""
        return self.route is None or not self.route.silent

    def exchange(self) -> Exchange:
        """The exchange as it stands, for those who judge and keep it."""
        body = self.inbox.evidence()
        reply = self.reply_head
        return Exchange(
            id=self.id,
            at=self.at,
            route=self.route_id,
            outcome=self.outcome,
            status=self.status,
            head=None if self.head is NO_HEAD else self.head,
            seen=self.seen,
            body=bytes(body.data),
            body_tail=body.tail,
            body_size=body.size,
            body_complete=body.ended,
            findings=self.findings or (self.review.findings if self.review else ()),
            unchecked=self.review.unchecked if self.review else (),
            verdict=self._verdict(),
            fixes=self.fixes,
            reply=Reply(reply, self.reply_body, self.reply_size, self.reply_complete) if reply is not None else None,
            claims=self.claims,
            diagnosis=self.diagnosis,
            timing=self.timing(),
            rules_hash=self.rules_hash,
        )

    @property
    def route_id(self) -> str:
        """The id of its route; `-` without one, `!` where no request came to be."""
        if self.head is NO_HEAD:
            return "!"
        return self.route.id if self.route else "-"

    def _verdict(self) -> Literal["forward", "fix", "reject", "none"]:
        return self.review.verdict if self.review else "none"

    def timing(self) -> dict[str, float]:
        """Seconds: all of it, how long the upstream took, and what we added."""
        now = time.perf_counter()
        total = now - self.started
        upstream = max(0.0, (self.reply_at or now) - self.forwarded_at) if self.forwarded_at else 0.0
        return {"total": total, "upstream": upstream, "overhead": max(0.0, total - upstream - self.waited)}
