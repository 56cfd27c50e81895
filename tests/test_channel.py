"""Frames between the parent and a worker: whole, in order, once, under every split."""

import asyncio
import socket

import pytest

from why400.channel import _HEAD, Channel, Kind
from wire.bytes_in import every_split

FRAMES = [
    (Kind.READY, 0, b""),
    (Kind.RECORD, 2**64 - 1, b"\x00r" * 9),
    (Kind.ACK, 7, b""),
    (Kind.RULES, 1, bytes(range(256))),
]


def on_the_wire(frames):
    return b"".join(_HEAD.pack(kind.value, number, len(payload)) + payload for kind, number, payload in frames)


def test_frames_under_every_split():
    for pieces in every_split(on_the_wire(FRAMES)):
        heard = []
        channel = Channel(lambda *frame, heard=heard: heard.append(frame), lambda: None)
        for piece in pieces:
            channel.data_received(piece)
        assert heard == FRAMES


def test_a_frame_is_heard_once_even_where_hearing_it_fails():
    heard = []

    def stumble(kind, number, payload):
        heard.append(number)
        if number == 1:
            raise ValueError("of the one who listens")

    channel = Channel(stumble, lambda: None)
    with pytest.raises(ValueError, match="who listens"):
        channel.data_received(on_the_wire([(Kind.ACK, 1, b""), (Kind.ACK, 2, b"")]))
    channel.data_received(on_the_wire([(Kind.ACK, 3, b"")]))
    assert heard == [1, 2, 3]


async def test_both_ends_speak_until_one_is_gone():
    here, there = socket.socketpair()
    heard, gone = asyncio.Queue(), asyncio.Event()
    parent = await Channel.on(here, lambda *frame: heard.put_nowait(frame), gone.set)
    worker = await Channel.on(there, lambda *frame: heard.put_nowait(frame), lambda: None)
    large = bytes(1 << 20)
    worker.say(Kind.RECORD, 5, large)
    assert await asyncio.wait_for(heard.get(), 5) == (Kind.RECORD, 5, large)
    parent.say(Kind.ACK, 5)
    assert await asyncio.wait_for(heard.get(), 5) == (Kind.ACK, 5, b"")
    worker.say(Kind.COUNTS, 0, b"last words")
    worker.close()
    worker.say(Kind.COUNTS, 0, b"never sent")
    await asyncio.wait_for(gone.wait(), 5)
    parent.say(Kind.DRAIN)
    assert [heard.get_nowait() for _ in range(heard.qsize())] == [(Kind.COUNTS, 0, b"last words")]
    parent.close()
