"""A client that sends exactly these bytes, and keeps exactly those that come back."""

import re
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Step = bytes | float | Callable[["Client"], None]
"""What the client does next: send these bytes, wait so many seconds, or one of the functions below."""

PATIENCE = 15.0
"""Seconds without a byte after which a test has failed."""


@dataclass(slots=True)
class Client:
    """One connection. `got` is what came; `reset` says that the connection did not end in order."""

    sock: socket.socket
    got: bytearray = field(default_factory=bytearray)
    reset: bool = False
    ended: bool = False

    def more(self) -> bool:
        """Wait for bytes; False when there are none to come."""
        try:
            data = self.sock.recv(1 << 16)
        except ConnectionError:
            self.reset, data = True, b""
        self.got += data
        self.ended = not data
        return bool(data)

    def until(self, mark: bytes, start: int = 0) -> int:
        """Wait for `mark`; the offset behind it."""
        while (at := self.got.find(mark, start)) < 0:
            assert self.more(), f"the connection ended before {mark!r}: {bytes(self.got)!r}"
        return at + len(mark)

    def send(self, data: bytes) -> None:
        """Send; a connection that is gone already takes nothing any more."""
        try:
            self.sock.sendall(data)
        except ConnectionError:
            self.reset = True


def connect(port: int) -> Client:
    sock = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return Client(sock)


def fin(client: Client) -> None:
    """Send no more."""
    client.sock.shutdown(socket.SHUT_WR)


def rst(client: Client) -> None:
    """Reset the connection."""
    client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.sock.close()
    client.ended = True


def leave(client: Client) -> None:
    """Close the connection in order, without waiting for anything."""
    client.sock.close()
    client.ended = True


def until(mark: bytes) -> Callable[[Client], None]:
    """Wait for these bytes."""
    return lambda client: (client.until(mark), None)[1]


def talk(port: int, *steps: Step) -> "Said":
    """Go through the steps, then read until the connection ends."""
    client = connect(port)
    try:
        for step in steps:
            if isinstance(step, bytes):
                client.send(step)
            elif isinstance(step, int | float):
                time.sleep(step)
            else:
                step(client)
        while not client.ended:
            client.more()
    finally:
        client.sock.close()
    return Said(bytes(client.got), client.reset)


@dataclass(frozen=True, slots=True)
class Said:
    """What came back on a connection until it ended; `reset`: by a reset."""

    bytes: bytes
    reset: bool

    @property
    def plain(self) -> bytes:
        """Without our own `Why400-*` fields, and without the `Connection: close` of the last reply."""
        plain = re.sub(rb"(?m)^Why400-[^\n]*\n", b"", self.bytes)
        return re.sub(rb"(?m)^Connection: close\r\n", b"", plain)

    @property
    def status(self) -> int:
        """The status of the last final reply, 0 if there is none."""
        found = [int(status) for status in re.findall(rb"(?m)^HTTP/1\.1 ([2-5]\d\d) ", self.bytes)]
        return found[-1] if found else 0

    @property
    def ids(self) -> list[str]:
        return [id.decode() for id in re.findall(rb"(?m)^Why400-Id: (\S+)\r$", self.bytes)]

    @property
    def cause(self) -> str:
        """The first code of the last `Why400-Cause`."""
        found = re.findall(rb"(?m)^Why400-Cause: ([^\s,]+)", self.bytes)
        return found[-1].decode() if found else ""

    @property
    def body(self) -> bytes:
        """What is behind the first final head."""
        return self.bytes.partition(b"\r\n\r\n")[2]
