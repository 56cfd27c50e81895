"""The parent: owns the sockets, the store's writer, the admin port and the reload of rules, but no traffic."""

import asyncio
import pickle
import signal
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from why400 import limits
from why400.channel import unpack_record
from why400.exchange import Claim
from why400.fleet import Ears, Fleet
from why400.observe import families
from why400.observe.exposition import Exposition
from why400.observe.logs import Logs
from why400.observe.losses import Losses
from why400.observe.meters import Meters
from why400.records.kept import Kept
from why400.records.writer import Ticket, Writer
from why400.rules.model import RuleSet
from why400.settings import Settings, Upstream
from why400.teaching import Teacher
from why400.wire.errors import in_words

_RELOAD_SECONDS = 1.0
_RETRY_SECONDS = 1.0
_THINK_SECONDS = 1.0
_KEEP_EVERY = 30
"""So many turns of thinking again pass before what was learnt is kept."""

_AMENDED_AT_ONCE = 20


class CannotServe(Exception):
    """No worker serves; the message says why, as far as that shows."""


@dataclass(slots=True)
class Health:
    """What `/readyz` tells: each condition with words for people."""

    listening: bool = False
    upstream: str = "not tried yet"
    upstream_seen: bool = False
    rules: str = ""
    rules_good: bool = True


Reload = Callable[[], "Reloaded | None"]


@dataclass(frozen=True, slots=True)
class Reloaded:
    """What reading the rules again gave: a new set, or the problems that keep the old one, in words."""

    rules: RuleSet | None
    problems: str = ""
    text: str = ""


