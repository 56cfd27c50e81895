"""Building a rehearsal: the proxy with its rules and its decoders, and a stand-in where the model is."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from why400 import limits
from why400.app.tables import fix_table
from why400.app.traffic import make_house
from why400.decoding.pictures import DecodePool
from why400.exchange import Diagnosis, Exchange, Outcome, Reply, ReplyHead
from why400.observe.meters import Meters
from why400.rehearsal import REFUSAL, Rehearsed, StandIn, as_if_enforced, exchange_raw
from why400.rules.model import RuleSet
from why400.settings import Settings, parse_upstream
from why400.steps import at_once
from why400.wire.house import Decoder, House
from why400.witness import Witness, during

T = TypeVar("T")

_LONGEST = 60.0
"""Seconds after which an exchange that is not over never will be."""

_ANSWERED = Reply(ReplyHead(200, b"OK", (1, 1), ()))


@dataclass(slots=True)
class Stage:
    """A proxy on a port, with a stand-in behind it."""

    port: int
    house: House
    stand_in: StandIn
    seen: Witness

    async def play(self, rules: RuleSet, raw: bytes) -> Rehearsed:
        """One request under these rules."""
        self.house.rules = rules
        self.seen.forget()
        self.stand_in.received.clear()
        answer = await exchange_raw(self.port, raw)
        received = self.stand_in.received[0] if self.stand_in.received else None
        async with asyncio.timeout(_LONGEST):
            await self.seen.any.wait()
        return Rehearsed(self.seen.seen[0], received, b"" if received else answer)


async def on_stage(act: Callable[[Stage], Awaitable[T]], reply: bytes, decoder: Decoder) -> T:
    """Do `act` with a stage whose stand-in answers `reply`."""
    stand_in, seen = StandIn(reply), Witness()
    server = await asyncio.start_server(stand_in.serve, "127.0.0.1", 0, limit=2 * limits.MAX_HEAD)
    async with server:
        upstream = parse_upstream(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        house = make_house(Settings(upstream, capture="failed-bodies"), seen, Meters(), decoder)
        return await during(lambda port: act(Stage(port, house, stand_in, seen)), house)


def rehearse(rules: RuleSet, requests: Sequence[bytes]) -> list[Rehearsed]:
    """Try requests, each the bytes of one, as if all rules were enforced. Nothing leaves this machine."""
    return asyncio.run(_rehearse(as_if_enforced(rules), requests))


async def _rehearse(rules: RuleSet, requests: Sequence[bytes]) -> list[Rehearsed]:
    decoder = DecodePool({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
    try:
        return await on_stage(partial(_each, rules=rules, requests=requests), REFUSAL, decoder)
    finally:
        await decoder.close()


async def _each(stage: Stage, rules: RuleSet, requests: Iterable[bytes]) -> list[Rehearsed]:
    done = []
    for raw in requests:
        one = await stage.play(rules, raw)
        done.append(Rehearsed(one.exchange, one.received, one.answer, _silent(stage.house, one.exchange)))
    return done


def _silent(house: House, exchange: Exchange) -> tuple[Diagnosis, ...]:
    """What would be wrong with a good answer."""
    if exchange.reply is None:
        return ()
    answered = exchange.but(outcome=Outcome.FORWARDED, status=200, reply=_ANSWERED, diagnosis=(), claims=())
    return at_once(house.weigh(answered))
