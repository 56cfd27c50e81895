"""Presets before the servers that they are for: good requests pass untouched, bad ones are mended or named."""

import time
from pathlib import Path

import pytest

from rules.kit import file, tables
from upstreams.fleet import MORE, OTHERS, SERVERS, Server, running
from upstreams.report import chosen
from upstreams.tries import bodies, documents, generic, tensors
from upstreams.tries.trial import Trial, named
from upstreams.wire import Answer, Request, send
from why400.app.tables import fix_table
from why400.app.traffic import make_house
from why400.decoding.here import DecodeHere
from why400.exchange import Exchange, Outcome
from why400.observe.meters import Meters
from why400.rehearsal import exchange_raw
from why400.rules.as_tested import as_tested
from why400.rules.load import load
from why400.rules.model import RuleSet
from why400.settings import Settings, parse_upstream
from why400.witness import Witness, during

PRESETS = Path(__file__).parents[2] / "rules" / "presets"
TRIES = named((*generic.TRIES, *bodies.TRIES, *documents.TRIES, *tensors.TRIES))
FLEET = {server.name: server for server in (*SERVERS, *MORE, *OTHERS)}
PATIENCE = 60.0
"""Seconds until the model behind a server that already answers has to be there."""


def rules(trial: Trial) -> RuleSet:
    """The preset's routes, enforced, with the names that this server has."""
    text = (PRESETS / f"{trial.preset}.yaml").read_text()
    lines, skipping = [], False
    for line in text.split("\n"):
        skipping = line.strip() == "tests:" or (skipping and line.startswith("      "))
        lines += [] if skipping else [line]
    text = "\n".join(lines)
    for theirs, here in trial.here.items():
        assert theirs in text
        text = text.replace(theirs, here)
    presets = {one.stem: file(one.read_bytes(), one.name) for one in PRESETS.glob("*.yaml")}
    loaded = load([file(text)], tables(), presets)
    assert loaded.ruleset is not None, loaded.problems
    return as_tested(loaded.written, None)


async def through(ruleset: RuleSet, port: int, requests: list[Request]) -> list[Exchange]:
    """What becomes of requests that go through us to a server."""
    witness = Witness()
    decoder = DecodeHere({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
    house = make_house(Settings(parse_upstream(f"http://127.0.0.1:{port}")), witness, Meters(), decoder)
    house.rules = ruleset

    async def act(own: int) -> None:
        for request in requests:
            await exchange_raw(own, request.on_wire(f"127.0.0.1:{own}"))

    await during(act, house)
    return witness.seen


def taken(answer: Answer) -> bool:
    """The server did what was asked; some say in a 200 that they did not."""
    return 0 < answer.status < 400 and b'"status":"failed"' not in answer.body


def until_ready(port: int, request: Request) -> None:
    end = time.monotonic() + PATIENCE
    while not taken(send(port, request, 5)) and time.monotonic() < end:
        time.sleep(0.5)


def in_this_run(trial: Trial) -> bool:
    servers: tuple[Server, ...] = chosen([])
    return FLEET[trial.server] in servers or MORE[0] in servers


CHOSEN = {name: trial for name, trial in TRIES.items() if in_this_run(trial)}


@pytest.mark.upstreams
@pytest.mark.parametrize("trial", CHOSEN.values(), ids=CHOSEN)
async def test_a_preset_before_its_server(trial: Trial, tmp_path: Path) -> None:
    with running(FLEET[trial.server], tmp_path / "out") as port:
        until_ready(port, next(iter(trial.good.values())))
        alone = {name: send(port, request) for name, request in _all(trial).items()}
        seen = await through(rules(trial), port, list(_all(trial).values()))
    became = dict(zip(_all(trial), seen, strict=True))
    assert {name for name, answer in alone.items() if taken(answer)} == set(trial.good)
    harmed = {name: told(became[name]) for name in trial.good if became[name].outcome is not Outcome.FORWARDED}
    assert harmed == {}
    unmended = {name: told(became[name]) for name in trial.mended if became[name].outcome is not Outcome.FIXED}
    assert unmended == {}
    assert {name: told(became[name]) for name in trial.rejected} == {
        name: ("rejected", cause) for name, (_, cause) in trial.rejected.items()
    }


def _all(trial: Trial) -> dict[str, Request]:
    return {**trial.good, **trial.mended, **{name: request for name, (request, _) in trial.rejected.items()}}


def told(exchange: Exchange) -> tuple[str, str]:
    """What became of it, and the first cause that was found."""
    return str(exchange.outcome), exchange.findings[0].cause if exchange.findings else ""
