"""Connections to the model server, and the pool of idle ones. Nothing is ever sent twice."""

import asyncio
import select
import ssl
from typing import cast

from why400 import limits
from why400.exchange import ReplyHead
from why400.settings import Upstream
from why400.wire.bell import Ringing
from why400.wire.errors import in_words, is_ours
from why400.wire.fields import keeps_open
from why400.wire.framing import Framing
from why400.wire.joined import Joined
from why400.wire.refusal import Refusal
from why400.wire.reply import ReplyReader
from why400.wire.system import ear_on, left_unread

_FULL_SECONDS = 0.01
"""Until the full queue of a unix socket is asked again."""

_DOUBT = 0.25
"""Seconds in which a server that refused or failed may close the connection without having said so: aiohttp does after
a body that it could not read, uvicorn after a handler that failed. A request sent meanwhile would be lost."""


class UpstreamConnection(asyncio.Protocol):
    """One connection: serves one exchange at a time, whose bell its events ring. It has a transport from the first
    event on."""

    transport: asyncio.Transport
    _ear: select.poll

    def __init__(self) -> None:
        self.reply: ReplyReader | None = None
        self.bell: Ringing | None = None
        self.lost = False
        self.eof = False
        self.writable = True
        self.idle_since = 0.0
        self.reusable = False
        self._reading = True
        self._other: Joined | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        self.transport = cast(asyncio.Transport, transport)
        self._ear = ear_on(self.transport)

    def data_received(self, data: bytes) -> None:
        """Bytes of a reply; on an idle connection they answer nobody, so the connection ends."""
        if self._other is not None:
            self._other.write(data)
            self.pace(self._other.writable)
        elif self.reply is None:
            self.transport.abort()
        else:
            self.reply.feed(data)
            if self.reply.full:  # at once: one turn of the loop may bring 8 MB
                self.pace(reading=False)
        self._ring()

    def eof_received(self) -> bool:
        """The upstream sends no more. In a tunnel it may still read; a reply is all that it will say."""
        self.eof = True
        if self._other is not None:
            self._other.half_close()
        elif self.reply is not None:
            self.reply.eof("the upstream closed its connection")
        self._ring()
        return self.reply is not None and self.reply.switched and self.transport.can_write_eof()

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone. What it said before its end counts, also where writing failed before it was read."""
        self.lost = True
        if self.reply is not None:
            reset = isinstance(exc, OSError)
            if reset and not self.reply.ended:
                self.reply.feed(left_unread(self.transport))
            how = "reset its connection" if reset else "closed its connection"
            if self.reply.framing.kind == "close" and not self.reply.ended and (reset or not self.eof):
                how += "" if reset else " without TLS's word for its end (RFC 9112 section 9.8)"
                self.reply.fault = Refusal("upstream.cut", 502, f"the upstream {how} inside its reply's body")
            self.reply.eof(f"the upstream {how}")
        self._ring()

    def pause_writing(self) -> None:
        """The upstream reads slower than we write."""
        self.writable = False

    def resume_writing(self) -> None:
        """The upstream has caught up."""
        self.writable = True
        self._ring()

    def _ring(self) -> None:
        if self.bell is not None:
            self.bell.ring()

    def pace(self, reading: bool) -> None:
        """Go on or stop reading, so that a slow client slows the upstream down."""
        if reading is not self._reading and not self.lost:
            self._reading = reading
            (self.transport.resume_reading if reading else self.transport.pause_reading)()

    def join(self, other: Joined) -> None:
        """From now on what comes goes straight to the other side of a tunnel."""
        self._other = other
        if self.eof:
            other.half_close()

    def write(self, data: bytes) -> None:
        """Send bytes."""
        if not self.lost:
            self.transport.write(data)

    def half_close(self) -> None:
        """Send no more."""
        if not self.lost and self.transport.can_write_eof():
            self.transport.write_eof()

    def begin(self, method: str, bell: Ringing) -> ReplyReader:
        """Take up an exchange."""
        self.reply, self.bell, self.reusable = ReplyReader(method, reused=self.idle_since > 0), bell, False
        return self.reply

    def is_quiet(self) -> bool:
        """Nothing has come since the last reply, not even an end that the loop has yet to see: what is there before a
        request was sent is no reply to it (RFC 9112 section 9.2)."""
        return not (self.lost or self.transport.is_closing() or self._ear.poll(0))

    def finish(self, pool: "UpstreamPool") -> None:
        """The exchange is over: back to the pool if the upstream keeps the connection and owes nothing on it."""
        reply = self.reply
        if reply is None:
            return
        head = reply.head
        if head is not None and self.reusable and reply.ended and not reply.surplus and _persists(head, reply.framing):
            pool.release(self, _DOUBT if head.status >= 400 else 0)
        else:
            self.abort()

    def end(self) -> None:
        """Close after what was written has been sent."""
        if not self.lost:
            self.transport.close()

    def abort(self) -> None:
        """Close at once, if it is not closing already."""
        self.reply = self.bell = None
        if not (self.lost or self.transport.is_closing()):
            self.transport.abort()


class UpstreamPool:
    """Idle connections to one upstream, the youngest first; an idle one is dropped after `idle` seconds."""

    def __init__(self, upstream: Upstream, idle: float, hint: str = "") -> None:
        self.upstream = upstream
        self._hint = f" ({hint})" if hint else ""
        self._idle_seconds = idle
        self._idle: list[UpstreamConnection] = []
        self._doubted: set[UpstreamConnection] = set()
        self._sweep: asyncio.TimerHandle | None = None
        self._tls = ssl.create_default_context(cafile=upstream.ca) if upstream.scheme == "https" else None

    @property
    def has_idle(self) -> bool:
        """A connection is idle, though its upstream may have closed it."""
        return bool(self._idle)

    def at_hand(self) -> UpstreamConnection | None:
        """An idle connection that is open now."""
        oldest = asyncio.get_running_loop().time() - self._idle_seconds
        while self._idle:
            connection = self._idle.pop()
            if connection.idle_since >= oldest and connection.is_quiet():
                return connection
            connection.abort()
        return None

    async def acquire(self) -> UpstreamConnection:
        """A connection that is open now, idle or new. Raises `Refusal` with `upstream.unreachable` or `.timeout`."""
        return self.at_hand() or await self._connect()

    def release(self, connection: UpstreamConnection, doubt: float = 0) -> None:
        """Take back a connection whose exchange is complete, once it has stayed open for `doubt` seconds."""
        connection.reply = connection.bell = None
        if connection.lost or len(self._idle) + len(self._doubted) >= limits.UPSTREAM_POOL or not self._idle_seconds:
            connection.abort()
            return
        connection.pace(reading=True)
        if doubt:
            self._doubted.add(connection)
            asyncio.get_running_loop().call_later(doubt, self._trust, connection)
        else:
            self._rest(connection)

    def _trust(self, connection: UpstreamConnection) -> None:
        if connection in self._doubted:
            self._doubted.remove(connection)
            self._rest(connection)

    def _rest(self, connection: UpstreamConnection) -> None:
        loop = asyncio.get_running_loop()
        connection.idle_since = loop.time()
        self._idle.append(connection)
        if self._sweep is None:
            self._sweep = loop.call_later(self._idle_seconds, self._drop_old)

    def _drop_old(self) -> None:
        """Close what has been idle too long; runs only while something is idle."""
        loop = asyncio.get_running_loop()
        self._sweep = None
        oldest = loop.time() - self._idle_seconds
        while self._idle and self._idle[0].idle_since <= oldest:
            self._idle.pop(0).abort()
        if self._idle:
            self._sweep = loop.call_at(self._idle[0].idle_since + self._idle_seconds, self._drop_old)

    def close(self) -> None:
        """Close all idle connections."""
        if self._sweep is not None:
            self._sweep.cancel()
        for connection in (*self._idle, *self._doubted):
            connection.abort()
        self._idle.clear()
        self._doubted.clear()

    async def _connect(self) -> UpstreamConnection:
        try:
            async with asyncio.timeout(limits.CONNECT_TIMEOUT):
                return await self._open()
        except TimeoutError:
            wait = f"{limits.CONNECT_TIMEOUT:g} s"
            raise Refusal("upstream.timeout", 504, f"no connection to {self.upstream.url} after {wait}") from None
        except ssl.SSLError as error:
            raise Refusal("upstream.tls", 502, f"no TLS with {self.upstream.url}: {in_words(error)}") from None
        except OSError as error:
            words = f"no connection to {self.upstream.url}: {in_words(error)}"
            if is_ours(error):
                raise Refusal("limit.overload", 503, words) from None
            hint = self._hint if "refused" in words else ""
            raise Refusal("upstream.unreachable", 502, words + hint) from None

    async def _open(self) -> UpstreamConnection:
        loop, to = asyncio.get_running_loop(), self.upstream
        if to.scheme == "unix":
            connection = await self._open_unix()
        else:
            server_hostname = to.host if self._tls else None
            _, connection = await loop.create_connection(
                UpstreamConnection, to.host, to.port, ssl=self._tls, server_hostname=server_hostname
            )
        connection.transport.set_write_buffer_limits(high=limits.PIECE)
        return connection

    async def _open_unix(self) -> UpstreamConnection:
        """A unix socket whose queue is full says so at once (connect(2), EAGAIN). TCP waits for room, and so do we."""
        while True:
            try:
                loop = asyncio.get_running_loop()
                _, connection = await loop.create_unix_connection(UpstreamConnection, self.upstream.path)
                return connection
            except BlockingIOError:
                await asyncio.sleep(_FULL_SECONDS)


def _persists(head: ReplyHead, framing: Framing) -> bool:
    """The upstream means to keep the connection."""
    return framing.kind != "close" and keeps_open(head)
