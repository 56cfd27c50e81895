"""A decode worker by itself, as a process with a socket."""

import io
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager

import numpy as np
import pillow_heif
import pytest

from decoding.jobs import SMALL, job
from fixes.made import OPERATIONS, photo
from why400.decoding import plugins
from why400.decoding.frames import LENGTHS, READY, framed, read_answer, write_job
from why400.decoding.working import exactly, receive
from why400.fixes.answer import Done, Failed
from why400.fixes.formats import FORMATS

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


def work_on(channel, work, data=SMALL):
    channel.sendall(framed(write_job(work), data))
    channel.sendall(data)
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


def heic_that_says(depth, chroma):
    """Of a picture of 6 MP with all its colour, in 10 bits (hvcC: ISO/IEC 14496-15 section 8.3.3.1)."""
    plugins.ready(FORMATS["heif"])
    wide = np.asarray(photo((4000, 1500))).astype(np.uint16) * 257
    made = pillow_heif.from_bytes(mode="RGB;16", size=(4000, 1500), data=wide.tobytes())
    made.save(out := io.BytesIO(), quality=30, chroma=444, enc_params={"preset": "ultrafast"})
    data = bytearray(out.getvalue())
    at, bits = data.index(b"hvcC"), data.index(b"pixi") + 9
    data[at + 20], data[at + 21], data[at + 22] = 0xFC | chroma, 0xF8 | depth - 8, 0xF8 | depth - 8
    data[bits : bits + 3] = bytes((depth,)) * 3
    return bytes(data)


@pytest.mark.parametrize(
    ("says", "answered"),
    [pytest.param((10, 3), Done, id="what it is"), pytest.param((8, 1), Failed, id="a third of it")],
)
def test_a_heic_takes_the_memory_that_it_says(says, answered):
    with worker() as (_, channel):
        work = job("heif", (4000, 1500), "rgb", bit_depth=says[0])
        assert isinstance(work_on(channel, work, heic_that_says(*says)), answered)


def test_a_closed_socket_has_no_frame():
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(EOFError):
        receive(ours)
