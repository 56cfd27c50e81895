"""Running inline tests: each request goes the way of all, to a stand-in that accepts."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Any

import orjson

from why400.app.rehearsal import Stage, on_stage
from why400.app.tables import fix_table
from why400.content.body import Body
from why400.decoding.here import DecodeHere
from why400.exchange import Image, Station
from why400.rehearsal import ACCEPTANCE, Rehearsed, accepting
from why400.rules.as_tested import as_tested
from why400.rules.draft import InlineTest
from why400.rules.load import Loaded
from why400.rules.model import Route
from why400.trials.request import request_of
from why400.trials.verdict import Became, Result, judge


def run_tests(loaded: Loaded) -> tuple[Result, ...]:
    """All inline tests, in the order of files and lines."""
    if not loaded.tests:
        return ()
    decoder = DecodeHere({name: fix.pixels for name, fix in fix_table().items() if fix.pixels})
    return asyncio.run(on_stage(partial(_each, written=loaded.written, tests=loaded.tests), ACCEPTANCE, decoder))


async def _each(stage: Stage, written: Sequence[Route], tests: Sequence[InlineTest]) -> tuple[Result, ...]:
    judged_by = {mode: as_tested(written, mode) for mode in {test.mode for test in tests}}
    routes = {route.id: route for route in written}
    results = []
    for test in tests:
        stage.stand_in.reply = accepting(test.send.get("reply", "").encode())
        raw = request_of(test, routes[test.route], stage.house.eyes.locations)
        done = await stage.play(judged_by[test.mode], raw)
        body = done.received.body if done.received else b""
        became = Became(done.exchange, _sent_on(stage, routes[test.route], done), _detail(done), body)
        results.append(judge(test, became))
    return tuple(results)


def _sent_on(stage: Stage, route: Route, done: Rehearsed) -> tuple[Image, ...]:
    """The images of what the model got, where its route says that they are."""
    if done.received is None:
        return ()
    body = Body(done.received.body, len(done.received.body), ended=True)
    target = done.received.head.target.decode("latin-1")
    return stage.house.eyes.see(done.received.head, target, body, route.images, Station.WHOLE_BODY).seen.images


def _detail(done: Rehearsed) -> str:
    _, _, body = done.answer.partition(b"\r\n\r\n")
    try:
        answer: Any = orjson.loads(body)
    except orjson.JSONDecodeError:
        return ""
    return str(answer.get("detail", "")) if isinstance(answer, dict) else ""
