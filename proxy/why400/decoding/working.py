"""Being a worker: `python -m MODULE FD MEMORY CPU WORD…` serves the socket FD until that closes, one job at a time.

MEMORY bytes of address space are its limit for life (RLIMIT_AS), CPU seconds its limit for each job (RLIMIT_CPU), so
it ends by itself even if nobody watches.
"""

import ctypes
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from math import ceil
from select import select
from time import process_time

from why400.decoding.frames import LENGTHS, READY, framed

Work = Callable[[bytes, bytes], tuple[bytes, bytes]]
"""From a job's head and body to those of its answer."""


ROOMY = 64 * 1024 * 1024
"""A decode worker of more bytes than this gives back what it can after a job; another does when it rests."""

_REST_SECONDS = 0.5
"""Pages that are given back cost a tenth of the next full-HD picture: so not between two that follow each other."""


_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
_MAPPED, _RESIDENT = 0, 1
"""Fields of /proc/self/statm (proc(5)), in pages."""

_FIRST_TO_GO = "800"
"""Of 1000: before all that did not say as much themselves."""


def work(answer: Work, keeps: int = 0) -> None:
    """Be a worker as the command line says: `answer` does jobs, up to `keeps` bytes of memory are kept between two."""
    descriptor, memory, cpu = sys.argv[1:4]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who lets work in hand end.
    go_first()
    if keeps:
        hold_on(keeps)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    with socket.socket(fileno=int(descriptor)) as channel:
        channel.sendall(READY)
        serve(channel, float(cpu), answer, keeps)


def go_first() -> None:
    """Where memory runs out, the kernel is to end this process rather than the proxy that it works for (proc(5))."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "w") as score:
        score.write(_FIRST_TO_GO)


def serve(channel: socket.socket, cpu: float, answer: Work, keeps: int = 0) -> None:
    """Answer frames until the other end is closed."""
    while True:
        try:
            head, body = receive(channel)
        except EOFError:
            return
        limit_cpu(cpu)
        said, made = answer(head, body)
        channel.sendall(framed(said, made))
        if made:  # who has had the whole answer may be gone
            channel.sendall(made)
        del head, body, said, made
        if resident() > keeps or not select([channel], [], [], _REST_SECONDS)[0]:
            give_back()


@contextmanager
def growing_by(most: int) -> Iterator[None]:
    """What is done within may take so many bytes of address space more; beyond that there is no memory."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most += _pages(_MAPPED) * resource.getpagesize()
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (most if soft == resource.RLIM_INFINITY else min(soft, most), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def resident() -> int:
    """How many bytes of memory this process holds."""
    return _pages(_RESIDENT) * resource.getpagesize()


def _pages(which: int) -> int:
    with open("/proc/self/statm", "rb") as counts:
        return int(counts.read().split()[which])


def give_back() -> None:
    """Return memory that a job left free to the system: a worker that rests is to weigh little."""
    with suppress(OSError, AttributeError):  # glibc alone has it
        ctypes.CDLL(None).malloc_trim(0)


def hold_on(keeps: int) -> None:
    """Have glibc keep what is freed, up to so many bytes, until it is given back (mallopt(3)).

    Threads of decoders take from the same: for each one's own glibc would reserve 64 MiB of address space.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)
        for which in (_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD):
            ctypes.CDLL(None).mallopt(which, keeps // 2)


def limit_cpu(seconds: float) -> None:
    """Let this process use so much more processor time; beyond it the kernel ends it (SIGXCPU)."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(process_time() + seconds), hard))


def receive(channel: socket.socket) -> tuple[bytes, bytes]:
    """One frame's head and body. EOFError: the other end is gone."""
    head, body = LENGTHS.unpack(exactly(channel, LENGTHS.size))
    return exactly(channel, head), exactly(channel, body)


def exactly(channel: socket.socket, size: int) -> bytes:
    """The next `size` bytes, written once."""
    data = channel.recv(size, socket.MSG_WAITALL) if size else b""
    if len(data) < size:
        raise EOFError
    return data
