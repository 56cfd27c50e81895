"""The straight lane: an exchange that meets nothing to wait for but bytes is carried by their events alone.

Nothing is decided here that is not decided elsewhere: at whatever is out of the ordinary the connection's task takes
the exchange over where it stands (`conduct`). What is saved is the way through the task, and the reading of a head that
is met again.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

from why400 import limits
from why400.steps import Steps
from why400.wire import afterwards, reviewing
from why400.wire.books import close_books
from why400.wire.downstream import Downstream
from why400.wire.familiar import Familiar
from why400.wire.fields import keeps_open, request_bytes
from why400.wire.forward import send
from why400.wire.framing import Framing
from why400.wire.house import House
from why400.wire.inside import to_look_into
from why400.wire.opened import Opened
from why400.wire.refusal import Refusal
from why400.wire.relay import Relay

_METHODS = frozenset(("POST", "PUT", "PATCH"))

_SOON = 0.02
"""Seconds in which a body is to be here whole: the rules, or the upstream, may know what to say before a slower one's
end."""

_LARGE = 1024 * 1024
"""Of a larger body only the start is looked at on the event loop."""

_NOBODYS = Opened("", 0.0, 0.0)
"""Stands where no exchange is on the lane."""


@dataclass(frozen=True, slots=True)
class Left:
    """An exchange that left the lane; where `relaying` is None it has not gone on yet."""

    opened: Opened
    relaying: Relay | None


class Straight:
    """The lane of one connection. An exchange is on it from its head on, until it is over or `given_up`."""

    __slots__ = ("_connection", "_house", "_look", "_opened", "_paused", "_relaying", "_soon")

    def __init__(self, connection: Downstream, house: House) -> None:
        self._connection, self._house = connection, house
        self._opened = _NOBODYS
        self._relaying: Relay | None = None
        self._look: Steps[bool] | None = None
        self._paused = 0.0
        self._soon: asyncio.Handle | None = None

    def take_up(self) -> bool:
        """Begin with the request that has come, if its head is known and nothing is out of the ordinary so far."""
        connection, house = self._connection, self._house
        try:
            raw = connection.ahead.head()
        except Refusal:
            return False
        known = None if raw is None else house.heads.recall(raw, house.rules)
        if raw is None or known is None or house.draining or not connection.writable:
            return False
        opened = _opened(house, *known)
        if (opened.route is not None and opened.route.decodes) or not _has_room(house, opened):
            return False
        self._opened = opened
        opened.inbox = reviewing.hold(house, opened)
        house.in_flight += 1
        house.held += opened.held
        connection.go_straight(len(raw), opened.inbox)
        if opened.inbox.ended:
            self.arrived()
        else:
            self._soon = asyncio.get_running_loop().call_later(_SOON, self._leave)
        return True

    def arrived(self) -> None:
        """The body is whole."""
        if self._soon is not None:
            self._soon.cancel()
        self._opened.waited = time.perf_counter() - self._opened.started
        self._go_on(self._looked)

    def ring(self) -> None:
        """Something has happened to the upstream's connection."""
        self._go_on(self._replied)

    def given_up(self) -> Left:
        """The exchange, which is the task's from now on."""
        self._connection.straight = False
        left = Left(self._opened, self._relaying)
        if left.relaying is not None:
            left.relaying.upstream.bell = self._connection.bell
        elif not left.opened.waited:
            left.opened.waited = time.perf_counter() - left.opened.started
        self._forget()
        left.opened.held = min(left.opened.held, left.opened.inbox.size)
        self._house.held += left.opened.held
        return left

    def _forget(self) -> None:
        self._house.in_flight -= 1
        self._house.held -= self._opened.held
        self._opened = _NOBODYS  # a connection that rests holds no body
        self._relaying = self._look = None
        if self._soon is not None:
            self._soon.cancel()
            self._soon = None

    def _leave(self) -> None:
        self._connection.bell.ring()

    def _go_on(self, step: Callable[[], bool]) -> None:
        """As far as the step goes; a bug of ours ends the connection, counted."""
        try:
            done = step()
        except Exception:
            self._house.meters.internal_error("wire")
            self._connection.abort()
            raise
        if not done:
            self._leave()

    def _looked(self) -> bool:
        """The rules have nothing to say, asked in as many turns of the loop as that takes."""
        house, opened, route = self._house, self._opened, self._opened.route
        if not house.pool.has_idle:
            return False
        if route is None or not route.enforces:
            return self._forwarded()
        if self._look is None and reviewing.passes(house, opened, route):
            return self._forwarded()
        if self._look is None:
            self._look = reviewing.passing(house, opened, route)
        try:
            next(self._look)
        except StopIteration as end:
            return bool(end.value) and self._forwarded()
        self._soon = asyncio.get_running_loop().call_soon(self._go_on, self._looked)
        return True

    def _forwarded(self) -> bool:
        """The request has gone on, to an upstream that waits for one."""
        connection, house, opened = self._connection, self._house, self._opened
        upstream = house.pool.at_hand()
        if upstream is None:
            return False
        upstream.begin(opened.head.method, self)
        upload = send(upstream, house, opened, connection.peer)
        self._relaying = Relay(connection, house, opened, upload, stay=True)
        connection.expect(house.settings.upstream_timeout)
        return afterwards.glanced(house, opened)

    def _replied(self) -> bool:
        """What has come of a reply has been passed on, and the exchange is over where that was all of it."""
        connection, house, relaying = self._connection, self._house, self._relaying
        if relaying is None or connection.eof or connection.lost or connection.late or house.draining:
            return False
        reply = relaying.reply
        if relaying.begun:
            self._opened.waited += time.perf_counter() - self._paused
            connection.write(relaying.pieces())
        elif not self._answered(relaying):
            return False
        if reply.ended:
            self._over(relaying)
            return True
        self._paused = time.perf_counter()
        relaying.upstream.pace(connection.writable)
        connection.expect(house.settings.upstream_timeout)
        return reply.fault is None and connection.writable

    def _answered(self, relaying: Relay) -> bool:
        """A success has begun to go out, which nothing holds up."""
        opened, head = self._opened, relaying.reply.head
        if head is None or head.status >= 400 or relaying.reply.interim or not afterwards.is_settled(opened):
            return False
        if to_look_into(opened.route, head) is not None:
            return False
        relaying.take(head)
        if relaying.close:
            return False
        relaying.answer(head, relaying.pieces())
        return True

    def _over(self, relaying: Relay) -> None:
        close_books(self._house, self._opened)
        relaying.upstream.reusable = True
        self._house.pool.take_back(relaying.upstream)
        self._forget()
        self._connection.rest()


