"""The review of a request while it arrives: as early as the rules can decide, and no more of it read than they need."""

import asyncio
import sys
import time
from contextlib import suppress
from dataclasses import replace

from why400 import limits
from why400.exchange import Station
from why400.rules.model import Route
from why400.steps import Steps
from why400.study import Question, Studied, glancing, glimpse, reached
from why400.wire import fixing, pixels
from why400.wire.downstream import Downstream
from why400.wire.forward import ask_for_body
from why400.wire.house import House
from why400.wire.inbox import Inbox
from why400.wire.looking import let_others, look, next_turn
from why400.wire.opened import Opened
from why400.wire.refusal import Refusal

_FIRST_LOOK = 64 * 1024
"""How much of a body that still arrives is looked at first: enough for the head of an image that begins with it."""

_LAST_LOOK = 1024 * 1024
"""The same at most: an image may stand behind much else, and of zstd nothing shows before 128 KiB (RFC 8878). What is
further behind is looked for in the whole body."""


def hold_limit(house: House, opened: Opened) -> int:
    """How many bytes of the body may be held before it is forwarded."""
    route = opened.route
    if route is None or not (route.enforces and route.holds):
        return limits.SMALL_BODY
    return _most_held(house)


def _most_held(house: House) -> int:
    return house.settings.max_body or limits.HOLD


def hold(house: House, opened: Opened) -> Inbox:
    """The inbox for the body, as much of it as may be held."""
    return Inbox(opened.framing, hold_limit(house, opened), house.settings.max_body)


def _account(house: House, opened: Opened) -> None:
    """All bodies held for rules share one budget. What has come counts, so that nobody takes room by a mere claim."""
    size = opened.inbox.size
    if size <= limits.SMALL_BODY:
        return
    house.held += size - opened.held
    opened.held = size
    if house.held > limits.HOLD_BUDGET:
        raise Refusal("limit.overload", 503, "the bodies held for rules take all the memory that they may")


async def before_forwarding(connection: Downstream, house: House, opened: Opened) -> bool:
    """Receive as much as is to be known before the request goes on; False if the rules reject it."""
    _check_size(house, opened)
    if opened.route is None or not opened.route.enforces:
        ask_for_body(connection, opened)
        if opened.framing.kind == "length" and opened.framing.length <= limits.SMALL_BODY and not opened.inbox.ended:
            await _soon(connection, house, opened)
        return True
    return await _enforce(connection, house, opened, opened.route)


async def _soon(connection: Downstream, house: House, opened: Opened) -> None:
    """Wait for a small body, but not long: the upstream may have something to say to its head alone."""
    with suppress(TimeoutError):
        async with asyncio.timeout(limits.SMALL_BODY_SECONDS):
            await _until(connection, house, opened, opened.framing.length)
    connection.expect(None)


def _check_size(house: House, opened: Opened) -> None:
    most = house.settings.max_body
    if most is not None and opened.framing.length > most:
        words = f"the body has {opened.framing.length} bytes, at most {most} are taken (--max-body)"
        raise Refusal("limit.body-size", 413, words)


async def _until(connection: Downstream, house: House, opened: Opened, size: int) -> None:
    """Wait until that much of the body has come, or all of it, or as much as may be held."""
    if opened.inbox.ended or opened.inbox.size >= size:
        return
    began = time.perf_counter()
    try:
        await _body_until(connection, house, opened, size)
    finally:  # also where the client leaves: the time that it took is not ours
        opened.waited += time.perf_counter() - began


async def _body_until(connection: Downstream, house: House, opened: Opened, size: int) -> None:
    inbox = opened.inbox
    while not inbox.ended and inbox.size < size and not inbox.full:
        if connection.eof:
            raise inbox.incomplete()
        if connection.late:
            words = connection.waited(f"the request body paused for {house.patience.body:g} s")
            raise Refusal("http.timeout", 408, words)
        connection.expect(house.patience.body)
        inbox.due = min(size, inbox.size + limits.SMALL_BODY)
        await connection.happened()
        _account(house, opened)
    connection.expect(None)


