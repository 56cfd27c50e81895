"""Sending experiments to real sockets: one at a time, no faster than allowed, and politely."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from why400.probe.experiment import Experiment, Unreachable
from why400.proving.wire import Wire
from why400.settings import parse_upstream

Said = tuple[int, dict[str, str]]


@contextmanager
def server(script: Iterator[Said]) -> Iterator[str]:
    """Answers what a script says, request by request."""

    class Scripted(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            status, fields = next(script)
            self.send_response(status)
            for name, value in fields.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Scripted) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_address[1]}"
        listening.shutdown()


def asked(number: int = 0) -> Experiment:
    return Experiment("a question", "POST", "/", (), b"x", number)


BUSY: dict[str, tuple[list[Said], int, list[float]]] = {
    "not busy": ([(400, {})], 400, []),
    "busy, with a wait": ([(503, {"Retry-After": "3"}), (200, {})], 200, [3.0]),
    "busy, with a long wait": ([(503, {"Retry-After": "600"}), (200, {})], 200, [10.0]),
    "counted, without a wait": ([(429, {}), (429, {}), (200, {})], 200, [0.5, 1.0]),
    "counted all the time": ([(429, {})] * 9, 429, [0.5, 1.0]),
    "overloaded for a moment": ([(503, {}), (400, {})], 400, [0.5]),
}


@pytest.mark.parametrize(("script", "status", "waits"), BUSY.values(), ids=BUSY)
def test_who_is_busy_is_waited_for(script: list[Said], status: int, waits: list[float]) -> None:
    slept: list[float] = []
    with server(iter(script)) as url:
        wire = Wire(parse_upstream(url, None), rate=1e6, sleep=slept.append)
        assert wire.send(asked()).status == status
    assert [seconds for seconds in slept if seconds > 0.01] == waits


def test_who_counts_is_asked_half_as_often() -> None:
    with server(iter([(429, {}), (429, {}), (200, {}), (200, {})])) as url:
        wire = Wire(parse_upstream(url, None), rate=8, sleep=lambda seconds: None)
        wire.send(asked())
        assert wire.rate == 2


def test_a_503_that_is_an_answer_is_waited_for_once() -> None:
    slept: list[float] = []
    with server(iter([(503, {})] * 99)) as url:
        wire = Wire(parse_upstream(url, None), rate=1e6, sleep=slept.append)
        assert {wire.send(asked(number)).status for number in range(5)} == {503}
    assert [seconds for seconds in slept if seconds > 0.01] == [0.5, 1.0]


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "unix:/nowhere/at.all"])
def test_nobody_there(url: str) -> None:
    with pytest.raises(Unreachable, match="no connection"):
        Wire(parse_upstream(url, None)).send(asked())


def test_no_faster_than_allowed() -> None:
    slept: list[float] = []
    with server(iter([(200, {})] * 9)) as url:
        wire = Wire(parse_upstream(url, None), rate=0.1, sleep=slept.append)
        for number in range(3):
            wire.send(asked(number))
    assert [9 < one < 21 for one in slept] == [True, True]
