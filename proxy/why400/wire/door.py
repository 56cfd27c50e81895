"""The door of a worker: takes connections in, ends waits that last too long, closes at the end of service."""

import asyncio
import socket
from collections.abc import Awaitable, Callable

from why400 import limits
from why400.value import value
from why400.wire.downstream import Downstream

Serve = Callable[[Downstream], Awaitable[None]]

_ENDED_AT_ONCE = 32
_RESTED_SECONDS = 1.0
_HURRY_SECONDS = 1.0
_EXPECTED_SECONDS = 0.5
"""Who opened a connection, or was answered on it, less than this ago may have sent a request that is not here yet."""

_BACKLOG = 1024
_FULL_SECONDS = 0.1
"""Where nobody rested so lately, nobody is looked for again: it takes a third of a millisecond."""


@value
class Room:
    """So many clients are served at once, and so many more at a time are told that they are not."""

    served: int = limits.MAX_CONNECTIONS
    told: int = limits.TOLD_OF_NO_ROOM


def room_of(files: int) -> Room:
    """The room that a limit of open files leaves: each client that is served takes two, its own and the upstream's."""
    told = min(limits.TOLD_OF_NO_ROOM, files // 4)
    return Room(max(1, min(limits.MAX_CONNECTIONS, (files - told - limits.FILES_KEPT) // 2)), told)


class Door:
    """All client connections of one worker. Each has one task: `serve(connection)`, or `turn_away(connection)` where
    there is no room for it. A client that rests between two requests makes room for one that comes."""

    def __init__(self, serve: Serve, turn_away: Serve, patience: limits.Patience, room: Room) -> None:
        self._serve, self._turn_away = serve, turn_away
        self._patience = patience
        self._room = room
        self._connections: set[Downstream] = set()
        self._told: dict[Downstream, None] = {}
        self._scratch = memoryview(bytearray(limits.PIECE))
        self._servers: list[tuple[asyncio.Server, socket.socket]] = []
        self._sweep: asyncio.TimerHandle | None = None
        self._hurry = asyncio.Event()
        self._full_until = 0.0

    async def open(self, listener: socket.socket) -> None:
        """Accept connections from a bound socket."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(self._greet, sock=listener, backlog=_BACKLOG)
        self._servers.append((server, listener))

    def _greet(self) -> Downstream:
        return Downstream(self._patience, self._scratch, self._opened, self._closed)

    def _opened(self, connection: Downstream) -> None:
        if len(self._connections) < self._room.served or self._makes_room():
            self._connections.add(connection)
            how = self._serve
        else:
            self._told[connection] = None
            how = self._turn_away
            if len(self._told) > self._room.told:
                next((one for one in self._told if one.answered), connection).abort()
        connection.served = asyncio.ensure_future(how(connection))
        if self._sweep is None:
            self._sweep = asyncio.get_running_loop().call_later(0.25, self._look)

    def _makes_room(self) -> bool:
        """End those that have rested longest, if any rests."""
        now = asyncio.get_running_loop().time()
        if now < self._full_until:
            return False
        began = now - _RESTED_SECONDS + self._patience.keepalive
        resting = [
            (one.deadline, at, one)
            for at, one in enumerate(self._connections)
            if one.between_requests and one.deadline is not None and one.deadline <= began
        ]
        for _, _, one in sorted(resting)[:_ENDED_AT_ONCE]:
            one.end()
            self._connections.discard(one)
        self._full_until = 0.0 if resting else now + _FULL_SECONDS
        return bool(resting)

    def _closed(self, connection: Downstream) -> None:
        self._connections.discard(connection)
        self._told.pop(connection, None)

    def _look(self) -> None:
        """Ring where a wait is over; look again as soon as the next one can be."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        next_end = now + 1.0
        for connection in [*self._connections, *self._told]:
            deadline = connection.deadline
            if deadline is None:
                continue
            if deadline <= now:
                connection.overdue()
            else:
                next_end = min(next_end, deadline)
        here = self._connections or self._told
        self._sweep = loop.call_at(max(next_end, now + 0.1), self._look) if here else None

    def hurry(self) -> None:
        """Who asked for the end waits no longer."""
        self._hurry.set()

    async def close(self, grace: float) -> bool:
        """Take those that wait to be taken and no more, end the idle ones, wait for the others; False if some had to
        be cut off.

        When the time is over, or on `hurry`, what is waited for is over too: whoever can still be answered is.
        """
        for server, listener in self._servers:
            await self._take_waiting(listener)
            server.close()
            listener.close()
        end = asyncio.get_running_loop().time() + grace
        await self._emptied(end, stop=self._hurry)
        for connection in [*self._connections, *self._told]:
            connection.hurry()
        await self._emptied(asyncio.get_running_loop().time() + _HURRY_SECONDS)
        left = [*self._connections, *self._told]
        for connection in left:
            if connection.served is not None:
                connection.served.cancel()
        if left:
            await asyncio.sleep(0.05)
        return not left

    async def _take_waiting(self, listener: socket.socket) -> None:
        """Who waits in the system's queue has connected, and may have sent a request: closing it would be a reset."""
        listener.setblocking(False)
        for _ in range(_BACKLOG):
            try:
                client, _ = listener.accept()
            except OSError:  # nobody waits; or there are no files left to serve anybody with
                return
            await asyncio.get_running_loop().connect_accepted_socket(self._greet, client)

    def _expects(self, connection: Downstream, now: float) -> bool:
        """A request may be on its way."""
        if not connection.between_requests:
            return True
        return connection.deadline is None or connection.deadline - self._patience.keepalive > now - _EXPECTED_SECONDS

    async def _emptied(self, end: float, stop: asyncio.Event | None = None) -> None:
        """All have gone, or the time is over, or there is a reason to stop."""
        loop = asyncio.get_running_loop()
        while (self._connections or self._told) and loop.time() < end and not (stop and stop.is_set()):
            for connection in list(self._connections):
                if not self._expects(connection, loop.time()):
                    connection.end()
            await asyncio.sleep(0.02)
