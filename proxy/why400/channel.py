"""Frames between the parent and a worker, over a socket pair: a kind, a number, a payload."""

import asyncio
import socket
import struct
from collections.abc import Callable
from enum import Enum
from typing import cast

_HEAD = struct.Struct(">cQI")
_SIZE = struct.Struct(">I")


class Kind(Enum):
    """What a frame is. Worker to parent: `READY`, `RECORD`, `COUNTS`. Parent to worker: the others."""

    READY = b"y"
    RECORD = b"r"
    COUNTS = b"c"
    ACK = b"a"
    RULES = b"u"
    HABITS = b"h"
    LESSON = b"l"
    COUNT = b"q"
    DRAIN = b"d"


Heard = Callable[[Kind, int, bytes], None]


class Channel(asyncio.Protocol):
    """One end. `heard(kind, number, payload)` is called for each frame, `ended()` once when the other side is gone."""

    def __init__(self, heard: Heard, ended: Callable[[], None]) -> None:
        self._heard, self._ended = heard, ended
        self._held = bytearray()
        self._transport: asyncio.Transport | None = None

    @classmethod
    async def on(cls, sock: socket.socket, heard: Heard, ended: Callable[[], None]) -> "Channel":
        """A channel on a connected socket."""
        loop = asyncio.get_running_loop()
        _, channel = await loop.create_unix_connection(lambda: cls(heard, ended), sock=sock)
        return channel

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The socket is ours."""
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        """Take frames as they become whole."""
        self._held += data
        while len(self._held) >= _HEAD.size:
            kind, number, size = _HEAD.unpack_from(self._held)
            end = _HEAD.size + size
            if len(self._held) < end:
                break
            payload = bytes(memoryview(self._held)[_HEAD.size : end])
            del self._held[:end]  # before it is heard: a frame is heard once, whatever hearing it does
            self._heard(Kind(kind), number, payload)

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side is gone."""
        self._ended()

    def say(self, kind: Kind, number: int = 0, payload: bytes = b"") -> None:
        """Send a frame; nothing happens where the other side is gone."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(_HEAD.pack(kind.value, number, len(payload)) + payload)

    @property
    def backlog(self) -> int:
        """Bytes that the other side has yet to take."""
        return self._transport.get_write_buffer_size() if self._transport is not None else 0

    def close(self) -> None:
        """Send what waits, then close."""
        if self._transport is not None:
            self._transport.close()


def pack_record(record: bytes, body: bytes | None) -> bytes:
    """A record and its body as the payload of one frame."""
    return _SIZE.pack(len(record)) + record + (body or b"")


def unpack_record(payload: bytes) -> tuple[bytes, bytes | None]:
    """What `pack_record` packed."""
    (size,) = _SIZE.unpack_from(payload)
    return payload[4 : 4 + size], payload[4 + size :] or None
