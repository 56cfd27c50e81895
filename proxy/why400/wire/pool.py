"""The pool of idle connections to the model server. Nothing is ever sent twice."""

import asyncio
import ssl

from why400 import limits
from why400.settings import Upstream
from why400.wire.errors import in_words, is_ours
from why400.wire.fields import keeps_open
from why400.wire.lasting import Lasting
from why400.wire.refusal import Refusal
from why400.wire.reply import ReplyReader
from why400.wire.upstream import UpstreamConnection

_FULL_SECONDS = 0.01
"""Until the full queue of a unix socket is asked again."""

_DOUBT = 0.25
"""Seconds in which a server that refused or failed may close the connection without having said so: aiohttp does after
a body that it could not read, uvicorn after a handler that failed. A request sent meanwhile would be lost."""


class UpstreamPool:
    """Idle connections to one upstream, the youngest first; an idle one is dropped after `idle` seconds."""

    def __init__(self, upstream: Upstream, idle: float, hint: str = "") -> None:
        self.upstream = upstream
        self._hint = f" ({hint})" if hint else ""
        self._idle_seconds = idle
        self._lasting = Lasting(idle)
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
        now, lasting = asyncio.get_running_loop().time(), self._lasting
        while self._idle:
            at = 0 if lasting.young_end else -1
            age = now - self._idle[at].idle_since
            if not lasting.believes(age, now):
                break
            connection = self._idle.pop(at)
            if connection.is_quiet():
                lasting.stayed(age)
                return connection
            lasting.ended(age, now)
            connection.abort()
        return None

    def _ended(self, connection: UpstreamConnection) -> None:
        """The upstream has ended a connection while no exchange was on it."""
        if connection in self._idle:
            now = asyncio.get_running_loop().time()
            self._idle.remove(connection)
            self._lasting.ended(now - connection.idle_since, now)

    async def acquire(self) -> UpstreamConnection:
        """A connection that is open now, idle or new. Raises `Refusal` with `upstream.unreachable` or `.timeout`."""
        return self.at_hand() or await self._connect()

    def take_back(self, connection: UpstreamConnection) -> None:
        """The connection's exchange is over: it is kept if the upstream keeps it and owes nothing on it."""
        reply, full = connection.reply, len(self._idle) + len(self._doubted) >= limits.UPSTREAM_POOL
        if reply is None:
            return
        if full or not (self._idle_seconds and connection.reusable and _persists(reply)) or connection.lost:
            connection.abort()
            return
        connection.reply = connection.bell = None
        connection.pace(reading=True)
        if reply.head is not None and reply.head.status >= 400:
            self._doubted.add(connection)
            asyncio.get_running_loop().call_later(_DOUBT, self._trust, connection)
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
                self._protocol, to.host, to.port, ssl=self._tls, server_hostname=server_hostname
            )
        connection.transport.set_write_buffer_limits(high=limits.PIECE)
        return connection

    def _protocol(self) -> UpstreamConnection:
        return UpstreamConnection(self._ended)

    async def _open_unix(self) -> UpstreamConnection:
        """A unix socket whose queue is full says so at once (connect(2), EAGAIN). TCP waits for room, and so do we."""
        while True:
            try:
                loop = asyncio.get_running_loop()
                _, connection = await loop.create_unix_connection(self._protocol, self.upstream.path)
                return connection
            except BlockingIOError:
                await asyncio.sleep(_FULL_SECONDS)


def _persists(reply: ReplyReader) -> bool:
    """The reply is complete, nothing stands behind it, and the upstream means to keep the connection."""
    if reply.head is None or not reply.ended or reply.surplus:
        return False
    return reply.framing.kind != "close" and keeps_open(reply.head)
