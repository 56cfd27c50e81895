"""More clients than there is room for: who rests makes room, who comes then is told, and nobody else is blamed."""

import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from raw.client import Client, connect, fin, rst, talk
from raw.proxy import Proxy, eventually, serving
from raw.upstream import OK, Upstream, request, upstream
from why400.wire.door import Room, room_of

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
HALF = b"GET / HTTP/1.1\r\nHo"
SERVED = 2048
FEW = 256
ENDED_AT_ONCE = 32


@pytest.fixture
def model() -> Iterator[Upstream]:
    with upstream() as one:
        one.play(request, OK)
        yield one


@pytest.fixture
def crowd() -> Iterator[ExitStack]:
    """Clients in here are gone at the end of the test."""
    with ExitStack() as stack:
        yield stack


def come(stack: ExitStack, proxy: Proxy, count: int, sends: bytes) -> list[Client]:
    """So many clients more, each taken in by the proxy."""
    open_before = files_of(proxy)
    clients = [connect(proxy.port) for _ in range(count)]
    for client in clients:
        stack.callback(client.sock.close)
        client.send(sends)
    eventually(lambda: files_of(proxy) >= open_before + count)
    return clients


def answered(clients: list[Client]) -> list[Client]:
    """Each has its answer, and rests."""
    for client in clients:
        client.until(b"\r\n\r\nok")
    return clients


def files_of(proxy: Proxy) -> int:
    return len(os.listdir(f"/proc/{proxy.workers[0]}/fd"))


def test_who_finds_no_room_is_told(model: Upstream, tmp_path: Path, crowd: ExitStack) -> None:
    with serving(model.url, tmp_path) as proxy:
        clients = come(crowd, proxy, SERVED, HALF)
        said = talk(proxy.port, GET)
        assert (said.status, said.cause, said.reset) == (503, "limit.overload", False)
        assert b"\r\nRetry-After: " in said.bytes
        assert proxy.record(said.ids[0], patience=0)["outcome"] == "rejected"
        clients[0].send(b"st: model\r\n\r\n")
        clients[0].until(b"\r\n\r\nok")
        for client in clients[1:]:
            rst(client)
        eventually(lambda: talk(proxy.port, GET, fin).status == 200)


def test_who_rests_makes_room(model: Upstream, tmp_path: Path, crowd: ExitStack) -> None:
    """Connections that wait for another request keep nobody out: those that have waited longest end, in order."""
    with serving(model.url, tmp_path) as proxy:
        longest = answered(come(crowd, proxy, ENDED_AT_ONCE, GET))
        time.sleep(0.1)
        others = answered(come(crowd, proxy, SERVED - ENDED_AT_ONCE, GET))
        time.sleep(1.1)
        said = talk(proxy.port, GET, fin)
        assert said.status == 200, said.body
        assert not any(client.more() for client in longest)
        assert not any(client.reset for client in longest)
        for client in (others[0], others[-1]):
            client.send(GET)
            client.until(b"\r\n\r\nok", len(client.got))


def test_who_was_told_and_does_not_go_takes_no_more_than_a_little_room(
    model: Upstream, tmp_path: Path, crowd: ExitStack
) -> None:
    with serving(model.url, tmp_path) as proxy:
        come(crowd, proxy, SERVED, HALF)
        before = files_of(proxy)
        told = [connect(proxy.port) for _ in range(600)]
        for client in told:
            crowd.callback(client.sock.close)
        eventually(
            lambda: proxy.count('why400_exchanges_total{outcome="rejected",route="!",status_class="5xx"}') == 600
        )
        assert files_of(proxy) - before <= 300


ROOMS = {
    "as many as anybody needs": (1_048_576, Room(2048, 256)),
    "the usual limit of Docker's hosts": (65_536, Room(2048, 256)),
    "1,024": (1024, Room(360, 256)),
    "256": (256, Room(72, 64)),
    "hardly any": (40, Room(1, 10)),
}


@pytest.mark.parametrize(("files", "room"), ROOMS.values(), ids=ROOMS)
def test_open_files_bound_the_room(files: int, room: Room) -> None:
    assert room_of(files) == room


def test_too_few_open_files_are_not_the_models_fault(model: Upstream, tmp_path: Path, crowd: ExitStack) -> None:
    """Whoever is served is served whole; the others are told why, or find nobody who could tell them."""
    model.play(request, 0.3, OK)
    words = ["prlimit", f"--nofile={FEW}:{FEW}", "--"]
    with serving(model.url, tmp_path, before=words) as proxy:
        clients = [connect(proxy.port) for _ in range(FEW)]
        for client in clients:
            crowd.callback(client.sock.close)
        eventually(lambda: files_of(proxy) > room_of(FEW).served)
        for client in clients:
            client.send(GET)
        statuses = Counter(status_of(client) for client in clients)
        assert statuses[b"200"] == room_of(FEW).served
        assert statuses[b"503"] >= 32
        assert set(statuses) <= {b"200", b"503", b""}
        for client in clients:
            rst(client)
        eventually(lambda: talk(proxy.port, GET, fin).status == 200)


def status_of(client: Client) -> bytes:
    """The status of what comes, nothing where the connection ends without."""
    while client.got.count(b"\r\n\r\n") < 1 and client.more():
        pass
    return bytes(client.got[9:12])
