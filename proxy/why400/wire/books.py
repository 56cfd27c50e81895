"""The end of an exchange: judged, kept, counted."""

from why400.exchange import Diagnosis, Exchange, Outcome
from why400.steps import Steps, at_once
from why400.wire.fields import field_lines
from why400.wire.house import House
from why400.wire.looking import in_turns, let_others, next_turn
from why400.wire.opened import Opened

Added = tuple[tuple[bytes, bytes], ...]

_KEPT = frozenset(
    (Outcome.REJECTED, Outcome.REFUSED, Outcome.FAILED, Outcome.FIXED, Outcome.UNREVIEWED, Outcome.ABANDONED)
)
_CAUSED = frozenset((Outcome.REJECTED, Outcome.REFUSED, Outcome.FAILED, Outcome.FIXED))


async def judged(house: House, opened: Opened) -> Exchange:
    """The exchange as it stands, with its diagnosis."""
    exchange = opened.exchange()
    await let_others(len(exchange.body))  # of which that is a copy
    exchange = await in_turns(_judging(house, exchange))
    opened.diagnosis = exchange.diagnosis
    return exchange


def judge_success(house: House, opened: Opened) -> None:
    """What is to be said of an exchange whose answer is good: that is quickly found."""
    opened.diagnosis = at_once(_judging(house, opened.exchange())).diagnosis


def _judging(house: House, exchange: Exchange) -> Steps[Exchange]:
    """A bug of the diagnosis leaves the exchange with the one that it had, and is counted."""
    try:
        return exchange.but(diagnosis=(yield from house.weigh(exchange)))
    except Exception:
        house.meters.internal_error("diagnose")
        return exchange


def _told(house: House, exchange: Exchange) -> Steps[Exchange]:
    """The exchange with its diagnosis, counted."""
    exchange = yield from _judging(house, exchange)
    house.meters.exchange(exchange)
    return exchange


def close_books(house: House, opened: Opened) -> None:
    """Count an exchange that is over, once, and keep it if it is one to keep; nobody waits."""
    if opened.booked:
        return
    opened.booked = True
    outcome, watched = opened.outcome, opened.watched
    if watched and (outcome in _KEPT or is_silent(opened.diagnosis)):
        house.recorder.keep_told(_told(house, opened.exchange()))
        return
    weight = house.recorder.wants(opened.at) if watched else 0.0
    if weight or would_change(opened):
        exchange = opened.exchange().but(weight=max(weight, 1.0))
        house.recorder.keep(exchange)
        house.meters.exchange(exchange)
        return
    reply_size = None if opened.reply_head is None else opened.reply_size
    images = opened.seen.images if opened.seen is not None else ()
    house.meters.over(opened.route_id, outcome, opened.status, opened.inbox.size, reply_size, opened.timing(), images)


async def keep_before_answer(house: House, opened: Opened, exchange: Exchange) -> None:
    """A refusal is on record before its answer's last byte. Counts it too."""
    opened.booked = True
    if opened.watched:
        await next_turn()
        await house.recorder.kept(exchange)
    house.meters.exchange(exchange)


def would_change(opened: Opened) -> bool:
    """A rule in observe mode would have changed or rejected this."""
    return opened.review is not None and opened.review.verdict in ("fix", "reject")


def is_silent(diagnosis: tuple[Diagnosis, ...]) -> bool:
    """It was answered as if it were right, and probably is not."""
    return bool(diagnosis) and any(line.cause.startswith("silent.") for line in diagnosis)


def header_lines(house: House, opened: Opened) -> bytes:
    """The same as lines of a head."""
    if house.settings.headers and opened.outcome is Outcome.FORWARDED and not opened.diagnosis:
        return b"Why400-Id: %b\r\nWhy400-Outcome: forwarded\r\n" % opened.id.encode()
    return field_lines(header_fields(house, opened))


def header_fields(house: House, opened: Opened) -> Added:
    """The contract's `Why400-*` fields for the answer."""
    if not house.settings.headers:
        return ()
    outcome = opened.outcome
    added = ((b"Why400-Id", opened.id.encode()), (b"Why400-Outcome", outcome.encode()))
    if outcome in _CAUSED or is_silent(opened.diagnosis):
        return (*added, (b"Why400-Cause", house.header_value(opened.diagnosis).encode()))
    return added
