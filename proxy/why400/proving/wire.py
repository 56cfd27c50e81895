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
_BUSY = (429, 503)
_LONGEST_WAIT = 10.0
_TURNS = 3


@dataclass(slots=True)
class Wire:
    """Sends to one upstream, each request on a connection of its own.

    `rate` is requests a second; `timeout` seconds for connecting and for each pause of the answer. An upstream that
    says it is busy (429, 503 with Retry-After) is asked again after the wait that it names, twice at most.
    """

    upstream: Upstream
    rate: float = 10.0
    timeout: float = 30.0
    sleep: Callable[[float], None] = time.sleep
    _next: float = field(default=0.0, init=False)

    def send(self, experiment: Experiment) -> Answer:
        """The answer. Raises Unreachable."""
        for turn in range(_TURNS):
            self._wait()
            answer, wait = self._once(experiment)
            if answer.status not in _BUSY or wait is None or turn == _TURNS - 1:
                break
            self.sleep(min(wait, _LONGEST_WAIT))
        return answer

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
