"""Building a rehearsal: the proxy with its rules and its decoders, and a stand-in where the model is."""

import asyncio
from collections.abc import Sequence
from functools import partial

from why400 import limits
from why400.app.tables import fix_table
from why400.app.traffic import make_house
from why400.decoding.pool import DecodePool
from why400.exchange import Diagnosis, Exchange, Outcome, Reply, ReplyHead
from why400.observe.meters import Meters
from why400.rehearsal import Rehearsed, StandIn, as_if_enforced, exchange_raw
from why400.rules.model import RuleSet
from why400.settings import Settings, parse_upstream
from why400.wire.house import House
from why400.witness import Witness, during

_ANSWERED = Reply(ReplyHead(200, b"OK", (1, 1), ()))


def rehearse(rules: RuleSet, requests: Sequence[bytes]) -> list[Rehearsed]:
    """Try requests, each the bytes of one, as if all rules were enforced. Nothing leaves this machine."""
    return asyncio.run(_rehearse(as_if_enforced(rules), requests))


async def _rehearse(rules: RuleSet, requests: Sequence[bytes]) -> list[Rehearsed]:
    stand_in, seen = StandIn(), Witness()
    server = await asyncio.start_server(stand_in.serve, "127.0.0.1", 0, limit=2 * limits.MAX_HEAD)
    async with server:
        upstream = parse_upstream(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        decoder = DecodePool({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
        house = make_house(Settings(upstream, capture="failed-bodies"), seen, Meters(), decoder)
        house.rules = rules
        try:
            return await during(partial(_each, requests=requests, house=house, stand_in=stand_in, seen=seen), house)
        finally:
            await decoder.close()


async def _each(
    port: int, requests: Sequence[bytes], house: House, stand_in: StandIn, seen: Witness
) -> list[Rehearsed]:
    done = []
    for raw in requests:
        seen.forget()
        stand_in.received.clear()
        answer = await exchange_raw(port, raw)
        received = stand_in.received[0] if stand_in.received else None
        await seen.any.wait()
        exchange = seen.seen[0]
        done.append(Rehearsed(exchange, received, b"" if received else answer, _silent(house, exchange)))
    return done


def _silent(house: House, exchange: Exchange) -> tuple[Diagnosis, ...]:
    """What would be wrong with a good answer."""
    if exchange.reply is None:
        return ()
    return house.diagnose(exchange.but(outcome=Outcome.FORWARDED, status=200, reply=_ANSWERED, diagnosis=(), claims=()))
