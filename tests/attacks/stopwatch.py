"""A traffic worker with a stopwatch: `python -m attacks.stopwatch FD…`, started as any worker, says of its event loop how
long the longest turn since the last question took, and the longest search for garbage in one, in its own processor
time, so that a busy machine does not count.

With `WHY400_PROFILE` set, it says instead what took the time of that turn.
"""

import asyncio
import cProfile
import gc
import io
import os
import pstats
import time
from dataclasses import dataclass, field

from why400.app import traffic
from why400.worker import Worker


@dataclass(slots=True)
class Stopwatch:
    """The longest turn of the loop since the last question, in seconds, and with a profile what was done in it."""

    longest: float = 0.0
    collecting: float = 0.0
    began: float = 0.0
    profiled: bool = bool(os.environ.get("WHY400_PROFILE"))
    done: str = ""
    running: asyncio.Task[None] | None = field(default=None)

    def ask(self) -> bytes:
        """The answer to the last question, and a new beginning."""
        if self.running is None:
            self.running = asyncio.get_running_loop().create_task(self.run())
            gc.callbacks.append(self.collected)
        answer = f"{self.longest:.9f} {self.collecting:.9f}\n{self.done}".encode()
        self.longest, self.collecting, self.done = 0.0, 0.0, ""
        return answer

    def collected(self, phase: str, _: object) -> None:
        """Garbage is looked for, or was."""
        if phase == "start":
            self.began = time.thread_time()
        else:
            self.collecting = max(self.collecting, time.thread_time() - self.began)

    async def run(self) -> None:
        """Look at the time once in every turn of the loop."""
        while True:
            profile = cProfile.Profile(time.thread_time) if self.profiled else None
            before = time.thread_time()
            if profile is not None:
                profile.enable()
            await asyncio.sleep(0)
            if profile is not None:
                profile.disable()
            taken = time.thread_time() - before
            if taken > self.longest:
                self.longest = taken
                self.done = told(profile) if profile is not None and taken > 0.0001 else ""


def told(profile: cProfile.Profile) -> str:
    """What took the time, the dearest first."""
    text = io.StringIO()
    stats = pstats.Stats(profile, stream=text)
    stats.sort_stats("tottime").print_stats(14)
    stats.sort_stats("cumtime").print_stats(25)
    return "\n".join(line for line in text.getvalue().splitlines() if line.strip())


def with_stopwatch(worker: Worker) -> Worker:
    """The same worker; asked for its counts it says what the stopwatch shows."""
    worker.snapshot = Stopwatch().ask
    return worker


def main() -> None:
    """Be that worker."""
    make = traffic.make_worker
    traffic.make_worker = lambda brief, students: with_stopwatch(make(brief, students))
    traffic.main()


if __name__ == "__main__":
    main()
