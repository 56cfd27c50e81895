"""A scripted upstream: it keeps exactly the bytes that it gets, and plays back what a test says."""

import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

Step = bytes | float | Callable[["Heard"], None]
"""What the upstream does next: send these bytes, wait so many seconds, or one of the functions below."""

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


_CHUNKS_END = re.compile(rb"\r\n0+\r\n(?:[^\r\n]+\r\n)*\r\n")


class Heard:
    """One connection as the upstream has it; `bytes` is all that came on it."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.bytes = bytearray()
        self.closed = threading.Event()
        self._message = 0

    def more(self) -> None:
        """Wait for bytes. Raises EOFError when there are none to come."""
        data = self.sock.recv(1 << 16)
        if not data:
            raise EOFError
        self.bytes += data

    def until(self, mark: bytes, start: int) -> int:
        """Wait for `mark`; the offset behind it."""
        while (at := self.bytes.find(mark, start)) < 0:
            self.more()
        return at + len(mark)

    def head(self) -> bytes:
        """Wait for the next message's head."""
        start, self._message = self._message, self.until(b"\r\n\r\n", self._message)
        return bytes(self.bytes[start : self._message])

    def body(self, head: bytes) -> None:
        """Wait for the body that the head announces."""
        if re.search(rb"(?i)\r\ntransfer-encoding: *chunked", head):
            start = self._message - 2
            while not (end := _CHUNKS_END.search(self.bytes, start)):
                self.more()
            self._message = end.end()
        elif length := re.search(rb"(?i)\r\ncontent-length: *(\d+)", head):
            self._message += int(length[1])
            while len(self.bytes) < self._message:
                self.more()


def head(heard: Heard) -> None:
    """Read the head of a request."""
    heard.head()


def request(heard: Heard) -> None:
    """Read one request whole."""
    heard.body(heard.head())


def some(heard: Heard) -> None:
    """Read whatever comes next, once."""
    heard.more()


def to_end(heard: Heard) -> None:
    """Read until the other side sends no more."""
    with suppress(EOFError):
        while True:
            heard.more()


def deaf(heard: Heard) -> None:
    """Read nothing until the other side is gone, or three seconds."""
    for _ in range(300):
        if struct.unpack_from("B", heard.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 8))[0] in (7, 8):
            return
        time.sleep(0.01)


def fin(heard: Heard) -> None:
    """Send no more."""
    heard.sock.shutdown(socket.SHUT_WR)


def rst(heard: Heard) -> None:
    """Reset the connection."""
    heard.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raise EOFError


def close(heard: Heard) -> None:
    """Close; with bytes unread that is a reset."""
    raise EOFError


class Upstream:
    """Listens on a free port of 127.0.0.1. `plays` is what every connection goes through, again and again."""

    def __init__(self, family: int = socket.AF_INET, address: str | tuple[str, int] = ("127.0.0.1", 0)) -> None:
        self.heard: list[Heard] = []
        self.plays: Sequence[Step] = (request, OK)
        self._listener = socket.socket(family, socket.SOCK_STREAM)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(address)
        self._listener.listen(512)
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def came(self) -> bytes:
        """All bytes that came, on all connections, in the order in which they were opened."""
        return b"".join(bytes(heard.bytes) for heard in self.heard)

    def play(self, *steps: Step) -> None:
        """From now on connections go through these steps; those that there are end, and are forgotten."""
        self.plays, ended, self.heard = steps, self.heard, []
        for heard in ended:
            with suppress(OSError):
                heard.sock.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                heard = Heard(sock)
                self.heard.append(heard)
                threading.Thread(target=self._serve, args=(heard, self.plays), daemon=True).start()

    def _serve(self, heard: Heard, steps: Sequence[Step]) -> None:
        with suppress(OSError, EOFError):
            if heard.sock.family != socket.AF_UNIX:
                heard.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while steps:
                for step in steps:
                    _do(heard, step)
        heard.sock.close()
        heard.closed.set()


def _do(heard: Heard, step: Step) -> None:
    if isinstance(step, bytes):
        heard.sock.sendall(step)
    elif isinstance(step, int | float):
        time.sleep(step)
    else:
        step(heard)


@contextmanager
def upstream() -> Iterator[Upstream]:
    """An upstream for as long as the block lasts."""
    stage = Upstream()
    try:
        yield stage
    finally:
        stage.stop()
