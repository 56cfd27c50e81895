"""A decode worker: `python -m why400.decoding.worker FD MEMORY CPU NAME=MODULE:FUNCTION…`, one image at a time.

It serves the socket FD until that closes. MEMORY bytes of address space are its limit for life (RLIMIT_AS), CPU
seconds its limit for each image (RLIMIT_CPU), so it ends by itself even if nobody watches.
"""

import resource
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from math import ceil
from time import perf_counter, process_time

from why400.decoding.frames import LENGTHS, READY, framed, read_job, write_answer
from why400.decoding.job import Operation
from why400.decoding.render import render
from why400.fixes.answer import Answer, Failed
from why400.fixes.plan_image import ImageJob

Work = Callable[[ImageJob, bytes], Answer]


def main() -> None:
    """Serve jobs on the inherited socket."""
    descriptor, memory, cpu, *names = sys.argv[1:]
    operations = dict(map(operation, names))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who lets work in hand end.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    with socket.socket(fileno=int(descriptor)) as channel:
        channel.sendall(READY)
        serve(channel, float(cpu), lambda job, image: render(job, image, operations))


def operation(word: str) -> tuple[str, Operation]:
    """A fix's name and its function, from `NAME=MODULE:FUNCTION`."""
    name, _, place = word.partition("=")
    module, _, function = place.partition(":")
    found: Operation = getattr(import_module(module), function)
    return name, found


def serve(channel: socket.socket, cpu: float, work: Work) -> None:
    """Answer frames until the other end is closed, or memory ran out once (what is left of it may be in pieces)."""
    while True:
        try:
            head, image = receive(channel)
        except EOFError:
            return
        limit_cpu(cpu)
        answer = timed(work, read_job(head), image)
        said, made = write_answer(answer)
        channel.sendall(framed(said, made))
        channel.sendall(made)
        if isinstance(answer, Failed) and answer.why == "memory":
            return


def timed(work: Work, job: ImageJob, image: bytes) -> Answer:
    """The work's answer, with the seconds that it took."""
    start = perf_counter()
    try:
        answer = work(job, image)
    except MemoryError:
        return Failed("memory", "decoding it takes more memory than is given to one image")
    return answer if isinstance(answer, Failed) else replace(answer, seconds=perf_counter() - start)


def limit_cpu(seconds: float) -> None:
    """Let this process use so much more processor time; beyond it the kernel ends it (SIGXCPU)."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(process_time() + seconds), hard))


def receive(channel: socket.socket) -> tuple[bytes, bytes]:
    """One frame's head and body. EOFError: the other end is gone."""
    head, body = LENGTHS.unpack(exactly(channel, LENGTHS.size))
    return exactly(channel, head), exactly(channel, body)


def exactly(channel: socket.socket, size: int) -> bytes:
    """The next `size` bytes."""
    data = bytearray(size)
    view = memoryview(data)
    while view:
        got = channel.recv_into(view)
        if not got:
            raise EOFError
        view = view[got:]
    return bytes(data)


if __name__ == "__main__":
    main()
