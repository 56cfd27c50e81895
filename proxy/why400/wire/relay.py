"""The upstream's reply on its way to the client: untouched, but for our own fields on its head."""

import asyncio
import time

from why400 import limits
from why400.exchange import Certainty, Claim, Exchange, ReplyHead
from why400.wire import afterwards, answer
from why400.wire.books import Added, close_books, header_fields, header_lines, judge_success, judged, keep_before_answer
from why400.wire.cors import exposed
from why400.wire.downstream import ClientLeft, Downstream
from why400.wire.explained import explained, explains
from why400.wire.fields import field_lines, interim_bytes, reply_start, trailers_to_send
from why400.wire.forward import Upload
from why400.wire.framing import chunk, last_chunk
from why400.wire.house import House
from why400.wire.inside import is_refusal, to_look_into
from why400.wire.offer import doubt, offered, took, vouch
from why400.wire.opened import Opened
from why400.wire.refusal import Refusal
from why400.wire.reply import ReplyReader


class Relay:
    """One reply on its way. `close` says that the client's connection ends with it."""

    def __init__(self, connection: Downstream, house: House, opened: Opened, upload: Upload, *, stay: bool) -> None:
        self.connection, self.house, self.opened, self.upload = connection, house, opened, upload
        self.upstream = upload.upstream
        assert self.upstream.reply is not None
        self.reply: ReplyReader = self.upstream.reply
        self.close = not stay
        self.chunked = False
        self.begun = False

    async def head(self) -> ReplyHead:
        """The final head of the reply; interim ones pass on the way. Raises `Refusal` where none comes."""
        while True:
            if not self.upload.done:
                await self.upload.pump()
            if self.reply.interim:
                self._pass_interim()
            if self.reply.head is not None:
                return self.reply.head
            if self.reply.fault is not None:
                raise self.reply.fault
            if self.reply.switched:
                raise Refusal("upstream.bad-reply", 502, "the upstream switched protocols, which nobody asked for")
            await self.next_event()

    def _pass_interim(self) -> None:
        """1xx go to clients of HTTP/1.1 (RFC 9110 section 15.2); no 100 where we said one. Their bytes are bounded."""
        not_passed = (100, 101) if self.opened.continued else (101,)
        for head in self.reply.interim:
            if head.status not in not_passed and self.opened.head.version >= (1, 1):
                self.connection.write(interim_bytes(head))
        self.reply.interim.clear()
        self.upstream.pace(reading=True)

    async def next_event(self) -> None:
        """Wait for what comes next, as long as it may take. Raises `Refusal`, and `ClientLeft` if it reads no more.

        Once a reply has begun it is all that counts: a client that heard enough may send no more, or nonsense.
        """
        connection, patience = self.connection, self.house.patience
        on_body = self.reply.head is None and not self.upload.done and self.upstream.writable
        if connection.eof and on_body:
            raise self.opened.inbox.incomplete()
        seconds = patience.body if on_body else self.house.settings.upstream_timeout
        if not connection.late:  # as it may be when the task takes over
            connection.expect(seconds if connection.writable else patience.stall)
            await self._heard()
        if not connection.late:
            return
        if not connection.writable:
            if connection.reads_on():
                connection.expect(patience.stall)
                return
            raise ClientLeft(connection.waited(f"the client read nothing of its answer for {patience.stall:g} s"))
        if on_body:
            raise Refusal("http.timeout", 408, connection.waited(f"the request body paused for {seconds:g} s"))
        raise Refusal("upstream.timeout", 504, connection.waited(f"the upstream was silent for {seconds:g} s"))

    async def _heard(self) -> None:
        began = time.perf_counter()
        try:
            await self.connection.happened()
        except Refusal:
            if self.reply.head is None:
                raise
        finally:
            if self.opened.reply_at:  # neither a slow model's nor a slow reader's time is ours
                self.opened.waited += time.perf_counter() - began

    def take(self, head: ReplyHead) -> None:
        """This is the final head: how the body goes to the client, and whether its connection lives on."""
        opened = self.opened
        opened.reply_at = time.perf_counter()
        opened.reply_head, opened.status = head, head.status
        self.house.allowed.learn(opened.route_id, opened.head, head)
        kind = self.reply.framing.kind
        self.chunked = kind == "chunked" and self.opened.head.version >= (1, 1)
        if kind == "close" or (kind == "chunked" and not self.chunked):
            self.close = True
            doubt(self.connection)
        self.close |= self.house.draining
        self.close |= not self.upload.done and not answer.is_nearly_read(self.opened.inbox, expecting=False)

    @property
    def framed(self) -> bool:
        """The client can tell a whole reply from one that was cut."""
        return self.chunked or self.reply.framing.kind in ("none", "length")

    def head_bytes(self, head: ReplyHead) -> bytes:
        """The reply's head as the client gets it."""
        front = self.reply.front
        if not front or self.close:
            front = reply_start(head, chunked=self.chunked, close=self.close)
        ours = header_lines(self.house, self.opened)
        return b"%b%b%b\r\n" % (front, ours, field_lines(self.exposing(head)) if ours else b"")

    def answer(self, head: ReplyHead, first: bytes) -> None:
        """A success begins to go out, with what has come of its body."""
        self.begun = True
        if self.opened.fixes:
            judge_success(self.house, self.opened)
        else:
            afterwards.look_for_silent(self.house, self.opened)
        self.connection.write(self.head_bytes(head) + first)

    def exposing(self, head: ReplyHead) -> Added:
        """Leave for scripts to read our own fields, where the upstream lets them read its reply."""
        read = self.opened.head.value(b"origin") and head.value(b"access-control-allow-origin")
        return exposed() if read else ()

    def pieces(self) -> bytes:
        """What has come of the body since the last call, framed for the client, with the end of it if it is there."""
        opened, reply = self.opened, self.reply
        data = b"".join(reply.take())
        opened.reply_size += len(data)
        ended = reply.ended and not opened.reply_complete
        opened.reply_complete = reply.ended
        if not self.chunked:
            return data
        return chunk(data) + (last_chunk(trailers_to_send(self.reply.trailers)) if ended else b"")

    async def stream(self) -> None:
        """Pass the body on piece by piece until it ends, first what waits. Raises `Refusal` where it is cut."""
        while True:
            data = self.pieces()
            if data:
                self.connection.write(data)
            if self.reply.ended:
                return
            if self.reply.fault is not None:
                raise self.reply.fault
            await self.upload.pump()
            self.upstream.pace(self.connection.writable)
            await self.next_event()

    async def sent(self) -> None:
        """A reply that ends with its connection has been sent to its end, so that the end may look like one."""
        while not self.connection.writable:
            await self.next_event()
        vouch(self.connection)

    async def hold(self) -> bytes:
        """A refusal's body until it ends, is too long to hold or has taken too long; framed for the client."""
        loop = asyncio.get_running_loop()
        end = loop.time() + limits.REPLY_HOLD_SECONDS
        timer = None
        while not self.reply.ended and self.reply.fault is None and self.reply.waiting < limits.REPLY_HELD:
            if loop.time() >= end:
                break
            timer = timer or loop.call_at(end, self.connection.bell.ring)
            await self.next_event()
        if timer is not None:
            timer.cancel()
        return self._keep(self.reply.peek())

    def _keep(self, data: bytes) -> bytes:
        self.opened.reply_body = data[: limits.REPLY_HELD]
        return self.pieces()


