"""Sending experiments: one at a time, no faster than allowed; an early answer is read although the upload ends."""

import http.client
import select
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from why400.probe.experiment import ANSWER_KEPT, Answer, Experiment, Unreachable
from why400.settings import Upstream

_PIECE = 64 * 1024
_COUNTED, _OVERLOADED = 429, 503
_FIRST_WAIT = 0.5
_SLOWEST = 0.5
_LONGEST_WAIT = 10.0
_TURNS = 3


@dataclass(slots=True)
class Wire:
    """Sends to one upstream, each request on a connection of its own.

    `rate` is requests a second; `timeout` seconds for connecting and for each pause of the answer. An upstream that
    says it is busy is asked again, twice at most: after the wait that it names (Retry-After), or one that doubles. One
    that counts requests (429) is asked half as often from then on. A 503 without a wait is taken for an answer once it
    has been one: some servers answer mistakes so.
    """

    upstream: Upstream
    rate: float = 10.0
    timeout: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    _next: float = field(default=0.0, init=False)
    _unmoved: int = field(default=0, init=False)

    def send(self, experiment: Experiment) -> Answer:
        """The answer. Raises Unreachable."""
        for turn in range(_TURNS):
            self._wait()
            answer, named = self._once(experiment)
            wait = self._pause(answer.status, named, turn)
            if wait is None or turn == _TURNS - 1:
                break
            self.sleep(min(wait, _LONGEST_WAIT))
        self._unmoved += answer.status == _OVERLOADED and turn > 0
        return answer

    def _pause(self, status: int, named: float | None, turn: int) -> float | None:
        """Seconds to wait before the same is asked again; None where it is not."""
        if status == _COUNTED:
            self.rate = max(self.rate / 2, min(self.rate, _SLOWEST))
        elif status != _OVERLOADED or (named is None and self._unmoved):
            return None
        return named if named is not None else _FIRST_WAIT * 2**turn

    def _wait(self) -> None:
        now = time.monotonic()
        if self._next > now:
            self.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.rate

    def _once(self, experiment: Experiment) -> tuple[Answer, float | None]:
        try:
            connection = self._connect()
        except OSError as error:
            raise Unreachable(f"no connection to {self.upstream.url}: {_why(error)}") from None
        try:
            connection.sendall(self._head(experiment))
            _upload(connection, experiment.body)
            return _answer(connection, experiment.method)
        except TimeoutError:
            raise Unreachable(f"{self.upstream.url} gave no answer within {self.timeout:g} s") from None
        except (OSError, http.client.HTTPException):
            # An upstream that drops the connection has refused too; 0 is the status of no answer.
            return Answer(0), None
        finally:
            connection.close()

    def _connect(self) -> socket.socket:
        upstream = self.upstream
        if upstream.scheme == "unix":
            local = socket.socket(socket.AF_UNIX)
            local.settimeout(self.timeout)
            local.connect(upstream.path)
            return local
        plain = socket.create_connection((upstream.host, upstream.port), self.timeout)
        if upstream.scheme == "http":
            return plain
        context = ssl.create_default_context(cafile=upstream.ca)
        return context.wrap_socket(plain, server_hostname=upstream.host)

    def _head(self, experiment: Experiment) -> bytes:
        target = experiment.target.encode("utf-8", "surrogateescape")
        own = {name.lower() for name, _ in experiment.fields}
        fields = [*experiment.fields, (b"Content-Length", b"%d" % len(experiment.body)), (b"Connection", b"close")]
        if b"host" not in own:
            fields.insert(0, (b"Host", self.upstream.authority.encode()))
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in fields)
        return experiment.method.encode() + b" " + target + b" HTTP/1.1\r\n" + lines + b"\r\n"


def _upload(connection: socket.socket, body: bytes) -> None:
    """Send the body, unless an answer comes first or the other side hangs up: then the answer is what counts."""
    for start in range(0, len(body), _PIECE):
        if select.select([connection], [], [], 0)[0]:
            return
        try:
            connection.sendall(body[start : start + _PIECE])
        except (BrokenPipeError, ConnectionResetError):
            return


def _answer(connection: socket.socket, method: str) -> tuple[Answer, float | None]:
    reply = http.client.HTTPResponse(connection, method=method)
    try:
        reply.begin()
        try:
            body = reply.read(ANSWER_KEPT)
        except (OSError, http.client.HTTPException):
            body = b""
        kind = (reply.headers.get("Content-Type") or "").partition(";")[0].strip().lower()
        answer = Answer(reply.status, kind, body, reply.headers.get("Allow") or "")
        return answer, _seconds(reply.headers.get("Retry-After"))
    finally:
        reply.close()


def _seconds(text: str | None) -> float | None:
    return float(text) if text and text.isdigit() else None


def _why(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "it does not answer"
    return (error.strerror or str(error)).lower()
