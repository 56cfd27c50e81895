"""What browsers need to read answers of our own (Fetch standard, 3.3): what the upstream last allowed, or a route.

Never a guess: an origin that neither has allowed gets no such field, and its scripts see a network error as before.
"""

from dataclasses import dataclass, field

from why400.exchange import ReplyHead, RequestHead
from why400.rules.clauses import Cors
from why400.rules.model import Route

Added = tuple[tuple[bytes, bytes], ...]

MOST_REMEMBERED = 1_000
_OURS = b"Why400-Id, Why400-Outcome, Why400-Cause"
_KEPT = (b"access-control-allow-origin", b"access-control-allow-credentials", b"vary")
_LONGEST_ORIGIN = 256


@dataclass(slots=True)
class Allowed:
    """The fields with which the upstream last let an origin read a route's replies; the oldest are forgotten."""

    last: dict[tuple[str, bytes], Added] = field(default_factory=dict)

    def learn(self, route: str, head: RequestHead, reply: ReplyHead) -> None:
        """Keep what a reply allows the request's origin."""
        origin = head.value(b"origin")
        if origin is None or len(origin) > _LONGEST_ORIGIN or reply.value(b"access-control-allow-origin") is None:
            return
        if len(self.last) >= MOST_REMEMBERED:
            del self.last[next(iter(self.last))]
        self.last.pop((route, origin), None)
        self.last[route, origin] = tuple(pair for pair in reply.fields if pair[0].lower() in _KEPT)

    def fields(self, route: Route | None, head: RequestHead) -> Added:
        """What an answer of our own carries for the request's origin."""
        origin = head.value(b"origin")
        if origin is None:
            return ()
        if route is not None and route.cors is not None:
            allowed = _by_rule(route.cors, origin)
        else:
            allowed = self.last.get((route.id if route else "-", origin), ())
        return (*allowed, *exposed()) if allowed else ()


def _by_rule(cors: Cors, origin: bytes) -> Added:
    if not cors.allow(origin.decode("latin-1")):
        return ()
    if "any" in cors.origins:
        return ((b"Access-Control-Allow-Origin", b"*"),)
    credentials = ((b"Access-Control-Allow-Credentials", b"true"),) if cors.credentials else ()
    return ((b"Access-Control-Allow-Origin", origin), *credentials, (b"Vary", b"Origin"))


def exposed() -> Added:
    """Lets scripts read our own fields; a list field, so it may stand beside the upstream's."""
    return ((b"Access-Control-Expose-Headers", _OURS),)


def is_preflight(head: RequestHead) -> bool:
    """A browser asks what it may send; that is for the upstream to say."""
    return head.method == "OPTIONS" and b"access-control-request-method" in head.index
