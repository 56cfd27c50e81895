"""Building a proxy that lives as long as one command: no rules, no files, and nothing outlives it."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from why400.app.traffic import make_house
from why400.exchange import Exchange
from why400.observe.meters import Meters
from why400.settings import Settings
from why400.witness import NoDecoder, Witness, during

T = TypeVar("T")


def witness(settings: Settings, act: Callable[[int], Awaitable[T]]) -> tuple[T, list[Exchange]]:
    """Do `act(port)` with a proxy on that port; what it returned, and all exchanges as they ended."""
    seen = Witness()

    async def run() -> T:
        return await during(act, make_house(settings, seen, Meters(), NoDecoder()))

    return asyncio.run(run()), seen.seen
