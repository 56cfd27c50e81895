"""A proxy on real sockets with rules from a few lines, before a model that answers the same to everybody."""

from rules.kit import loaded
from why400.app.rehearsal import Stage, on_stage
from why400.app.tables import fix_table
from why400.decoding.here import DecodeHere
from why400.exchange import Exchange
from why400.rehearsal import Received, exchange_raw
from why400.rules.model import RuleSet

Played = tuple[bytes, Exchange, bool]


def rules(lines: str) -> RuleSet:
    result = loaded(lines)
    assert result.ruleset is not None, result.problems
    return result.ruleset


async def play(lines: str, reply: bytes, *requests: bytes) -> list[Played]:
    """Each request's answer, its exchange as recorded, and whether the model got it."""

    async def act(stage: Stage) -> list[Played]:
        stage.house.rules = rules(lines)
        return [await _one(stage, raw) for raw in requests]

    return await on_stage(act, reply, _decoder())


async def play_received(lines: str, reply: bytes, *requests: bytes) -> list[tuple[Exchange, Received | None]]:
    """Each request's exchange, and what the model got."""

    async def act(stage: Stage) -> list[tuple[Exchange, Received | None]]:
        played = [await stage.play(rules(lines), raw) for raw in requests]
        return [(one.exchange, one.received) for one in played]

    return await on_stage(act, reply, _decoder())


def _decoder() -> DecodeHere:
    return DecodeHere({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})


async def _one(stage: Stage, raw: bytes) -> Played:
    stage.seen.forget()
    stage.stand_in.received.clear()
    answer = await exchange_raw(stage.port, raw)
    await stage.seen.any.wait()
    return answer, stage.seen.seen[0], bool(stage.stand_in.received)


def reply(body: bytes, status: str = "200 OK", *fields: str) -> bytes:
    head = "".join(f"{field}\r\n" for field in (*fields, f"Content-Length: {len(body)}", "Connection: close"))
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


def request(body: bytes, *fields: str, method: str = "POST", path: str = "/predict") -> bytes:
    head = "".join(f"{field}\r\n" for field in ("Host: m", *fields, f"Content-Length: {len(body)}"))
    return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body


def fields_of(answer: bytes) -> dict[str, str]:
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")[1:]
    return {name.lower(): value for name, _, value in (line.partition(": ") for line in head)}


def status_of(answer: bytes) -> int:
    return int(answer[9:12])
