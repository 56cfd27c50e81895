"""Servers that end a connection without having said so: no request is sent into the end of one."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from raw.client import Client, connect
from raw.proxy import eventually, serving
from raw.upstream import OK, Upstream, close, request, upstream

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
IDLE = 0.8


@pytest.fixture
def model() -> Iterator[Upstream]:
    with upstream() as one:
        yield one


@pytest.fixture
def client(model: Upstream, tmp_path: Path) -> Iterator[Client]:
    with serving(model.url, tmp_path, "--upstream-idle", f"{IDLE * 1000:.0f}ms") as proxy:
        one = connect(proxy.port)
        yield one
        one.sock.close()


def ask(client: Client, times: int = 1) -> list[bytes]:
    """The statuses of so many requests, each sent as soon as the one before it was answered."""
    begin = len(client.got)
    for _ in range(times):
        client.send(GET)
        end = client.until(b"\r\n\r\n", len(client.got))
        length = int(re.search(rb"\r\nContent-Length: (\d+)", client.got[end - 500 if end > 500 else 0 : end])[1])
        while len(client.got) < end + length:
            assert client.more()
    return re.findall(rb"HTTP/1.1 (\d+)", bytes(client.got[begin:]))


def test_where_connections_end_at_once_none_is_used_again(model: Upstream, client: Client) -> None:
    """As uvicorn's do with `--timeout-keep-alive 0`: 9 of 4,000 requests were lost."""
    model.play(request, OK, 0.005, close)
    for _ in range(3):
        assert ask(client) == [b"200"]
        time.sleep(0.1)
    assert ask(client, 20) == [b"200"] * 20
    assert len(model.heard) == 23


def test_they_are_used_again_once_one_has_stayed(model: Upstream, client: Client) -> None:
    model.play(request, OK, close)
    for _ in range(3):
        ask(client)
        time.sleep(0.1)
    model.play(*(request, OK) * 9)
    ask(client, 2)
    assert len(model.heard) == 2
    time.sleep(0.3)
    ask(client, 3)
    assert len(model.heard) == 2


def test_where_they_end_after_a_while_they_are_used_for_half_of_that(model: Upstream, client: Client) -> None:
    model.play(request, OK, 0.5, close)
    ask(client)
    eventually(model.heard[0].closed.is_set)
    time.sleep(0.05)
    model.play(*(request, OK) * 9)
    ask(client, 2)
    assert len(model.heard) == 1
    time.sleep(0.4)
    ask(client)
    assert len(model.heard) == 2
