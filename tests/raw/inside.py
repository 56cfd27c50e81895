"""The wire in this very process, for what a test has to see run out: waits and budgets."""

import asyncio
from typing import TypeVar

import uvloop

from raw.client import Said, Step, talk
from why400.app.traffic import make_house
from why400.exchange import Exchange
from why400.limits import Patience
from why400.observe.meters import Meters
from why400.settings import Settings, Upstream, parse_upstream
from why400.witness import NoDecoder, Witness, during

T = TypeVar("T")


def talk_with(patience: Patience, upstream: str | Upstream, *steps: Step, **settings) -> tuple[Said, list[Exchange]]:
    """What a client gets of a proxy with so much patience, and the exchanges as they ended."""
    seen = Witness()
    to = parse_upstream(upstream) if isinstance(upstream, str) else upstream
    house = make_house(Settings(upstream=to, **settings), seen, Meters(), NoDecoder())
    house.patience = patience

    async def act(port: int) -> Said:
        return await asyncio.to_thread(talk, port, *steps)

    return uvloop.run(during(act, house)), seen.seen
