"""A client's connection: bytes in, requests taken one after the other, bytes out."""

import asyncio
from collections.abc import Callable
from typing import cast

from why400 import limits
from why400.wire.ahead import Ahead
from why400.wire.inbox import Inbox
from why400.wire.joined import Joined
from why400.wire.lane import Lane
from why400.wire.outbound import Outbound
from why400.wire.refusal import Refusal

_FIRST_READ = 16 * 1024


class ClientLeft(Exception):
    """The client is there no more, or reads no more; its words say which."""

    def __init__(self, words: str = "the client closed its connection before it had its answer") -> None:
        super().__init__(words)


class Downstream(Outbound, asyncio.BufferedProtocol):
    """One connection. Its events ring `bell`; the one coroutine that serves it reads and writes through the methods.

    Between requests its `lane` is asked first; while an exchange is `straight` on it, all but its body wakes the task.
    `ahead` is what has come of the next request. `scratch` is one buffer for all connections of a worker: what is read
    into it is used up before the next read. `deadline` is the loop time at which the door should end a wait that has
    lasted too long, None for none. There is a `transport` from the first event on.
    """

    transport: asyncio.Transport

    def __init__(
        self,
        patience: limits.Patience,
        scratch: memoryview,
        opened: Callable[["Downstream"], None],
        closed: Callable[["Downstream"], None],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        super().__init__(self._loop)
        self.deadline: float | None = None
        self._seconds: float | None = None
        self.late = False
        self.eof = False
        self.resting, self.straight = True, False
        self.fault: Refusal | None = None
        self.served: asyncio.Task[None] | None = None
        self.lane: Lane | None = None
        self.peer = ""
        self.dropped = 0
        self._patience = patience
        self._scratch = scratch
        self._opened, self._closed = opened, closed
        self._reads = scratch[:_FIRST_READ]
        self.ahead = Ahead()
        self._inbox: Inbox | None = None
        self._other: Joined | None = None
        self._reading = True
        self._dropping = False
        self._ending = False
        self._head_began = False
        self._burst = 0

    # Events of the loop.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """A client has connected."""
        self.transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        self.peer = str(peer[0]) if isinstance(peer, tuple) else ""
        self._opened(self)

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where the next bytes go: straight into the body that is being received, or into the scratch buffer.

        Behind a head little is read at first: what has come by then of a body has to be copied to its place.
        """
        if self._inbox is None:
            return self._reads
        place = self._inbox.in_place
        return place if place is not None else self._scratch

    def buffer_updated(self, nbytes: int) -> None:
        """Bytes have come."""
        inbox = self._inbox
        if inbox is None or not inbox.is_in_place:
            self._burst += nbytes
            if self._burst >= limits.BURST:
                self._pause()
            self._received(self._scratch[:nbytes])
            if self.resting and self.bell.awaited and self.lane is not None and self.lane.take_up():
                return
        else:
            inbox.arrived(nbytes)
            if inbox.size < inbox.due and not inbox.ended:
                self.expect(self._seconds)
                return
            if self.straight and self.lane is not None:
                self.lane.arrived()
                return
        self.bell.ring()

    def eof_received(self) -> bool:
        """The client sends no more; it may still read its answer."""
        self.eof = True
        if self._other is not None:
            self._other.half_close()
        self.bell.ring()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone."""
        self.lost = True
        self._closed(self)
        self.bell.ring()

    # What the serving coroutine does.

    def join(self, other: Joined) -> None:
        """From now on what comes goes straight to the other side of a tunnel, first what has come already."""
        self._other, self._reads = other, self._scratch
        if self.ahead.data:
            other.write(bytes(self.ahead.take()))
        if self.eof:
            other.half_close()

    def pace(self, reading: bool) -> None:
        """Go on or stop reading, so that a slow other side slows this one down."""
        if reading is not self._reading and not self.lost:
            self._reading = reading
            (self.transport.resume_reading if reading else self.transport.pause_reading)()

    def _received(self, data: memoryview) -> None:
        if self._other is not None:
            self._other.write(bytes(data))
            self._pace()
            return
        if self._dropping:
            self.dropped += len(data)
            return
        if self._inbox is None or self._inbox.ended:
            self.ahead.data += data
            if len(self.ahead.data) <= limits.MAX_HEAD and self._reading:
                return
        else:
            try:
                self.ahead.data += self._inbox.feed(data)
            except Refusal as fault:
                self.fault = fault
        self._pace()

    def _pause(self) -> None:
        """Others have a turn before more is read: one turn could bring megabytes."""
        self.pace(reading=False)
        self._loop.call_soon(self._read_on)

    def _read_on(self) -> None:
        self._burst = 0
        self._pace()

    def _pace(self) -> None:
        """Stop reading while too much waits, go on when it has been used."""
        if self._other is not None:
            stop = not self._other.writable
        elif self._inbox is not None and not self._inbox.ended:
            stop = self._inbox.full
        else:
            stop = len(self.ahead.data) > limits.MAX_HEAD
        self.pace(reading=not stop and self._burst < limits.BURST)

    @property
    def between_requests(self) -> bool:
        """No exchange is open, and nothing of a further request has come."""
        return self.resting and not self.ahead.data

    @property
    def asks_for_head(self) -> bool:
        """What has come of the next request asks for no body, whatever else is wrong with it."""
        return self.ahead.data.startswith(b"HEAD ")

    async def next_head(self) -> bytes | None:
        """The bytes of the next request's head; None when the connection has ended before one, or when an exchange has
        become one for the task. Raises `Refusal`."""
        self.rest()
        while not self.straight:
            raw = self.ahead.head()
            if raw is not None:
                self.expect(None)
                self.resting = False
                return raw
            if self.lost or (self.eof and not self.ahead.data):
                return None
            if self.eof:
                raise Refusal("http.bad-request-line", 400, "the connection ended inside the request head")
            if self.late:
                self._check_idle()
                return None
            self._wait_for_head()
            await self.bell.heard()
        return None

    def rest(self) -> None:
        """Nothing is open: the next request may begin. The task is woken where it has begun already."""
        self._inbox, self.straight = None, False
        self.resting, self._head_began = True, False
        self.expect(self._patience.keepalive)
        if self.ahead.data:
            self.bell.ring()

    def _check_idle(self) -> None:
        """A connection between requests may end; one inside a head is told that it took too long."""
        if self.ahead.data:
            words = f"the request head was not complete after {self._patience.head:g} s"
            raise Refusal("http.timeout", 408, self.waited(words))

    def _wait_for_head(self) -> None:
        """Once a head has begun, it has its own time to be complete."""
        if self.ahead.data and not self._head_began:
            self._head_began = True
            self.expect(self._patience.head)

    def go_straight(self, head_size: int, inbox: Inbox) -> None:
        """The request whose head has come is on the lane: what comes now goes into `inbox`, which may pause a while."""
        self.straight, self.resting = True, False
        self.ahead.drop(head_size)
        if len(self.ahead.data) == inbox.framing.length:
            inbox.adopt(self.ahead.take())
            self._inbox = inbox
            return
        inbox.due = inbox.framing.length
        self.receive(inbox)
        if not inbox.ended:
            self.expect(self._patience.body)

    def receive(self, inbox: Inbox) -> None:
        """From now on what comes belongs to this body, first what has come already. Raises `Refusal`."""
        self._inbox = inbox
        if not inbox.ended and self.ahead.data:
            self._received(memoryview(self.ahead.take()))
            if self.fault is not None:
                raise self.fault

    def expect(self, seconds: float | None) -> None:
        """The door ends the connection's wait after `seconds`; None: there is nothing to wait for."""
        self.late = False
        self._seconds = seconds
        self.deadline = None if seconds is None else self._loop.time() + seconds

    async def happened(self) -> None:
        """Wait for the next event of this exchange, its upstream's included. Raises `Refusal`, `ClientLeft`."""
        self._pace()  # what was taken since the last event made room, and nothing else may ring while reading rests
        await self.bell.heard()
        if self.lost:
            raise ClientLeft
        if self.fault is not None:
            raise self.fault

    def finish_body(self) -> bool:
        """The exchange is over: True if its body has been received whole, so that the next request may follow."""
        done = self._inbox is None or self._inbox.ended
        if done:
            self._inbox = None
        return done

    @property
    def read_up(self) -> bool:
        """Nothing has come that was not asked for."""
        return not self.ahead.data

    @property
    def answered(self) -> bool:
        """The client has its answer, and what it still sends is dropped."""
        return self._dropping

    def drop(self) -> None:
        """From now on what comes is counted and dropped."""
        self._dropping = True
        self._inbox, self._reads = None, self._scratch
        self.ahead.take()
        self.pace(reading=True)

    def overdue(self) -> None:
        """The wait that the door was told of is over."""
        self.deadline, self.late = None, True
        self.bell.ring()
        if self._ending:
            self.expect(self._patience.stall) if self.reads_on() else self.abort()

    def hurry(self) -> None:
        """This process has to end: every wait is over."""
        self.hurried = True
        self.overdue()

    def end(self) -> None:
        """Close after what was written has been sent, if the client takes it."""
        if not self.lost:
            self._ending = True
            self.reads_on()
            self.expect(self._patience.stall)
            self.transport.close()
