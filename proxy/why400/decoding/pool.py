"""The worker processes of one traffic worker: started at first need, reused, killed when over, ended when idle."""

import asyncio
import signal
from collections import Counter
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TypeVar

from why400 import limits
from why400.decoding.child import Child, Gone
from why400.fixes.answer import Failed

Read = TypeVar("Read")


class Pool:
    """At most `workers` jobs at a time, at most `queue` more waiting; each has `deadline` seconds of a processor
    and `memory` bytes, and is waited for `patience` seconds (where nothing is said: twice `deadline`).

    `command` is the module that a worker runs, and its words. `counts` is for metrics: `started`, `done`,
    `failed:WHY`, `killed:WHY`; `depth` is how many jobs wait for a worker.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        workers: int = 1,
        queue: int = limits.DECODE_QUEUE,
        deadline: float = limits.DECODE_DEADLINE,
        patience: float | None = None,
        memory: int = limits.DECODE_MEMORY,
        idle: float = limits.DECODE_IDLE,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.depth = 0
        self._command = tuple(command)
        self._queue, self._deadline, self._memory, self._idle_seconds = queue, deadline, memory, idle
        self._patience = patience or 2 * deadline
        self._places = asyncio.Semaphore(workers)
        self._idle: list[tuple[float, Child]] = []
        self._sweeper: asyncio.Task[None] | None = None

    async def run(
        self, head: bytes, body: bytes | bytearray | memoryview, read: Callable[[bytes, bytes], Read]
    ) -> Read | Failed:
        """What `read` makes of a worker's answer, or why there is none. Never raises but for cancellation."""
        answer = await self._admitted(head, body, read)
        self.counts["done" if not isinstance(answer, Failed) else f"failed:{answer.why}"] += 1
        return answer

    @property
    def busy(self) -> bool:
        """All workers have work."""
        return self._places.locked()

    async def warm(self) -> None:
        """Start a worker before anybody needs it. Nobody is told if that fails."""
        async with self._places:
            try:
                self._rest(await self._child())
            except (TimeoutError, Gone, OSError):
                self.counts["failed:crashed"] += 1

    async def _admitted(
        self, head: bytes, body: bytes | bytearray | memoryview, read: Callable[[bytes, bytes], Read]
    ) -> Read | Failed:
        if self._places.locked() and self.depth >= self._queue:
            return Failed("queue-full", f"{self.depth} others wait for it already")
        self.depth += 1
        try:
            await self._places.acquire()
        finally:
            self.depth -= 1
        try:
            return await self._work(head, body, read)
        finally:
            self._places.release()

    async def _work(
        self, head: bytes, body: bytes | bytearray | memoryview, read: Callable[[bytes, bytes], Read]
    ) -> Read | Failed:
        try:
            child = await self._child()
        except (TimeoutError, Gone, OSError) as error:
            return Failed("unavailable", f"no worker could be started ({type(error).__name__})")
        try:
            async with asyncio.timeout(self._patience):
                said = await child.ask(head, body)
        except TimeoutError:
            return await self._ended(child, "deadline")
        except Gone:
            return await self._ended(child, "crashed")
        except BaseException:
            await self._ended(child, "abandoned")
            raise
        answer = nonsense() if said is None else read(*said)
        if isinstance(answer, Failed) and answer.why in ("memory", "crashed"):
            await self._ended(child, answer.why)
        else:
            self._rest(child)
        return answer

    async def _ended(self, child: Child, why: str) -> Failed:
        """Make sure that a worker is gone, and say what it died of."""
        died_of = await child.kill()
        over = died_of == signal.SIGXCPU
        why = "deadline" if over else why
        self.counts[f"killed:{why}"] += 1
        if why == "deadline":
            return Failed("deadline", f"it took longer than {self._deadline if over else self._patience:g} s")
        return Failed("crashed", f"the worker died of it (signal {died_of})")

    async def _child(self) -> Child:
        """A worker that rests, else a new one."""
        while self._idle:
            child = self._idle.pop()[1]
            if child.alive:
                return child
            await self._ended(child, "crashed")
        self.counts["started"] += 1
        return await Child.start(self._command, self._memory, self._deadline)

    def _rest(self, child: Child) -> None:
        self._idle.append((monotonic(), child))
        if self._sweeper is None:
            self._sweeper = asyncio.create_task(self._sweep())

    async def _sweep(self) -> None:
        """End workers that rested long enough; the longest at rest stands first."""
        while self._idle:
            await asyncio.sleep(max(0.0, self._idle[0][0] + self._idle_seconds - monotonic()))
            while self._idle and self._idle[0][0] + self._idle_seconds <= monotonic():
                await self._idle.pop(0)[1].kill()
        self._sweeper = None

    async def close(self) -> None:
        """End all workers at rest. Work in hand ends with its own task."""
        if self._sweeper:
            self._sweeper.cancel()
        while self._idle:
            await self._idle.pop()[1].kill()


def nonsense() -> Failed:
    """A worker that does not keep to what it was asked."""
    return Failed("crashed", "the worker answered nonsense")