async def relay(relaying: Relay) -> bool:
    """Pass the reply on. True if the client's connection may serve another exchange."""
    house, opened, upload = relaying.house, relaying.opened, relaying.upload
    if upload.done:
        await afterwards.after_forwarding(house, opened)
    head = None if relaying.begun else await relaying.head()
    try:
        await (_to_its_end(relaying) if head is None else _pass_on(relaying, head))
    except Refusal as fault:
        return _cut_off(relaying, fault)
    upload.upstream.reusable = upload.done
    return await answer.settle(relaying.connection, house, opened.inbox, stay=not relaying.close)


async def _pass_on(relaying: Relay, head: ReplyHead) -> None:
    """A reply below 400 is not held, but where its route knows of refusals inside it."""
    relaying.take(head)
    if head.status >= 400:
        await _refusal(relaying, head, await relaying.hold())
        return
    opened = relaying.opened
    when = to_look_into(opened.route, head)
    if when is None:
        await _success(relaying, head, relaying.pieces())
        return
    first = await relaying.hold()
    opened.refused = relaying.reply.ended and is_refusal(when, head, opened.reply_body)
    await (_refusal if opened.refused else _success)(relaying, head, first)


async def _success(relaying: Relay, head: ReplyHead, first: bytes) -> None:
    """What has come goes out at once, the rest as it comes."""
    relaying.answer(head, first)
    await _to_its_end(relaying)