def _opened(house: House, familiar: Familiar, digits: bytes) -> Opened:
    """The exchange, as if its head had been read."""
    head = familiar.head
    if head.fields[familiar.at][1] != digits:
        head = head.with_value(familiar.at, digits)
    opened = Opened.now(head)
    opened.target, opened.path, opened.rules_hash = familiar.target, familiar.path, house.rules.hash
    opened.framing = Framing("length", int(digits))
    opened.route = familiar.route and familiar.route.judging(head, opened.at)
    if not house.settings.forwarded:
        opened.sent = b"%b%b%b" % (familiar.front, digits, familiar.back)
    return opened


def _has_room(house: House, opened: Opened) -> bool:
    """The body may be held until it is whole. A large one counts from its start: it is soon here, or off the lane."""
    length, route, most = opened.framing.length, opened.route, house.settings.max_body
    if most is not None and length > most:
        return False
    if length <= limits.SMALL_BODY:
        return True
    opened.held = length
    held = route is not None and route.enforces and route.holds and length <= _LARGE
    return held and house.held + length <= limits.HOLD_BUDGET


def learn(house: House, raw: bytes, opened: Opened) -> None:
    """Remember a head that was read, where requests like it can take the lane."""
    head = opened.head
    if head.method not in _METHODS or not keeps_open(head) or opened.host is not None or opened.expecting:
        return
    if opened.framing.kind != "length" or b"upgrade" in head.index:
        return
    sent = request_bytes(head, opened.target, opened.framing, host=None)
    house.heads.learn(raw, house.rules, head, opened.target, opened.path, sent)
    if not house.settings.forwarded:
        opened.sent = sent
