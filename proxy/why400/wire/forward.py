"""The request on its way to the upstream: one write where it is at hand, a stream where it still arrives."""

import asyncio
import time
from dataclasses import dataclass, replace

from why400 import limits
from why400.wire.downstream import Downstream
from why400.wire.fields import request_bytes, trailers_to_send
from why400.wire.framing import Framing, chunk, last_chunk
from why400.wire.hops import marked
from why400.wire.house import House
from why400.wire.inbox import Inbox
from why400.wire.opened import Opened
from why400.wire.upstream import UpstreamConnection

_ONE_WRITE = 64 * 1024

CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


@dataclass(slots=True)
class Upload:
    """What is still to be sent of a request, and where to."""

    upstream: UpstreamConnection
    inbox: Inbox
    chunked: bool
    done: bool

    async def pump(self) -> None:
        """Send what has arrived, as far as the upstream takes it. Two turns of the loop before each write let a reply
        that is already there be read first: over TLS a write error would lose it."""
        while not self.done and self.upstream.writable and not self.upstream.lost:
            pieces = self.inbox.take()
            ended = self.inbox.ended
            if not pieces and not ended:
                return
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            self._write(pieces, ended)

    def _write(self, pieces: list[bytes], ended: bool) -> None:
        if self.upstream.lost:
            return
        if self.chunked:
            pieces = [chunk(piece) for piece in pieces]
            if ended:
                pieces.append(last_chunk(trailers_to_send(self.inbox.trailers)))
        if pieces:
            self.upstream.transport.writelines(pieces)
        self.done = ended


async def forward(connection: Downstream, house: House, opened: Opened) -> Upload:
    """Send the head and what is at hand of the body; the rest goes by the upload's `pump`. Raises `Refusal`."""
    upstream = await house.pool.acquire()
    upstream.begin(opened.head.method, connection.bell)
    if opened.replacement is not None:
        opened.forwarded_at = time.perf_counter()
        _send_replacement(upstream, house, opened, connection.peer)
        return Upload(upstream, opened.inbox, chunked=False, done=True)
    ask_for_body(connection, opened)
    return send(upstream, house, opened, connection.peer)


def send(upstream: UpstreamConnection, house: House, opened: Opened, peer: str) -> Upload:
    """Send the head as it came and what is at hand of the body."""
    opened.forwarded_at = time.perf_counter()
    inbox, chunked = opened.inbox, opened.framing.kind == "chunked"
    ended = inbox.ended
    parts: list[bytes | bytearray] = list(inbox.let_go(_room_for_evidence(house, opened)))
    if chunked:
        parts = [chunk(part) for part in parts]
        if ended:
            parts.append(last_chunk(trailers_to_send(inbox.trailers)))
    _send(upstream, [opened.sent or _head_bytes(house, opened, peer), *parts])
    return Upload(upstream, inbox, chunked, done=ended)


def _head_bytes(house: House, opened: Opened, peer: str) -> bytes:
    told = marked(opened.head, house.settings.forwarded, peer, opened.host)
    return request_bytes(told, opened.target, opened.framing, host=opened.host)


def _room_for_evidence(house: House, opened: Opened) -> int:
    """How much is held of a body that streams: all such bodies share one budget."""
    if opened.inbox.ended:
        return limits.EVIDENCE_HEAD
    most = limits.EVIDENCE_HEAD + 2 * limits.EVIDENCE_TAIL
    if opened.framing.kind == "length":
        most = min(most, opened.framing.length)
    if house.evidence + most > limits.EVIDENCE_BUDGET:
        return limits.EVIDENCE_LEAST
    opened.evidence = most
    house.evidence += most
    return limits.EVIDENCE_HEAD


def ask_for_body(connection: Downstream, opened: Opened) -> None:
    """Answer `Expect: 100-continue` once the body is wanted (RFC 9110 section 10.1.1), unless it is coming anyway."""
    if opened.expecting and not opened.inbox.size:
        connection.write(CONTINUE)
        opened.continued = True
    opened.expecting = False


def _send_replacement(upstream: UpstreamConnection, house: House, opened: Opened, peer: str) -> None:
    assert opened.replacement is not None
    head = replace(opened.head, fields=opened.replacement.fields)
    head = marked(head, house.settings.forwarded, peer, opened.host)
    body = opened.replacement.body
    _send(upstream, [request_bytes(head, opened.target, Framing("length", len(body)), host=opened.host), body])


def _send(upstream: UpstreamConnection, parts: list[bytes | bytearray]) -> None:
    """Head and body in as few packets as there can be: apart, a delayed acknowledgement costs 40 ms."""
    if sum(map(len, parts)) <= _ONE_WRITE:
        upstream.transport.write(b"".join(parts))
    else:
        upstream.transport.writelines(parts)
