"""A traffic worker: one process that serves exchanges, and sends its records and counts to the parent."""

import asyncio
import gc
import pickle
import signal
import socket
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from why400 import limits
from why400.channel import Channel, Kind, pack_record
from why400.diagnose.habits import Habits
from why400.exchange import Exchange
from why400.steps import Steps
from why400.wire.conduct import serve, turn_away
from why400.wire.door import Door, Room
from why400.wire.downstream import Downstream
from why400.wire.house import House, NotKept
from why400.wire.looking import in_turns


class Packer(Protocol):
    """Makes the record of an exchange: its JSON, and the body that is kept apart from it, if any."""

    def __call__(self, exchange: Exchange) -> Steps[tuple[bytes, bytes | None]]:
        """The record's JSON and the kept body, in steps."""


@dataclass(slots=True)
class Sampler:
    """Takes up to `rate` plain forwarded exchanges a second; each stands for those that were passed over before it."""

    rate: float
    _second: int = 0
    _taken: int = 0
    _passed: int = 0

    def wants(self, at: float) -> float:
        """The weight of an exchange at this time, 0 if it is passed over."""
        second = int(at)
        if second != self._second:
            self._second, self._taken = second, 0
        if self._taken >= self.rate:
            self._passed += 1
            return 0.0
        self._taken += 1
        weight, self._passed = 1.0 + self._passed, 0
        return weight


@dataclass(slots=True)
class Courier:
    """Carries records to the parent, and tells who waits that one is committed."""

    pack: Packer
    sampler: Sampler
    lost: Callable[[str], None]
    broke: Callable[[str], None]
    channel: Channel | None = None
    _gone: bool = False
    _number: int = 0
    _waiting: dict[int, asyncio.Future[None]] = field(default_factory=dict)
    _packing: set[asyncio.Task[int | None]] = field(default_factory=set)

    def wants(self, at: float) -> float:
        """The weight of a plain forwarded exchange, 0 if it is not to be kept."""
        return self.sampler.wants(at)

    def keep(self, exchange: Exchange) -> None:
        """Send the record; nobody waits."""
        self._begin(self._send(exchange))

    def keep_told(self, telling: Steps[Exchange]) -> None:
        """Send the record of what these steps come to; nobody waits."""
        self._begin(self._told(telling))

    def _begin(self, sending: Coroutine[None, None, int | None]) -> None:
        task = asyncio.get_running_loop().create_task(sending)
        self._packing.add(task)
        task.add_done_callback(self._packing.discard)

    async def _told(self, telling: Steps[Exchange]) -> int | None:
        return await self._send(await in_turns(telling))

    async def _send(self, exchange: Exchange) -> int | None:
        """The number of the record; None if it is lost already, which is counted."""
        if self.channel is None or self.channel.backlog > limits.RECORDS_BACKLOG:
            self.lost("queue-full")
            return None
        try:
            payload = pack_record(*await in_turns(self.pack(exchange)))
        except Exception:
            self.broke("record")
            return None
        self._number += 1
        self.channel.say(Kind.RECORD, self._number, payload)
        return self._number

    async def settled(self) -> None:
        """All that was to be kept has been sent."""
        while self._packing:
            await asyncio.wait(self._packing)

    async def kept(self, exchange: Exchange) -> None:
        """Send the record and wait for its commit, no longer than an answer may wait. `NotKept` without a parent."""
        number = await self._send(exchange)
        if self._gone:
            raise NotKept
        if number is None:
            return
        committed = self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(limits.PARENT_WAIT_SECONDS):
                await committed
        except TimeoutError:
            self.lost("parent-gone")
        finally:
            self._waiting.pop(number, None)

    def committed(self, number: int) -> None:
        """The parent has this record."""
        waiting = self._waiting.get(number)
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    def parent_gone(self) -> None:
        """Whatever was not committed by now never will be."""
        self._gone = True
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(NotKept())


@dataclass(slots=True)
class Worker:
    """One worker's life: hears the parent, serves the door, drains and ends.

    `warm` readies what only traffic needs, at the first client: a proxy that idles holds no memory for it.
    """

    house: House
    courier: Courier
    snapshot: Callable[[], bytes]
    habits: Habits
    warm: Callable[[], Coroutine[None, None, None]]
    room: Room = field(default_factory=Room)
    warming: asyncio.Task[None] | None = None
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    ruled: asyncio.Event = field(default_factory=asyncio.Event)
    door: Door = field(init=False)

    async def run(self, control: socket.socket, listeners: list[socket.socket]) -> None:
        """Serve until the parent says to drain, or is gone."""
        self.courier.channel = channel = await Channel.on(control, self._heard, self._parent_gone)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, lambda: None)  # the parent decides when we end
        self.door = Door(partial(self._served, serve), partial(self._served, turn_away), self.house.patience, self.room)
        await self.ruled.wait()
        for listener in listeners:
            await self.door.open(listener)
        channel.say(Kind.READY)
        await self.ended.wait()
        self.house.draining = True
        await self.door.close(limits.GRACE_SECONDS)
        await self.courier.settled()
        self.house.pool.close()
        if self.warming is not None:
            self.warming.cancel()
        channel.say(Kind.COUNTS, 0, self.snapshot())
        channel.close()

    async def _served(self, how: Callable[[Downstream, House], Awaitable[None]], connection: Downstream) -> None:
        if self.warming is None:
            self.warming = asyncio.create_task(self.warm())
        try:
            await how(connection, self.house)
        except NotKept:
            connection.abort()

    def _parent_gone(self) -> None:
        self.courier.parent_gone()
        self.ended.set()

    def _heard(self, kind: Kind, number: int, payload: bytes) -> None:
        if kind is Kind.ACK:
            self.courier.committed(number)
        elif kind is Kind.COUNT:
            if self.courier.channel is not None:
                self.courier.channel.say(Kind.COUNTS, number, self.snapshot())
        elif kind is Kind.RULES:
            self.house.rules = pickle.loads(payload)
            gc.freeze()  # what stays is never looked through for garbage: each time would take 6 ms
            self.ruled.set()
        elif kind is Kind.HABITS:
            self.habits.take_over(pickle.loads(payload))
        elif kind is Kind.LESSON:
            self.habits.learn(pickle.loads(payload))
        elif kind is Kind.DRAIN and self.ended.is_set():
            self.door.hurry()
        elif kind is Kind.DRAIN:
            self.ended.set()