async def _to_its_end(relaying: Relay) -> None:
    house, opened, connection = relaying.house, relaying.opened, relaying.connection
    await relaying.stream()
    if not relaying.framed:
        await relaying.sent()
    if (connection.eof or connection.lost) and not await took(connection):
        raise ClientLeft
    await afterwards.after_success(house, opened)
    close_books(house, opened)


async def _refusal(relaying: Relay, head: ReplyHead, last: bytes) -> None:
    """Diagnosed from its first part, on record before its last."""
    house, opened, connection = relaying.house, relaying.opened, relaying.connection
    await afterwards.after_refusal(house, opened)
    last += relaying.pieces()  # what came while others had their turn, perhaps the end
    exchange = await judged(house, opened)
    if explains(opened):
        ours = header_fields(house, opened)
        added = (*ours, *relaying.exposing(head)) if ours else ()
        answer = explained(house, opened, exchange, added, close=relaying.close)
        await _kept_then_answered(relaying, exchange, answer)
        return
    last = relaying.head_bytes(head) + last + relaying.pieces()
    while not relaying.reply.ended:
        if relaying.reply.fault is not None:
            connection.write(last)
            raise relaying.reply.fault
        connection.write(last[:-1])
        await relaying.upload.pump()
        relaying.upstream.pace(connection.writable)
        await relaying.next_event()
        last = last[-1:] + relaying.pieces()
    if _has_gone_on(exchange, opened):
        exchange = await judged(house, opened)
    await _kept_then_answered(relaying, exchange, last)


def _has_gone_on(exchange: Exchange, opened: Opened) -> bool:
    """More has come of the reply since the exchange was judged."""
    reply = exchange.reply
    return reply is None or (reply.size, reply.complete) != (opened.reply_size, opened.reply_complete)


async def _kept_then_answered(relaying: Relay, exchange: Exchange, last: bytes) -> None:
    last = await offered(relaying.connection, last)
    await keep_before_answer(relaying.house, relaying.opened, exchange)
    relaying.connection.write(last)
    if not relaying.framed:
        await relaying.sent()


def _cut_off(relaying: Relay, fault: Refusal) -> bool:
    """The reply cannot be completed, and the client must see that: what came is sent, and no end of it.

    A refusal of no stated length that ends in a reset is a refusal first (RFC 9112 section 9.6: an answer before the
    request was read whole): its own status says why.
    """
    opened = relaying.opened
    opened.failed = True
    refused = opened.status >= 400 and relaying.reply.framing.kind == "close"
    grade = Certainty.POSSIBLE if refused else Certainty.PROVEN
    opened.claims += (Claim(fault.cause, "facts" if refused else "rejection", grade, fault.detail),)
    close_books(relaying.house, opened)
    if relaying.framed:
        relaying.connection.end()
    else:
        relaying.connection.abort()
    return False
