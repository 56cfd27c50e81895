"""One coroutine waits, many call: whatever happens to an exchange rings its bell."""

import asyncio
from typing import Protocol


class Ringing(Protocol):
    """What is told that something happened."""

    def ring(self) -> None:
        """Something happened."""


class Bell:
    """Wakes the coroutine that waits in `heard`; a ring while nobody waits is heard at the next wait."""

    __slots__ = ("_loop", "_rung", "_waiter")

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiter: asyncio.Future[None] | None = None
        self._rung = False

    def ring(self, _: object = None) -> None:
        """Something happened. The argument lets it stand as a callback."""
        waiter = self._waiter
        if waiter is not None and not waiter.done():
            waiter.set_result(None)
        else:
            self._rung = True

    @property
    def awaited(self) -> bool:
        """Somebody waits who has not been woken yet."""
        return self._waiter is not None and not self._waiter.done()

    async def heard(self) -> None:
        """Wait until the bell has rung since the last wait."""
        if self._rung:
            self._rung = False
            return
        self._waiter = self._loop.create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None