@dataclass(slots=True)
class Parent:
    """One `serve`. Everything it works with is given to it."""

    settings: Settings
    rules: RuleSet
    brief: object
    listeners: Sequence[socket.socket]
    make_writer: Callable[["Parent"], Writer]
    meters: Meters
    logs: Logs
    losses: Losses
    open_admin: Callable[["Parent"], Awaitable[Callable[[], Awaitable[None]]]]
    reload: Reload
    started: Callable[["Parent"], None]
    teacher: Teacher
    keep_habits: Callable[[dict[str, Any]], bool]
    amend: Callable[[str, Sequence[Claim]], None]
    on_terminal: bool = False
    rules_text: str = ""
    health: Health = field(default_factory=Health)
    ending: asyncio.Event = field(default_factory=asyncio.Event)
    exposition: Exposition | None = None
    fleet: Fleet = field(init=False)
    writer: Writer = field(init=False)
    loop: asyncio.AbstractEventLoop = field(init=False)

    async def run(self) -> None:
        """Serve until told to end; then finish what is in flight and write what is to be kept."""
        self.loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self.loop.add_signal_handler(number, self._told_to_end, number)
        self.writer = self.make_writer(self)
        ears = Ears(self._record, self._counts, self._died, lambda words: self.logs.say("info", words))
        self.fleet = Fleet(self.settings.workers, self.brief, self.listeners, ears, self.teacher.everything)
        close_admin = await self.open_admin(self)
        await self.fleet.start(pickle.dumps(self.rules))
        if self.fleet.trouble:
            await self._end(0, close_admin)
            raise CannotServe(self.fleet.trouble)
        self.health.listening = True
        await self._try_upstream()
        self.started(self)
        works = (self._find_upstream(), self._watch_rules(), self._think_again())
        tasks = [asyncio.create_task(work) for work in works]
        await self.ending.wait()
        self.health.listening = False
        for listener in self.listeners:
            listener.close()  # a new client is told at once, instead of waiting in a queue that nobody serves
        for task in tasks:
            task.cancel()
        await self._end(limits.GRACE_SECONDS + 2, close_admin)
        self.keep_habits(self.teacher.plain())

    def _told_to_end(self, number: int) -> None:
        """Begin to end; told once more by Ctrl-C, wait no longer for what is in flight. Where there is no terminal to
        lose, SIGHUP asks to read the rules again, which happens anyway when they change."""
        if number == signal.SIGHUP and not self.on_terminal:
            self.logs.say("info", "SIGHUP: nothing to do, rules are read again whenever they change")
        elif not self.ending.is_set():
            self.ending.set()
            self.logs.say("info", f"ending: what is in flight has {limits.GRACE_SECONDS:g} s; Ctrl-C ends it now")
        elif number == signal.SIGINT:
            self.fleet.hurry()

    async def _end(self, grace: float, close_admin: Callable[[], Awaitable[None]]) -> None:
        await self.fleet.end(grace)
        await close_admin()
        self.writer.close()

    @property
    def listening(self) -> bool:
        """Clients are taken, and there is a worker for them, or will be in a moment."""
        return self.health.listening and not self.fleet.trouble

    # What the fleet and the writer say.

    def _record(self, worker: int, number: int, payload: bytes) -> None:
        packed, body = unpack_record(payload)
        record = orjson.loads(packed)
        self.writer.submit((worker, number), Kept(record, body))
        lesson = self.teacher.lesson(record)
        if lesson is not None:
            self.fleet.teach(lesson)

    def _counts(self, worker: int, snapshot: bytes) -> None:
        if self.exposition is not None:
            self.exposition.worker(worker, snapshot)

    def _died(self, worker: int, words: str) -> None:
        self.logs.say("error", words)
        self.meters.add(families.WORKER_DEATHS)
        if self.exposition is not None:
            self.exposition.died(worker)

    def committed(self, tickets: Sequence[Ticket]) -> None:
        """Records are on disk, or may be waited for no longer. Called from the writer's threads."""
        self.loop.call_soon_threadsafe(self._tell_workers, list(tickets))

    def _tell_workers(self, tickets: list[Ticket]) -> None:
        for worker, number in tickets:
            self.fleet.committed(worker, [number])

    def written(self, records: Sequence[Kept]) -> None:
        """Records are on disk: count and log them. Called from the writer's threads."""
        self.loop.call_soon_threadsafe(self._log_records, list(records))

    def _log_records(self, records: list[Kept]) -> None:
        self.meters.records_written(len(records))
        for kept in records:
            self.logs.exchange(kept.record)

    def lost(self, reason: str, count: int, words: str) -> None:
        """Records, or waits for them, were given up. Called from the writer's threads."""
        self.loop.call_soon_threadsafe(self._say_lost, reason, count, words)

    def _say_lost(self, reason: str, count: int, words: str) -> None:
        self.meters.records_lost(reason, count)
        self.losses.lost(reason, count, words)

    @property
    def own_routes(self) -> int:
        """How many routes people wrote, or took from presets."""
        return sum(not route.silent for route in self.rules.routes)

    @property
    def rules_told(self) -> str:
        """Which rules are in force, and what is wrong with a change of them."""
        own = self.own_routes
        held = f"{own} {'route' if own == 1 else 'routes'} in force" if own else "no rules"
        return f"{held}; {self.health.rules}" if self.health.rules else held

    def notes(self) -> tuple[str, ...]:
        """What everybody who opens the page should read first."""
        said = [] if self.health.upstream_seen else [f"Not ready: {self.health.upstream}."]
        if self.fleet.trouble:
            said.append(f"Nobody is served: {self.fleet.trouble}.")
        if not self.health.rules_good:
            said.append("A change of the rules was not taken; the last good rules are in force.")
        return tuple(said)

    # What goes on besides.

    async def metrics(self) -> bytes:
        """The metrics of all processes, now."""
        await self.fleet.count()
        return self.exposition.text() if self.exposition is not None else b""

    async def _try_upstream(self) -> None:
        problem = await try_upstream(self.settings.upstream)
        self.health.upstream_seen, self.health.upstream = not problem, problem or "reached"

    async def _find_upstream(self) -> None:
        """One TCP connect since the start makes us ready; until then try again, and say when it is there."""
        waited = False
        while not self.health.upstream_seen:
            waited = True
            await asyncio.sleep(_RETRY_SECONDS)
            await self._try_upstream()
        if waited:
            self.logs.say("info", f"ready: the upstream {self.settings.upstream.url} is there")

    async def _think_again(self) -> None:
        """Amend refusals whose reason has become likely since; keep what was learnt, or forget it if it was erased."""
        turns = 0
        while True:
            await asyncio.sleep(_THINK_SECONDS)
            turns += 1
            for id, claims in self.teacher.second_thoughts(_AMENDED_AT_ONCE):
                await asyncio.to_thread(self.amend, id, claims)
            if turns % _KEEP_EVERY == 0 and not await asyncio.to_thread(self.keep_habits, self.teacher.plain()):
                self.teacher.forget()
                self.fleet.forget()

    async def _watch_rules(self) -> None:
        """Read the rules again when their content has changed; on any problem the last good set stays."""
        while self.settings.rules is not None:
            await asyncio.sleep(_RELOAD_SECONDS)
            reloaded = await asyncio.to_thread(self.reload)
            if reloaded is None:
                continue
            good = reloaded.rules is not None
            self.health.rules_good = good
            self.health.rules = "" if good else f"a change was not taken: {reloaded.problems}"
            self.meters.reloaded("loaded" if good else "kept-last-good")
            if reloaded.rules is not None:
                self.rules, self.rules_text = reloaded.rules, reloaded.text
                self.fleet.rules(pickle.dumps(self.rules))
                self.logs.say("info", f"rules: the change is in force ({self.rules.hash[:12]})")
            else:
                self.logs.say(
                    "error", f"rules: the change was not taken, the last good rules stay:\n{reloaded.problems}"
                )


async def try_upstream(upstream: Upstream) -> str:
    """Empty if something listens there, else why not, in words."""
    try:
        async with asyncio.timeout(limits.CONNECT_TIMEOUT):
            if upstream.scheme == "unix":
                _, writer = await asyncio.open_unix_connection(upstream.path)
            else:
                _, writer = await asyncio.open_connection(upstream.host, upstream.port)
        writer.close()
    except TimeoutError:
        return f"no connection to {upstream.url} after {limits.CONNECT_TIMEOUT:g} s"
    except OSError as error:
        return f"no connection to {upstream.url}: {in_words(error)}"
    return ""
