"""The decode workers of one traffic worker: started at first need, reused, killed when over, ended when idle."""

import asyncio
import signal
from collections import Counter
from collections.abc import Mapping
from time import monotonic

from why400 import limits
from why400.decoding.child import Child, Gone
from why400.decoding.job import Operation, refusal
from why400.fixes.answer import Answer, Failed
from why400.fixes.plan_image import ImageJob


class DecodePool:
    """At most `workers` images at a time, at most `queue` more waiting; each has `deadline` seconds and `memory` bytes.

    `operations` are the fixes' `pixels` functions by name. `counts` is for metrics: `started`, `done`, `failed:WHY`,
    `killed:WHY`; `depth` is how many images wait for a worker.
    """

    def __init__(
        self,
        operations: Mapping[str, Operation],
        *,
        workers: int = 1,
        queue: int = limits.DECODE_QUEUE,
        deadline: float = limits.DECODE_DEADLINE,
        memory: int = limits.DECODE_MEMORY,
        idle: float = limits.DECODE_IDLE,
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.depth = 0
        self._operations = operations
        self._queue, self._deadline, self._memory, self._idle_seconds = queue, deadline, memory, idle
        self._places = asyncio.Semaphore(workers)
        self._idle: list[tuple[float, Child]] = []
        self._sweeper: asyncio.Task[None] | None = None

    async def run(self, job: ImageJob, image: bytes) -> Answer:
        """The new image, or why there is none. Never raises but for cancellation, which ends the work too."""
        answer = await self._admitted(job, image)
        self.counts["done" if not isinstance(answer, Failed) else f"failed:{answer.why}"] += 1
        return answer

    async def _admitted(self, job: ImageJob, image: bytes) -> Answer:
        refused = refusal(job, len(image))
        if refused:
            return Failed("refused", refused)
        if self._places.locked() and self.depth >= self._queue:
            return Failed("queue-full", f"{self.depth} images wait for a decoder already")
        self.depth += 1
        try:
            await self._places.acquire()
        finally:
            self.depth -= 1
        try:
            return await self._work(job, image)
        finally:
            self._places.release()

    async def _work(self, job: ImageJob, image: bytes) -> Answer:
        try:
            child = await self._child()
        except (TimeoutError, Gone, OSError) as error:
            return Failed("crashed", f"no decode worker could be started ({type(error).__name__})")
        try:
            async with asyncio.timeout(self._deadline):
                answer = await child.ask(job, image)
        except TimeoutError:
            return await self._ended(child, "deadline")
        except Gone:
            return await self._ended(child, "crashed")
        except BaseException:
            await self._ended(child, "abandoned")
            raise
        if isinstance(answer, Failed) and answer.why in ("memory", "crashed"):
            await self._ended(child, answer.why)
        else:
            self._rest(child)
        return answer

    async def _ended(self, child: Child, why: str) -> Failed:
        """Make sure that a worker is gone, and say what it died of."""
        died_of = await child.kill()
        if died_of == signal.SIGXCPU:
            why = "deadline"
        self.counts[f"killed:{why}"] += 1
        if why == "deadline":
            return Failed("deadline", f"decoding it took longer than {self._deadline:g} s")
        return Failed("crashed", f"the decode worker died of it (signal {died_of})")

    async def _child(self) -> Child:
        """A worker that rests, else a new one."""
        while self._idle:
            child = self._idle.pop()[1]
            if child.alive:
                return child
            await self._ended(child, "crashed")
        self.counts["started"] += 1
        return await Child.start(self._operations, self._memory, self._deadline)

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
