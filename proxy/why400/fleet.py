"""The traffic workers as their parent sees them: started, told, counted, replaced when they die."""

import asyncio
import contextlib
import os
import pickle
import socket
import struct
import sys
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any

from why400.channel import Channel, Kind

_SIZE = struct.Struct(">I")
_COUNT_SECONDS = 1.0
_FASTEST_RESTART = 0.2
_SLOWEST_RESTART = 30.0
_LAST_WORDS_SECONDS = 1.0

MALLOC = {"MALLOC_MMAP_THRESHOLD_": "67108864", "MALLOC_TRIM_THRESHOLD_": "16777216", "MALLOC_ARENA_MAX": "1"}
"""Bodies come and go all the time: glibc is to keep their memory instead of mapping it anew for each of them."""


def read_brief(control: socket.socket) -> Any:
    """What a worker is told before anything else, read from its end of the socket pair."""
    (size,) = _SIZE.unpack(_exactly(control, _SIZE.size))
    return pickle.loads(_exactly(control, size))


def _exactly(control: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = control.recv(size - len(data))
        if not piece:
            raise SystemExit(0)  # the parent is gone before we began
        data += piece
    return data


@dataclass(slots=True)
class Member:
    """One live worker; so many before it in its place ended without ever serving."""

    number: int
    failures: int
    process: asyncio.subprocess.Process
    channel: Channel
    silent: asyncio.Event
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    counts: dict[int, asyncio.Future[bytes]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ears:
    """Who hears of the fleet: of records, of counts (worker, snapshot), of deaths (worker, in words), of cures."""

    record: Callable[[int, int, bytes], None]
    counts: Callable[[int, bytes], None]
    died: Callable[[int, str], None]
    cured: Callable[[str], None]


def restart_pause(lived: float, failures: int) -> float:
    """Seconds until another worker takes the place of one that lived so long.

    One that served is replaced at once; `failures` of them that never did, one after another, make the pause grow.
    """
    if failures:
        return float(min(_FASTEST_RESTART * 2 ** min(failures - 1, 16), _SLOWEST_RESTART))
    return 0.0 if lived > 1.0 else _FASTEST_RESTART


class Fleet:
    """All workers. Each is given the listening sockets; `brief` goes to it as it starts, then rules and habits."""

    def __init__(
        self, size: int, brief: Any, listeners: Sequence[socket.socket], ears: Ears, habits: Callable[[], bytes]
    ) -> None:
        self._size, self._brief, self._listeners, self._ears, self._habits = size, brief, listeners, ears, habits
        self._members: dict[int, Member] = {}
        self._rules = b""
        self._number = 0
        self._asked = 0
        self._ending = asyncio.Event()
        self._trouble = ""
        self._watchers: set[asyncio.Task[None]] = set()

    @property
    def ready(self) -> bool:
        """At least one worker serves."""
        return self.serving > 0

    @property
    def serving(self) -> int:
        """So many workers serve."""
        return sum(member.ready.is_set() for member in self._members.values())

    @property
    def trouble(self) -> str:
        """Why none serves, in words; empty while one does, or is about to."""
        return "" if self.ready else self._trouble

    async def start(self, rules: bytes) -> None:
        """Start all workers and wait until they serve, or have ended before they did."""
        self._rules = rules
        for _ in range(self._size):
            await self._start_one(0)
        for member in list(self._members.values()):
            await member.ready.wait()

    async def _start_one(self, failures: int) -> None:
        """One more worker. Where the system has none to give, it is tried again later."""
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        self._number += 1
        fds = [theirs.fileno(), *(listener.fileno() for listener in self._listeners)]
        words = (sys.executable, "-m", "why400.app.traffic", *map(str, fds))
        try:
            process = await asyncio.create_subprocess_exec(*words, pass_fds=fds, env={**MALLOC, **os.environ})
        except OSError as error:
            ours.close()
            pause = self._lost(self._number, f"cannot be started ({error.strerror})", 0.0, failures + 1)
            self._watched(self._start_later(pause, failures + 1))
            return
        finally:
            theirs.close()
        brief = pickle.dumps(self._brief)
        with contextlib.suppress(OSError):  # it has ended already, and whoever watches it will know
            await asyncio.get_running_loop().sock_sendall(ours, _SIZE.pack(len(brief)) + brief)
        number = self._number
        silent = asyncio.Event()
        channel = await Channel.on(ours, lambda kind, seq, payload: self._heard(number, kind, seq, payload), silent.set)
        member = self._members[number] = Member(number, failures, process, channel, silent)
        channel.say(Kind.RULES, 0, self._rules)
        channel.say(Kind.HABITS, 0, self._habits())
        self._watched(self._watch(member))

    def _watched(self, work: Coroutine[None, None, None]) -> None:
        watcher = asyncio.create_task(work)
        self._watchers.add(watcher)
        watcher.add_done_callback(self._watchers.discard)

    async def _watch(self, member: Member) -> None:
        """Wait for a worker's end; unless all is ending, another takes its place."""
        started = asyncio.get_running_loop().time()
        code = await member.process.wait()
        with contextlib.suppress(TimeoutError):  # what it said before it died is still to be heard
            await asyncio.wait_for(member.silent.wait(), _LAST_WORDS_SECONDS)
        del self._members[member.number]
        member.channel.close()
        lived = asyncio.get_running_loop().time() - started
        failures = 0 if member.ready.is_set() else member.failures + 1
        words = f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"
        pause = self._lost(member.number, f"{words} before it served" if failures else words, lived, failures)
        member.ready.set()
        for waiting in member.counts.values():
            waiting.cancel()
        await self._start_later(pause, failures)

    def _lost(self, number: int, words: str, lived: float, failures: int) -> float:
        """Say what became of a worker; after how many seconds another is to be started."""
        pause = restart_pause(lived, failures)
        if self._ending.is_set():
            return pause
        if failures:
            self._trouble = f"worker {number} {words}"
            self._ears.died(number, f"{self._trouble}; another is tried in {pause:g} s")
        else:
            self._ears.died(number, f"worker {number} {words}; another takes its place")
        return pause

    async def _start_later(self, pause: float, failures: int) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._ending.wait(), pause)
        if not self._ending.is_set():
            await self._start_one(failures)

    def _heard(self, number: int, kind: Kind, seq: int, payload: bytes) -> None:
        member = self._members.get(number)
        if kind is Kind.RECORD:
            self._ears.record(number, seq, payload)
        elif kind is Kind.COUNTS:
            self._ears.counts(number, payload)
            waiting = member.counts.pop(seq, None) if member else None
            if waiting is not None and not waiting.done():
                waiting.set_result(payload)
        elif kind is Kind.READY and member is not None:
            member.ready.set()
            if member.failures:
                self._trouble = ""
                self._ears.cured(f"worker {number} serves, after {member.failures} that did not")

    def committed(self, number: int, seqs: Sequence[int]) -> None:
        """Tell a worker that these records of its are on disk."""
        member = self._members.get(number)
        if member is not None:
            for seq in seqs:
                member.channel.say(Kind.ACK, seq)

    def rules(self, rules: bytes) -> None:
        """Give all workers, now and later, these rules."""
        self._rules = rules
        for member in self._members.values():
            member.channel.say(Kind.RULES, 0, rules)

    def teach(self, lesson: bytes) -> None:
        """Tell all workers one more thing that the upstream did."""
        for member in self._members.values():
            member.channel.say(Kind.LESSON, 0, lesson)

    def forget(self) -> None:
        """Tell all workers to know what the parent knows, and nothing else."""
        for member in self._members.values():
            member.channel.say(Kind.HABITS, 0, self._habits())

    async def count(self) -> None:
        """Have every worker say its counts; one that does not answer in a second keeps its last ones."""
        self._asked += 1
        loop = asyncio.get_running_loop()
        asked = []
        for member in self._members.values():
            if member.ready.is_set():
                waiting = member.counts[self._asked] = loop.create_future()
                member.channel.say(Kind.COUNT, self._asked)
                asked.append(waiting)
        if asked:
            await asyncio.wait(asked, timeout=_COUNT_SECONDS)

    def hurry(self) -> None:
        """Tell all workers that are ending to wait no longer."""
        for member in self._members.values():
            member.channel.say(Kind.DRAIN)

    async def end(self, grace: float) -> None:
        """Let all workers finish what is in flight; kill those that do not end in time."""
        self._ending.set()
        members = list(self._members.values())
        for member in members:
            member.channel.say(Kind.DRAIN)
        waits = [asyncio.create_task(member.process.wait()) for member in members]
        if waits:
            _, late = await asyncio.wait(waits, timeout=grace)
            for member in members:
                if late and member.process.returncode is None:
                    member.process.kill()
            await asyncio.gather(*waits)
        await asyncio.gather(*self._watchers, return_exceptions=True)
