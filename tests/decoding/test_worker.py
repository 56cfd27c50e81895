"""A decode worker by itself, as a process with a socket."""

import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import pytest

from decoding.jobs import SMALL, job
from fixes.made import OPERATIONS
from why400.decoding.frames import LENGTHS, READY, framed, read_answer, write_job
from why400.decoding.working import exactly, receive
from why400.fixes.answer import Done

WORDS = [f"{name}={run.__module__}:{run.__name__}" for name, run in OPERATIONS.items()]


@contextmanager
def worker():
    ours, theirs = socket.socketpair()
    command = [sys.executable, "-m", "why400.decoding.worker", str(theirs.fileno()), str(2**30), "2.0", *WORDS]
    with subprocess.Popen(command, pass_fds=[theirs.fileno()]) as process, ours:
        theirs.close()
        assert exactly(ours, len(READY)) == READY
        yield process, ours
        ours.close()
        assert process.wait(5) == 0


def work_on(channel, work):
    channel.sendall(framed(write_job(work), SMALL))
    channel.sendall(SMALL)
    return read_answer(*receive(channel))


def test_it_ends_when_its_parent_is_gone():
    with worker():
        pass


def test_it_ends_when_its_parent_goes_in_the_middle_of_a_frame():
    with worker() as (_, channel):
        channel.sendall(LENGTHS.pack(100, 100) + b"half")


def test_ctrl_c_is_not_for_it():
    with worker() as (process, channel):
        process.send_signal(signal.SIGINT)
        assert isinstance(work_on(channel, job()), Done)


def test_it_says_how_long_it_took():
    with worker() as (_, channel):
        assert 0 < work_on(channel, job()).seconds < 2


def test_a_closed_socket_has_no_frame():
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(EOFError):
        receive(ours)
