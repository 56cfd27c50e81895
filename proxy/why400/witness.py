"""A proxy in this very process for as long as one command lasts: without rules, and nothing outlives it."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from why400.exchange import Exchange
from why400.steps import Steps, at_once
from why400.wire.conduct import serve, turn_away
from why400.wire.door import Door, Room
from why400.wire.house import House

T = TypeVar("T")

_GRACE_SECONDS = 1.0
"""When the command has ended, what it left open may take this long to be noticed."""


@dataclass(slots=True)
class Witness:
    """Keeps the exchanges of a proxy in memory, whole, in the order in which they ended. A `Recorder` for the wire."""

    seen: list[Exchange] = field(default_factory=list)
    any: asyncio.Event = field(default_factory=asyncio.Event)

    def wants(self, at: float) -> float:
        """Every exchange is wanted, and stands for itself."""
        return 1.0

    def keep(self, exchange: Exchange) -> None:
        """Keep it."""
        self.seen.append(exchange)
        self.any.set()

    def keep_told(self, telling: Steps[Exchange]) -> None:
        """Keep what these steps come to, at once: nobody else is to have a turn."""
        self.keep(at_once(telling))

    def forget(self) -> None:
        """Begin anew."""
        self.seen.clear()
        self.any.clear()

    async def kept(self, exchange: Exchange) -> None:
        """Keep it; there is nothing to wait for."""
        self.keep(exchange)


class NoDecoder:
    """Stands where decode workers are: without rules nothing is fixed, so there is nothing for them to do."""

    async def run(self, job: Any, image: bytes) -> Any:
        """Refuse."""
        raise NotImplementedError("a proxy without rules decodes nothing")


async def during(act: Callable[[int], Awaitable[T]], house: House) -> T:
    """Do `act(port)` while a proxy listens on that port of 127.0.0.1; give what it returned, once all is over."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        door = Door(partial(serve, house=house), partial(turn_away, house=house), house.patience, Room())
        await door.open(listener)
        try:
            return await act(listener.getsockname()[1])
        finally:
            await door.close(_GRACE_SECONDS)
            house.pool.close()
