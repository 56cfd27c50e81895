"""The life of one exchange on the wire: receive, review, forward, reply, record. Design section 3."""

import asyncio

from why400 import limits
from why400.exchange import Certainty, Claim, Mode
from why400.rules.model import Route
from why400.rules.path import normalise_path
from why400.wire import answer, cors, reviewing
from why400.wire.books import close_books
from why400.wire.downstream import ClientLeft, Downstream
from why400.wire.fields import keeps_open, upgrade_wanted
from why400.wire.forward import forward
from why400.wire.framing import NO_BODY, request_framing
from why400.wire.head import check_host, expects_continue, read_request, read_target
from why400.wire.house import House, NotKept
from why400.wire.opened import Opened
from why400.wire.refusal import Refusal
from why400.wire.relay import Relay, relay
from why400.wire.straight import Left, Straight, learn
from why400.wire.tunnel import tunnel


async def serve(connection: Downstream, house: House) -> None:
    """Serve a client's requests, one after the other, until its connection ends. Raises `NotKept`."""
    lane = connection.lane = Straight(connection, house)
    stay = True
    while stay:
        try:
            raw = await connection.next_head()
            head = None if raw is None else read_request(raw)
        except Refusal as refusal:
            await answer.refuse(connection, house, Opened.now(), refusal)
            return
        except asyncio.CancelledError:
            if connection.straight:
                _cut_off(connection, house, lane.given_up())
            return
        if raw is not None and head is not None:
            connection.ahead.drop(len(raw))
            stay = await converse(connection, house, Opened.now(head), raw)
        elif connection.straight:
            stay = await _take_over(connection, house, lane.given_up())
        else:
            break
        stay = stay and not house.draining
        stay = stay and (connection.writable or await _caught_up(connection, house))
    connection.end()


def _cut_off(connection: Downstream, house: House, left: Left) -> None:
    """The time of service is over."""
    if left.relaying is not None:
        left.relaying.upstream.abort()
    _abandon(connection, house, left.opened)


async def _take_over(connection: Downstream, house: House, left: Left) -> bool:
    """Go on with an exchange that left the straight lane. What woke the task is still to be heard."""
    connection.bell.ring()
    return await converse(connection, house, left.opened, relaying=left.relaying)


async def _caught_up(connection: Downstream, house: House) -> bool:
    """Wait until the client has read what it was answered: one that asks on and reads nothing would fill our memory.
    False if it does not, or is gone."""
    connection.expect(house.patience.stall)
    while not (connection.writable or connection.lost):
        await connection.bell.heard()
        if connection.late:
            if not connection.reads_on():
                return False
            connection.expect(house.patience.stall)
    return connection.writable and not connection.lost


async def turn_away(connection: Downstream, house: House) -> None:
    """Answer a client for whom there is no room any more."""
    words = f"as many clients are connected as a worker serves: {limits.MAX_CONNECTIONS}, fewer with few open files"
    refusal = Refusal("limit.overload", 503, words)
    await answer.refuse(connection, house, Opened.now(), refusal)


async def converse(
    connection: Downstream, house: House, opened: Opened, raw: bytes = b"", relaying: Relay | None = None
) -> bool:
    """One exchange: from its head on whose bytes are `raw`, or from where it stands, `relaying` its reply if it has
    gone on. True if the connection may serve another. Raises `NotKept`."""
    house.in_flight += 1
    try:
        return await _answered(connection, house, opened, raw, relaying)
    except (ClientLeft, asyncio.CancelledError) as end:
        if isinstance(end, ClientLeft):
            opened.claims += (Claim("http.client-left", "rejection", Certainty.PROVEN, str(end)),)
        _abandon(connection, house, opened)
        return False
    except NotKept:
        raise
    except Exception:
        house.meters.internal_error("wire")
        connection.abort()
        raise  # so that it is told where it came from
    finally:
        house.in_flight -= 1
        house.held -= opened.held
        house.evidence -= opened.evidence


def _abandon(connection: Downstream, house: House, opened: Opened) -> None:
    opened.abandoned = True
    close_books(house, opened)
    connection.abort()


async def _answered(connection: Downstream, house: House, opened: Opened, raw: bytes, relaying: Relay | None) -> bool:
    try:
        if raw:
            _read_head(house, opened)
            if upgrade_wanted(opened.head) is not None and opened.framing is NO_BODY:  # not taken up with a body
                return await tunnel(connection, house, opened)
            learn(house, raw, opened)
            connection.receive(opened.inbox)
        return await _converse(connection, house, opened, relaying)
    except Refusal as refusal:
        return await answer.refuse(connection, house, opened, refusal)


async def _converse(connection: Downstream, house: House, opened: Opened, relaying: Relay | None) -> bool:
    if relaying is None:
        if not await reviewing.before_forwarding(connection, house, opened):
            return await answer.reject(connection, house, opened)
        stay = keeps_open(opened.head) and not house.draining
        relaying = Relay(connection, house, opened, await forward(connection, house, opened), stay=stay)
    try:
        return await relay(relaying)
    finally:
        house.pool.take_back(relaying.upstream)


def _route(house: House, opened: Opened) -> Route | None:
    """The route that matches, as it judges this request: exceptions heard, and preflights never judged."""
    route = house.rules.route(opened.head.method, opened.path)
    if route is not None and cors.is_preflight(opened.head):
        return route.prepared(Mode.DISABLED)
    return route.judging(opened.head, opened.at) if route is not None else None


def _read_head(house: House, opened: Opened) -> None:
    """What the head says of where the request goes, how long its body is, and which rules hold."""
    head = opened.head
    form = read_target(head)
    opened.target, opened.path = form.forward, normalise_path(form.forward)
    check_host(head)
    opened.framing = request_framing(head)
    opened.expecting = expects_continue(head) and head.version >= (1, 1) and opened.framing.kind != "none"
    opened.host = form.authority or (house.pool.upstream.authority.encode() if head.value(b"host") is None else None)
    opened.rules_hash = house.rules.hash
    opened.route = _route(house, opened)
    opened.inbox = reviewing.hold(house, opened)
