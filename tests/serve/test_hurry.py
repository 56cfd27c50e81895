"""The end of `serve` in every phase of an exchange: what can still be answered is, and what was cut says so."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from raw.client import Client, connect, fin, talk
from raw.proxy import Proxy, eventually, serving
from raw.upstream import OK, Heard, Upstream, head, to_end

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nHost: model\r\n"
UPGRADE = b"GET /tunnel HTTP/1.1\r\nHost: model\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
STARTS = {
    b"/tunnel": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhi",
    b"/stream": b"HTTP/1.1 200 OK\r\n\r\npart",
    b"/chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n",
    b"/refused": b"HTTP/1.1 400 Bad\r\nContent-Length: 100000\r\n\r\n" + bytes(70_000),
}

# What the client has sent, what it has by then, the status that it ends with, whether by a reset, and the record.
PHASES: dict[str, tuple[bytes, bytes, int, bool, tuple[str, str] | None]] = {
    "between requests": (b"", b"", 0, False, None),
    "half a head": (b"GET / HT", b"", 408, False, ("rejected", "http.timeout")),
    "half a small body": (POST + b"Content-Length: 9\r\n\r\nabc", b"", 408, False, ("rejected", "http.timeout")),
    "half a large body": (POST + b"Content-Length: 900000\r\n\r\nabc", b"", 408, False, ("rejected", "http.timeout")),
    "waiting for the model": (GET, b"", 504, False, ("failed", "upstream.timeout")),
    "inside a reply up to the close": (GET.replace(b"/", b"/stream", 1), b"part", 200, True, ("failed", "upstream.timeout")),
    "inside chunks": (GET.replace(b"/", b"/chunks", 1), b"part", 200, False, ("failed", "upstream.timeout")),
    "inside a refusal": (GET.replace(b"/", b"/refused", 1), b"", 400, False, ("failed", "upstream.timeout")),
    "in a tunnel": (UPGRADE, b"hi", 0, False, None),
}  # fmt: skip


def begin(heard: Heard) -> None:
    """Say how the reply begins, if the path tells; then nothing."""
    path = bytes(heard.bytes).split(b" ")[1]
    heard.sock.sendall(STARTS.get(path, b""))


@pytest.fixture
def crowd() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def opened(stack: ExitStack, proxy: Proxy, sends: bytes, until: bytes) -> Client:
    client = connect(proxy.port)
    stack.callback(client.sock.close)
    client.send(sends)
    client.until(until)
    return client


def to_the_end(client: Client) -> Client:
    while client.more():
        pass
    return client


def status_of(client: Client) -> int:
    return int(client.got[9:12]) if client.got[9:12] not in (b"", b"101") else 0


@pytest.mark.parametrize("way", [(signal.SIGTERM, signal.SIGINT), (signal.SIGINT, signal.SIGINT)], ids=["TERM", "INT"])
def test_ctrl_c_once_more_ends_the_grace(
    stage: Upstream, tmp_path: Path, crowd: ExitStack, way: tuple[int, ...]
) -> None:
    """Nothing is lost by it: each client that can be told is told, and each refusal is on record."""
    stage.play(head, begin, to_end)
    with serving(stage.url, tmp_path) as proxy:
        clients = {name: opened(crowd, proxy, row[0], row[1]) for name, row in PHASES.items()}
        eventually(lambda: stage.came.count(b"\r\n\r\n") == 6)
        time.sleep(0.2)
        began = time.monotonic()
        proxy.process.send_signal(way[0])
        eventually(lambda: "Ctrl-C ends it now" in proxy.said)
        proxy.process.send_signal(way[1])
        ends = {name: to_the_end(client) for name, client in clients.items()}
        assert proxy.process.wait(10) == 0
        assert time.monotonic() - began < 6
    assert {name: (status_of(client), client.reset) for name, client in ends.items()} == {
        name: row[2:4] for name, row in PHASES.items()
    }
    with serving(stage.url, tmp_path) as again:
        records = [record for record in again.records() if record["outcome"] != "forwarded"]
        told = [(record["outcome"], record["diagnosis"][0]["cause"]) for record in records]
        assert sorted(told) == sorted(row[4] for row in PHASES.values() if row[4])
        evidence = {line for record in records for line in record["diagnosis"][0]["evidence"]}
        assert evidence == {"this proxy was told to end, and could wait no longer"}


def test_a_second_sigterm_changes_nothing(stage: Upstream, tmp_path: Path) -> None:
    stage.play(head, 0.8, OK)
    with serving(stage.url, tmp_path) as proxy:
        client = connect(proxy.port)
        client.send(GET)
        eventually(lambda: b"GET" in stage.came)
        for _ in range(3):
            proxy.process.send_signal(signal.SIGTERM)
            time.sleep(0.1)
        assert to_the_end(client).got.endswith(b"ok")
        assert proxy.process.wait(10) == 0


def test_sighup_ends_no_daemon(stage: Upstream, tmp_path: Path) -> None:
    """Nor a worker, as which the whole group gets it where a terminal is closed."""
    with serving(stage.url, tmp_path) as proxy:
        for pid in [*proxy.workers, proxy.process.pid]:
            os.kill(pid, signal.SIGHUP)
        eventually(lambda: "SIGHUP: nothing to do" in proxy.said)
        assert talk(proxy.port, GET, fin).status == 200
        assert proxy.count("why400_worker_deaths_total") == 0
