"""What is read of a request after it has gone on: facts that nobody waited for, and what rules that observe say."""

import asyncio

from why400 import limits
from why400.content.body import Body
from why400.exchange import Mode, Station
from why400.steps import in_one
from why400.study import Question, Studied, glancing
from why400.wire import pixels
from why400.wire.books import judge_success
from why400.wire.house import House
from why400.wire.looking import LookFailed, in_turns, look, look_soon, next_turn
from why400.wire.opened import Opened
from why400.wire.refusal import Refusal


def glanced(house: House, opened: Opened) -> bool:
    """What `after_forwarding` reads has been read, where one step does it."""
    if not opened.watched or opened.seen is not None:
        return True
    body = opened.inbox.so_far()
    try:
        found = in_one(glancing(house.eyes, _afterwards(opened, body), body))
    except Exception:
        return False
    if found is not None:
        _keep(opened, found)
    return found is not None


def is_settled(opened: Opened) -> bool:
    """After a success nothing more is to be looked at."""
    return not opened.watched or not (opened.seen is None or _is_judged(opened) or _observers_wait(opened))


async def after_forwarding(house: House, opened: Opened) -> None:
    """Read the facts that nobody had to wait for, while the model works."""
    if not opened.watched or opened.seen is not None:
        return
    try:
        body = opened.inbox.so_far()
        _keep(opened, await in_turns(glancing(house.eyes, _afterwards(opened, body), body)))
    except Exception:
        house.meters.internal_error("facts")


async def after_success(house: House, opened: Opened) -> None:
    """What the rules would have said, where that takes long and keeps nobody else waiting."""
    await after_forwarding(house, opened)
    if opened.watched and _is_judged(opened) and not house.student.busy:
        await _look_again(house, opened)
    await _look_for_observers(house, opened)


async def after_refusal(house: House, opened: Opened) -> None:
    """Look at all that can be wrong, once the model has refused."""
    if opened.watched:
        await next_turn()
        await _look_again(house, opened, thorough=True)
        await next_turn()
    await _look_for_observers(house, opened)


async def _look_for_observers(house: House, opened: Opened) -> None:
    """Rules that only observe kept nobody waiting: they are asked once the model has answered, else are `unchecked`."""
    route, seen, review = opened.route, opened.seen, opened.review
    if route is None or seen is None or review is None or not _observers_wait(opened):
        return
    body = opened.inbox.so_far()
    if not body.whole:
        return
    try:
        async with asyncio.timeout(limits.STUDY_WAIT):
            wanted = bool(route.stations[Station.PIXELS])
            decoded = await pixels.decodings(house, seen, route, body) if wanted else ()
            question = Question(opened.head, opened.path, route, Station.PIXELS, judged=True, decoded=decoded)
            found = await look(house, question, body)
    except (TimeoutError, Refusal, LookFailed):
        return
    except Exception:
        house.meters.internal_error("facts")
        return
    opened.review = found.review or review
    opened.seen = found.sight.seen if wanted else seen


def _observers_wait(opened: Opened) -> bool:
    route, review = opened.route, opened.review
    if route is None or review is None or not review.unchecked or opened.fixes:
        return False
    late = (rule for rules in route.stations[Station.WHOLE_BODY :] for rule in rules if rule.mode is not Mode.ENFORCE)
    return any(rule.id in review.unchecked for rule in late)


async def _look_again(house: House, opened: Opened, *, thorough: bool = False) -> None:
    try:
        body = opened.inbox.so_far()
        _keep(opened, await look_soon(house, _afterwards(opened, body, thorough=thorough), body))
    except Exception:
        house.meters.internal_error("facts")


def _afterwards(opened: Opened, body: Body, *, thorough: bool = False) -> Question:
    """What is asked of a request that has gone on."""
    needs = opened.route.needs if opened.route is not None else None
    whole = body.ended and (thorough or (needs is not None and needs > Station.FIRST_BYTES))
    reach = Station.WHOLE_BODY if whole else Station.FIRST_BYTES
    return Question(opened.head, opened.path, opened.route, reach, _is_judged(opened), thorough)


def _is_judged(opened: Opened) -> bool:
    """Its rules have not been asked, and are to be."""
    route = opened.route
    return opened.review is None and route is not None and route.needs is not None and route.mode is not Mode.DISABLED


def _keep(opened: Opened, found: Studied) -> None:
    opened.seen, opened.review = found.sight.seen, opened.review or found.review


def look_for_silent(house: House, opened: Opened) -> None:
    """Before a success goes out: is it probably wrong? Only pictures with something odd are worth a judgement.

    So are values that a rule finds out of range, where the rules have been asked by now.
    """
    seen = opened.seen
    if seen is None or not opened.watched:
        return
    if opened.review is not None and any(one.cause == "tensor.value-range" for one in opened.review.findings):
        judge_success(house, opened)
        return
    for image in seen.images:
        facts = image.facts
        odd = facts.orientation != 1 or (facts.bit_depth or 8) > 8 or (facts.frames or 1) > 1 or facts.alpha
        if odd or image.found.troubles:
            judge_success(house, opened)
            return
