"""Requests as bytes, and one exchange on a connection of its own: what is broken must reach the other side as it is."""

import http.client
import io
import socket
from dataclasses import dataclass, replace

BOUNDARY = "----why400upstreams"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One request. `Host` and `Content-Length` are added when it is sent, unless `raw_head` says all of the head."""

    path: str
    headers: Headers
    body: bytes
    method: str = "POST"
    raw_head: str | None = None
    cut: bool = False

    def but(self, **changes: object) -> "Request":
        """The same request with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def typed(self, media_type: str | None) -> "Request":
        """The same request with another Content-Type, or without one."""
        rest = tuple(pair for pair in self.headers if pair[0] != "Content-Type")
        return self.but(headers=rest if media_type is None else (*rest, ("Content-Type", media_type)))

    def on_wire(self, authority: str) -> bytes:
        """The bytes of it."""
        if self.raw_head is not None:
            head = self.raw_head.replace("{host}", authority).replace("{path}", self.path)
            head = head.replace("{type}", dict(self.headers).get("Content-Type", ""))
            return head.replace("{size}", str(len(self.body))).encode("latin-1") + self.body
        fields = (("Host", authority), *self.headers, ("Content-Length", str(len(self.body))))
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields)
        return f"{self.method} {self.path} HTTP/1.1\r\n{lines}Connection: close\r\n\r\n".encode("latin-1") + self.body


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply: status (0 where none came), header fields by lower-case name, body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


class _Read:
    """What http.client reads a reply from."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def makefile(self, mode: str) -> io.BytesIO:
        return io.BytesIO(self.data)


def send(port: int, request: Request, seconds: float = 20.0) -> Answer:
    """Send it to a port of this machine and read the whole reply."""
    with socket.create_connection(("127.0.0.1", port), timeout=seconds) as sock:
        try:
            sock.sendall(request.on_wire(f"127.0.0.1:{port}"))
            if request.cut:
                sock.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # it answered before it had read all
        return _answer(_all(sock))


def _all(sock: socket.socket) -> bytes:
    data = bytearray()
    try:
        while piece := sock.recv(65536):
            data += piece
            if b"\r\n\r\n" in data and _complete(data):
                break
    except OSError:
        pass
    return bytes(data)


def _complete(data: bytearray) -> bool:
    head, _, body = bytes(data).partition(b"\r\n\r\n")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(body) >= int(line.partition(b":")[2])
    return False


def _answer(data: bytes) -> Answer:
    reply = http.client.HTTPResponse(_Read(data))  # type: ignore[arg-type]
    try:
        reply.begin()
        return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
    except (http.client.HTTPException, ValueError):
        return Answer(0, {}, data)
