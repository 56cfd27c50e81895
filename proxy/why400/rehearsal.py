"""A request tried without its model: it goes the way of all requests, up to a stand-in that takes it in."""

import asyncio
from dataclasses import dataclass, field, replace

from why400 import limits
from why400.exchange import Diagnosis, Exchange, Mode, RequestHead
from why400.rules.model import Route, RuleSet
from why400.wire.framing import request_framing
from why400.wire.head import read_request
from why400.wire.inbox import Inbox

REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
"""A bare 400, which says nothing of its own."""

ACCEPTANCE = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

_SAYING = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b"
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Received:
    """A request as the model would get it: the bytes of its head, the head read, and its body."""

    raw_head: bytes
    head: RequestHead
    body: bytes


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What became of a request, what would have gone on to the model (None: nothing), and our own answer if any.

    The stand-in refuses everything with a bare 400, so `exchange` is looked at as closely as a refusal; `silent` is
    what would be said had the model answered 200.
    """

    exchange: Exchange
    received: Received | None
    answer: bytes
    silent: tuple[Diagnosis, ...] = ()


def accepting(said: bytes) -> bytes:
    """A 200 that says this, as JSON."""
    return _SAYING % (len(said), said) if said else ACCEPTANCE


@dataclass(slots=True)
class StandIn:
    """In the model's place: takes in every request and answers `reply`."""

    reply: bytes = REFUSAL
    received: list[Received] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, one request."""
        try:
            raw_head = await reader.readuntil(b"\r\n\r\n")
            head = read_request(raw_head)
            inbox = Inbox(request_framing(head), limits.HOLD_BUDGET)
            while not inbox.ended and (piece := await reader.read(_PIECE)):
                inbox.feed(piece)
            self.received.append(Received(raw_head, head, bytes(inbox.so_far().data)))
            writer.write(self.reply)
            await writer.drain()
        finally:
            writer.close()


async def exchange_raw(port: int, raw: bytes) -> bytes:
    """Send bytes to a port of this machine, end the sending side, and read what comes back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(raw)
        await writer.drain()
        writer.write_eof()
        return await reader.read()
    except ConnectionError:
        return b""
    finally:
        writer.close()


def as_if_enforced(rules: RuleSet) -> RuleSet:
    """The rules with `observe` lifted to `enforce`; what is disabled stays so."""
    return replace(rules, routes=tuple(_enforced(route) for route in rules.routes))


def _enforced(route: Route) -> Route:
    rules = tuple(replace(rule, mode=_lifted(rule.mode)) for rule in route.rules)
    return replace(route, mode=_lifted(route.mode), rules=rules).prepared()


def _lifted(mode: Mode) -> Mode:
    return Mode.DISABLED if mode is Mode.DISABLED else Mode.ENFORCE
