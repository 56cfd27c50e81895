"""The door of a worker: takes connections in, ends waits that last too long, closes at the end of service."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

from why400 import limits
from why400.wire.downstream import Downstream

Serve = Callable[[Downstream], Awaitable[None]]


class Door:
    """All client connections of one worker. Each is served by one task, `serve(connection)`."""

    def __init__(self, serve: Serve, patience: limits.Patience) -> None:
        self._serve = serve
        self._patience = patience
        self._connections: set[Downstream] = set()
        self._scratch = memoryview(bytearray(limits.PIECE))
        self._servers: list[tuple[asyncio.Server, socket.socket]] = []
        self._sweep: asyncio.TimerHandle | None = None

    @property
    def crowded(self) -> bool:
        """More clients than one worker serves."""
        return len(self._connections) > limits.MAX_CONNECTIONS

    async def open(self, listener: socket.socket) -> None:
        """Accept connections from a bound socket."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._greet, sock=listener, backlog=1024)
        self._servers.append((server, listener))

    def _greet(self) -> Downstream:
        return Downstream(self._patience, self._scratch, self._opened, self._closed)

    def _opened(self, connection: Downstream) -> None:
        self._connections.add(connection)
        connection.served = asyncio.ensure_future(self._serve(connection))
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(0.25, self._look)

    def _closed(self, connection: Downstream) -> None:
        self._connections.discard(connection)

    def _look(self) -> None:
        """Ring where a wait is over; look again as soon as the next one can be."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        next_end = now + 1.0
        for connection in list(self._connections):
            deadline = connection.deadline
            if deadline is None:
                continue
            if deadline <= now:
                connection.overdue()
            else:
                next_end = min(next_end, deadline)
        self._sweep = loop.call_at(max(next_end, now + 0.1), self._look) if self._connections else None

    async def close(self, grace: float) -> bool:
        """Take no more connections, end the idle ones, wait for the others; False if some had to be cut off."""
        for server, listener in self._servers:
            server.close()
            listener.close()
        end = asyncio.get_running_loop().time() + grace
        while self._connections and asyncio.get_running_loop().time() < end:
            for connection in list(self._connections):
                if connection.between_requests:
                    connection.end()
            await asyncio.sleep(0.02)
        left = list(self._connections)
        for connection in left:
            if connection.served is not None:
                connection.served.cancel()
        if left:
            await asyncio.sleep(0.05)
        return not left
