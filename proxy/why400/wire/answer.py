"""Answers of our own, and the end of a request that was answered before it had been read."""

from why400 import limits
from why400.exchange import Certainty, Claim, Finding
from why400.wire.books import header_fields, judged, keep_before_answer
from why400.wire.downstream import ClientLeft, Downstream
from why400.wire.fields import keeps_open
from why400.wire.house import House
from why400.wire.inbox import Inbox
from why400.wire.looking import next_turn
from why400.wire.offer import offered
from why400.wire.opened import NO_HEAD, NOTHING_CAME, Opened
from why400.wire.problem import Added, answer_bytes, finding_of, in_order, problem, with_members
from why400.wire.refusal import Refusal

_BREAKS_OFF = frozenset(("http.framing", "http.timeout", "http.body-incomplete"))
"""After these nobody knows where the next request begins."""

_BESIDE = {
    503: ((b"Retry-After", b"1"),),
    405: ((b"Allow", b"GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"),),  # RFC 9110 section 15.5.6
}
"""Fields that belong to a status."""


async def refuse(connection: Downstream, house: House, opened: Opened, refusal: Refusal) -> bool:
    """Answer what the wire itself cannot go on with. True if the connection may serve another exchange."""
    upstream = refusal.cause.startswith("upstream.")
    opened.failed, opened.rejected = upstream, not upstream
    opened.claims += (Claim(refusal.cause, "rejection", Certainty.PROVEN, refusal.detail),)
    broken = opened.inbox is NOTHING_CAME or refusal.cause in _BREAKS_OFF
    findings = (finding_of(refusal),)
    if not upstream:
        opened.findings = findings
    added = _BESIDE.get(refusal.status, ())
    return await _answer(connection, house, opened, findings, may_stay=not broken, added=added)


async def reject(connection: Downstream, house: House, opened: Opened) -> bool:
    """Answer with all that the rules found wrong. True if the connection may serve another exchange."""
    assert opened.review is not None
    opened.rejected = True
    findings = in_order(opened.review.findings, house.catalogue)
    opened.findings = findings
    await next_turn()
    return await _answer(connection, house, opened, findings, may_stay=True)


async def _answer(
    connection: Downstream,
    house: House,
    opened: Opened,
    findings: tuple[Finding, ...],
    *,
    may_stay: bool,
    added: Added = (),
) -> bool:
    opened.status = findings[0].status
    stay = may_stay and _may_stay(house, opened)
    exchange = await judged(house, opened)
    unchecked = opened.review.unchecked if opened.review else ()
    body = problem(opened.id, findings, unchecked, opened.diagnosis, house.catalogue, house.settings.public_url)
    if opened.route is not None and opened.route.answer.add:
        body = with_members(body, opened.route.answer.add, opened.id, findings[0].cause)
    added = (*header_fields(house, opened), *house.allowed.fields(opened.route, opened.head), *added)
    head_only = opened.head.method == "HEAD" or (opened.head is NO_HEAD and connection.asks_for_head)
    data = answer_bytes(opened.status, body, added, close=not stay, head_only=head_only)
    if not opened.rejected:
        data = await offered(connection, data)
    await keep_before_answer(house, opened, exchange)
    connection.write(data)
    connection.pace(reading=True)
    return await settle(connection, house, opened.inbox, stay=stay)


def _may_stay(house: House, opened: Opened) -> bool:
    wants = keeps_open(opened.head)
    return wants and not house.draining and is_nearly_read(opened.inbox, opened.expecting)


def is_nearly_read(inbox: Inbox, expecting: bool) -> bool:
    """So little of the request is left that reading it is cheaper than a new connection."""
    if inbox.ended:
        return True
    return not expecting and inbox.left is not None and inbox.left <= limits.LINGER_KEEPALIVE


async def settle(connection: Downstream, house: House, inbox: Inbox, *, stay: bool) -> bool:
    """After an answer: drop the rest of the request, then keep the connection or end it without a reset."""
    connection.expect(None)
    if stay and (inbox.ended or await _drop_rest(connection, house, inbox)):
        return connection.finish_body()
    if inbox is NOTHING_CAME or not inbox.ended or not connection.read_up:
        await _linger(connection, house)
    connection.end()
    return False


async def _drop_rest(connection: Downstream, house: House, inbox: Inbox) -> bool:
    """Read the little that is left of an answered request and drop it; True when it has ended."""
    inbox.let_go()
    connection.expect(house.patience.linger)
    try:
        while not inbox.ended and not connection.eof and not connection.late:
            inbox.take()
            await connection.happened()
    except (ClientLeft, Refusal):
        return False
    return inbox.ended


async def _linger(connection: Downstream, house: House) -> None:
    """Send no more, and drop what still comes until the client has seen that: a close with bytes unread is a reset,
    which takes the answer from a client that has not read it yet (RFC 9112 section 9.6)."""
    connection.half_close()
    connection.drop()
    connection.expect(house.patience.linger)
    while not (connection.eof or connection.lost or connection.late or connection.dropped >= limits.LINGER_BYTES):
        await connection.bell.heard()
