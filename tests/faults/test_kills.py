"""Whichever process dies, under load: every refusal that a client has seen whole is found again."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from faults.load import Load
from raw.client import connect
from raw.proxy import Proxy, eventually, serving
from raw.upstream import Upstream, head, request, to_end, upstream

REFUSAL = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 12\r\n\r\nbad request\n"


@pytest.fixture
def refusing() -> Iterator[Upstream]:
    """An upstream that refuses everything."""
    with upstream() as one:
        one.play(request, REFUSAL)
        yield one


def kill_a_worker(proxy: Proxy) -> None:
    """It is replaced, and the load goes on."""
    before = proxy.workers
    os.kill(before[0], signal.SIGKILL)
    eventually(lambda: proxy.workers and proxy.workers[0] != before[0])


def kill_the_parent(proxy: Proxy) -> None:
    """Its workers finish what they have, and end."""
    workers = proxy.workers
    proxy.end(signal.SIGKILL)
    for worker in workers:
        eventually(lambda worker=worker: not Path(f"/proc/{worker}").exists())


def end_it(proxy: Proxy) -> None:
    """No kill: the end that it is told of, in the midst of it all."""
    assert proxy.end() == 0


def kill_all(proxy: Proxy) -> None:
    """Everything at once."""
    for pid in [*proxy.workers, proxy.process.pid]:
        os.kill(pid, signal.SIGKILL)
    proxy.process.wait()


KILLS = {"worker": kill_a_worker, "parent": kill_the_parent, "all": kill_all, "none, it ends": end_it}
TIMES = [pytest.param(1, id="1 time"), pytest.param(20, id="20 times", marks=pytest.mark.faults)]


@pytest.mark.parametrize("times", TIMES)
@pytest.mark.parametrize("kill", KILLS.values(), ids=KILLS)
def test_every_refusal_that_a_client_saw_is_found_again(
    refusing: Upstream, tmp_path: Path, kill: Callable[[Proxy], None], times: int
) -> None:
    seen: set[str] = set()
    for _ in range(times):
        with serving(refusing.url, tmp_path) as proxy, Load(proxy.port) as load:
            eventually(lambda load=load: len(load.seen) > 50)
            kill(proxy)
            time.sleep(0.3)
        seen |= load.seen
    assert len(seen) > 50 * times
    assert seen - on_record(tmp_path / "data") == set()


ENDLESS = {
    "a reply up to the close": b"HTTP/1.1 200 OK\r\n\r\n",
    "a refusal up to the close": b"HTTP/1.1 400 Bad\r\n\r\n",
    "one of a length": b"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n",
    "one in chunks": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % 500_000,
}


@pytest.mark.parametrize("start", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.parametrize("version", [b"1.1", b"1.0"])
def test_what_a_killed_worker_had_begun_looks_complete_to_nobody(
    refusing: Upstream, tmp_path: Path, start: bytes, version: bytes
) -> None:
    """The system closes its connections in order, as if that were the end of a reply that ends with its connection."""
    refusing.play(head, start + bytes(200_000), to_end)
    with serving(refusing.url, tmp_path) as proxy:
        client = connect(proxy.port)
        client.send(b"GET / HTTP/" + version + b"\r\nHost: model\r\n\r\n")
        eventually(lambda: client.more() and len(client.got) > 100_000)
        kill_a_worker(proxy)
        while client.more():
            pass
        client.sock.close()
    framed = version == b"1.1" and (b"Length" in start or b"chunked" in start)
    assert client.reset or framed or b"Content-Length: 500000" in client.got


def on_record(folder: Path) -> set[str]:
    connection = sqlite3.connect(folder / "records.sqlite")
    try:
        return {id for (id,) in connection.execute("SELECT id FROM records")}
    finally:
        connection.close()