async def _enforce(connection: Downstream, house: House, opened: Opened, route: Route) -> bool:
    """Look again each time that much more has come; stop as soon as nothing that is still to come can matter."""
    wanted, inbox, most = 0, opened.inbox, _FIRST_LOOK
    while True:
        await _until(connection, house, opened, wanted)
        if not inbox.ended:
            connection.pace(reading=False)  # until more is asked for: a fast client sends megabytes in one turn
        reach = await _look(house, opened, route, most)
        if reach is Station.HEAD and most < min(inbox.size, _LAST_LOOK):
            most = min(inbox.size, _LAST_LOOK)
            continue
        if inbox.ended:
            await let_others(inbox.size)
        if reach is None:
            return True
        review, ended = opened.review, reach >= Station.WHOLE_BODY  # the inbox may have ended since
        assert review is not None
        if review.ended is not None or (ended and review.decision == "reject"):
            return False
        if ended:
            return await _fix(house, opened, route) if review.decision == "fix" else True
        if review.decision == "forward" and reach >= (route.waits or Station.HEAD):
            return True
        if inbox.full and not inbox.ended:
            if inbox.limit >= _most_held(house):
                raise _too_large(inbox)
            inbox.limit = _most_held(house)  # what the rules ask about has not come yet
        ask_for_body(connection, opened)
        wanted = _next_look(route, inbox, reach)


async def _fix(house: House, opened: Opened, route: Route) -> bool:
    """Carry out the plan; False where it does not do. After a bug of ours the request goes on as it came, counted."""
    try:
        return await fixing.apply(house, opened, route)
    except Refusal:
        raise
    except Exception:
        house.meters.internal_error("fix")
        opened.unreviewed, opened.replacement, opened.fixes = True, None, ()
        return True


def _next_look(route: Route, inbox: Inbox, reach: Station) -> int:
    """How much has to have come before another look can see something new."""
    if reach is Station.HEAD:
        return max(1, inbox.size * 2)
    if inbox.framing.kind == "chunked" and route.body_limit is not None:
        return route.body_limit + 1
    return sys.maxsize


async def _look(house: House, opened: Opened, route: Route, most: int) -> Station | None:
    """Review what has come, and say how far that reaches. A bug of our own lets the request pass, counted: None."""
    try:
        body = opened.inbox.so_far(most)
        reach = Station.WHOLE_BODY if body.ended else Station.FIRST_BYTES
        question = Question(opened.head, opened.path, route, reach, judged=True)
        found = await look(house, question, body)
        if reach is Station.WHOLE_BODY and route.decodes and _goes_on(found):
            reach = Station.PIXELS
            decoded = await pixels.decodings(house, found.sight.seen, route, body)
            await next_turn()
            found = await look(house, replace(question, reach=reach, decoded=decoded), body)
    except Refusal:
        raise
    except Exception:
        house.meters.internal_error("review")
        opened.unreviewed = True
        return None
    opened.seen, opened.review = found.sight.seen, found.review
    return reached(reach, found.sight, body)


def _goes_on(found: Studied) -> bool:
    """What the rules have said so far leaves the request a chance."""
    return found.review is not None and found.review.ended is None and found.review.decision != "reject"


def _too_large(inbox: Inbox) -> Refusal:
    """More than may be held, and a rule needs it whole."""
    words = f"the body is larger than the {inbox.limit} bytes that are held for a rule that needs it whole"
    return Refusal("limit.body-size", 413, words)


def passes(house: House, opened: Opened, route: Route) -> bool:
    """The rules let a request that is here whole go on as it is, which was seen in one go."""
    try:
        found = glimpse(house.eyes, opened.head, opened.path, route, opened.inbox.so_far())
    except Exception:
        return False
    return found is not None and _passed(opened, found)


def passing(house: House, opened: Opened, route: Route) -> Steps[bool]:
    """The same where a quick look was enough. Whatever else there is to say, `before_forwarding` says."""
    try:
        body = opened.inbox.so_far()
        question = Question(opened.head, opened.path, route, Station.WHOLE_BODY, judged=True)
        found = yield from glancing(house.eyes, question, body)
    except Exception:
        return False
    return _passed(opened, found)


def _passed(opened: Opened, found: Studied) -> bool:
    if found.sight.cut_short or found.review is None or found.review.decision != "forward":
        return False
    opened.seen, opened.review = found.sight.seen, found.review
    return True
