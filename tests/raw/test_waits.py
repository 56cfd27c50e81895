"""Nobody is waited for without end, and each end of a wait is an answer with a cause."""

import socket
import time
from dataclasses import replace

import pytest

from raw.client import Client, Step, rst, until
from raw.inside import talk_with
from raw.upstream import Upstream, head, request
from why400 import limits
from why400.limits import Patience

H = b"Host: model\r\n"
POST = b"POST / HTTP/1.1\r\n" + H
SHORT = Patience(head=0.3, body=0.3, keepalive=0.3, stall=0.3, linger=0.3)
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
LATE = ("http.timeout", 408)

CLIENTS: dict[str, tuple[tuple[Step, ...], tuple[str, int]]] = {
    "half a request line": ((b"GET / HT",), LATE),
    "half a head": ((b"GET / HTTP/1.1\r\nHo",), LATE),
    "a head in drops": ((b"GET / HTTP/1.1\r\n", *(0.1, b"a: b\r\n") * 8), LATE),
    "half a body": ((POST + b"Content-Length: 10\r\n\r\nabc",), LATE),
    "half a large body": ((POST + b"Content-Length: 1000000\r\n\r\n" + bytes(400_000),), LATE),
    "half a chunk": ((POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab",), LATE),
    "an expected body that never comes": (
        (POST + b"Content-Length: 10\r\nExpect: 100-continue\r\n\r\n", until(b"100 Continue\r\n\r\n")),
        LATE,
    ),
}


@pytest.mark.parametrize(("steps", "answer"), CLIENTS.values(), ids=CLIENTS)
def test_a_client_that_pauses_is_told(stage: Upstream, steps: tuple[Step, ...], answer: tuple[str, int]) -> None:
    stage.play(request, REPLY)
    said, exchanges = talk_with(SHORT, stage.url, *steps)
    assert (said.cause, said.status, said.reset) == (*answer, False)
    assert [(exchange.outcome, exchange.diagnosis[0].cause) for exchange in exchanges] == [("rejected", answer[0])]


# What has come of a body when its client pauses, and how long the model hears nothing of it.
PAUSED = {
    "small, of known length": (b"Content-Length: 1000\r\n\r\n" + bytes(999), limits.SMALL_BODY_SECONDS),
    "just small": (b"Content-Length: %d\r\n\r\n" % limits.SMALL_BODY + bytes(1000), limits.SMALL_BODY_SECONDS),
    "larger": (b"Content-Length: %d\r\n\r\n" % (limits.SMALL_BODY + 1) + bytes(1000), 0.0),
    "in chunks": (b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", 0.0),
}


@pytest.mark.parametrize(("part", "after"), PAUSED.values(), ids=PAUSED)
def test_what_the_model_says_to_the_head_alone_reaches_a_client_that_pauses(
    stage: Upstream, part: bytes, after: float
) -> None:
    """A small body holds a worker of the model only once it has taken long to come."""
    early = b"HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n\r\nno"
    heard: list[float] = []
    stage.play(head, lambda _: heard.append(time.monotonic()), early)
    began = time.monotonic()
    said, _ = talk_with(replace(SHORT, body=5.0), stage.url, POST + part)
    assert said.status == 413
    assert heard[0] - began >= after
    assert after or heard[0] - began < limits.SMALL_BODY_SECONDS


def test_a_connection_on_which_nothing_comes_is_closed_without_a_word(stage: Upstream) -> None:
    said, exchanges = talk_with(SHORT, stage.url, 0.0)
    assert (said.bytes, said.reset, exchanges) == (b"", False, [])


def test_a_head_has_its_own_time_after_a_long_rest(stage: Upstream) -> None:
    stage.play(request, REPLY)
    patience = Patience(head=2.0, keepalive=1.0)
    said, _ = talk_with(patience, stage.url, 0.8, b"GET / HTTP/1.1\r\n", 0.8, H + b"\r\n")
    assert said.plain == REPLY


def test_an_upstream_that_says_nothing_is_given_up(stage: Upstream) -> None:
    stage.play(request, 1.0)
    said, exchanges = talk_with(
        Patience(), stage.url, b"GET / HTTP/1.1\r\n" + H + b"Connection: close\r\n\r\n", upstream_timeout=0.2
    )
    assert (said.status, said.cause) == (504, "upstream.timeout")
    assert exchanges[0].outcome == "failed"


def test_an_upstream_that_reads_nothing_is_given_up(stage: Upstream) -> None:
    stage.play(head, 2.0)
    upload = POST + b"Content-Length: 30000000\r\n\r\n" + bytes(30_000_000)
    said, _ = talk_with(Patience(), stage.url, upload, upstream_timeout=0.3)
    assert (said.status, said.cause) == (504, "upstream.timeout")


def test_a_client_that_reads_nothing_of_its_answer_is_left(stage: Upstream) -> None:
    stage.play(request, b"HTTP/1.1 200 OK\r\nContent-Length: 40000000\r\n\r\n" + bytes(40_000_000))
    _, exchanges = talk_with(SHORT, stage.url, b"GET / HTTP/1.1\r\n" + H + b"\r\n", 2.0)
    assert [(exchange.outcome, exchange.diagnosis[0].cause) for exchange in exchanges] == [
        ("abandoned", "http.client-left")
    ]
    assert exchanges[0].diagnosis[0].evidence == ("the client read nothing of its answer for 0.3 s",)


def test_a_client_that_reads_slowly_is_not_left(stage: Upstream) -> None:
    """What counts is whether it takes anything, not whether there is room for more: here there is none until it goes."""
    stage.play(request, b"HTTP/1.1 200 OK\r\nContent-Length: 40000000\r\n\r\n" + bytes(40_000_000))
    steps = (little_room, b"GET / HTTP/1.1\r\n" + H + b"\r\n", sip, rst)
    _, exchanges = talk_with(Patience(stall=1.0), stage.url, *steps)
    assert exchanges[0].diagnosis[0].evidence == ("the client closed its connection before it had its answer",)


def little_room(client: Client) -> None:
    """Little may wait to be read, so that the other side hears of each little that was."""
    client.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)


def sip(client: Client) -> None:
    """Read a little, for three seconds."""
    for _ in range(60):
        time.sleep(0.05)
        client.sock.recv(10_000)


def test_a_slow_upload_behind_a_reply_that_has_begun_ends_nothing(stage: Upstream) -> None:
    stage.play(
        head, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", 0.8, b"1\r\nb\r\n0\r\n\r\n", 1.0
    )
    said, exchanges = talk_with(SHORT, stage.url, POST + b"Content-Length: 1000000\r\n\r\nabc", 1.0)
    assert said.bytes.endswith(b"1\r\na\r\n1\r\nb\r\n0\r\n\r\n")
    assert [exchange.outcome for exchange in exchanges] == ["forwarded"]
