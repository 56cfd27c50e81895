"""Looking at a request without keeping others waiting: at once where that is quick, else in another process."""

import asyncio
from time import perf_counter
from typing import TypeVar

from why400 import limits
from why400.content.body import Body
from why400.fixes.answer import Failed
from why400.steps import Steps
from why400.study import Question, Studied, glancing
from why400.wire.house import House
from why400.wire.refusal import Refusal

T = TypeVar("T")

_MUCH = 64 * 1024

_LONG = 0.0001
"""Seconds of steps after which others have a turn: most work is done before, and need not wait for one."""


class LookFailed(Exception):
    """A long look ended by a bug of our own, or by what became of its process."""


async def look(house: House, question: Question, body: Body) -> Studied:
    """The whole answer. Refusal: there is no time for one. LookFailed: there is none."""
    quick = await in_turns(glancing(house.eyes, question, body))
    if not quick.sight.cut_short:
        return quick
    answer = await house.student.study(question, body)
    if isinstance(answer, Failed):
        if answer.why in ("crashed", "unavailable"):
            raise LookFailed(answer.because)
        raise Refusal("limit.overload", 503, f"the request could not be looked at in time: {answer.because}")
    return answer


async def look_soon(house: House, question: Question, body: Body) -> Studied:
    """The whole answer if it can be had soon, else as much as a quick look says.

    A look that takes longer goes on, answering nobody: to end its process and start another one takes a long turn.
    """
    quick = await in_turns(glancing(house.eyes, question, body))
    if not quick.sight.cut_short:
        return quick
    try:
        async with asyncio.timeout(limits.STUDY_WAIT):
            answer = await asyncio.shield(house.student.study(question, body))
    except TimeoutError:
        return quick
    return quick if isinstance(answer, Failed) else answer


async def in_turns(steps: Steps[T]) -> T:
    """What the steps come to, with a turn for others as soon as they have taken long."""
    began = perf_counter()
    while True:
        try:
            next(steps)
        except StopIteration as end:
            made: T = end.value
            return made
        if perf_counter() - began > _LONG:
            await asyncio.sleep(0)
            began = perf_counter()


async def let_others(size: int) -> None:
    """A turn of the event loop for everybody else, between two steps over a body of so many bytes if they are many."""
    if size > _MUCH:
        await next_turn()


async def next_turn() -> None:
    """A turn of the event loop for everybody else: of a request that is refused, each step has its own."""
    await asyncio.sleep(0)
