"""Many clients at once: nobody starves, and memory is bounded."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from corpus.make import picture
from raw.client import Client, connect, fin, rst, talk
from raw.proxy import Proxy, eventually, serving
from raw.upstream import OK, Upstream, head, request
from serve.rules import rules

POST = b"POST /predict HTTP/1.1\r\nHost: model\r\nContent-Type: image/jpeg\r\n"
GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
MIB = 1024 * 1024
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"


@pytest.fixture
def crowd(proxy: Proxy) -> Iterator[ExitStack]:
    """Clients in here are reset at the end of the test."""
    with ExitStack() as stack:
        yield stack


def joins(stack: ExitStack, port: int, sends: bytes) -> Client:
    client = connect(port)
    stack.callback(rst, client)
    client.send(sends)
    return client


def test_half_requests_and_waiting_ones_starve_nobody(proxy: Proxy, stage: Upstream, crowd: ExitStack) -> None:
    stage.play(head, lambda heard: None if b"/quick" in heard.bytes else time.sleep(1.5), OK)
    for _ in range(200):
        joins(crowd, proxy.port, b"GET / HTTP/1.1\r\nHo")
    for _ in range(150):
        joins(crowd, proxy.port, POST + b"Content-Length: 200000\r\n\r\n" + bytes(1000))
    for _ in range(150):
        joins(crowd, proxy.port, GET)
    eventually(lambda: proxy.count("why400_in_flight") >= 300)
    waits = []
    for _ in range(20):
        began = time.monotonic()
        assert talk(proxy.port, b"GET /quick HTTP/1.1\r\nHost: model\r\n\r\n", fin).plain == OK
        waits.append(time.monotonic() - began)
    assert sorted(waits)[10] < 0.1
    assert max(waits) < 1.0


FIRST_BYTES = """
why400: 1
routes:
  predict:
    match: POST /predict
    mode: enforce
    image: body
    rules:
      format:
        require: { format: [jpeg, png] }
"""


def test_64_uploads_of_50_mb_take_no_more_memory_than_a_few(stage: Upstream, tmp_path) -> None:
    """All processes together, through a route that needs only the first bytes of each."""
    size, piece = 50_000_000, bytes(1_000_000)
    stage.play(lambda heard: in_drops(heard, size), OK)
    (tmp_path / "rules.yaml").write_text(FIRST_BYTES)
    with serving(stage.url, tmp_path, "--rules", str(tmp_path / "rules.yaml")) as proxy:

        def upload(_: int) -> bytes:
            client = connect(proxy.port)
            client.send(POST + b"Content-Length: %d\r\n\r\n" % size + JPEG + piece[len(JPEG) :])
            for _ in range(size // len(piece) - 1):
                client.send(piece)
            client.until(b"\r\n\r\nok")
            client.sock.close()
            return bytes(client.got)

        peak = 0
        with ThreadPoolExecutor(64) as pool:
            uploads = [pool.submit(upload, number) for number in range(64)]
            while not all(one.done() for one in uploads):
                peak = max(peak, proxy.tree())
                time.sleep(0.02)
            assert all(one.result().startswith(b"HTTP/1.1 200") for one in uploads)
    assert peak <= 150_000_000, f"{peak / 1e6:.0f} MB"


UPGRADE = b"GET / HTTP/1.1\r\nHost: model\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
CHUNK = b"80000\r\n" + bytes(0x80000) + b"\r\n"
FLOODS = {
    "of a length": (GET, b"HTTP/1.1 200 OK\r\nContent-Length: 500000000\r\n\r\n", bytes(500_000)),
    "in chunks": (GET, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", CHUNK),
    "up to the close": (GET, b"HTTP/1.1 200 OK\r\n\r\n", bytes(500_000)),
    "refusals": (GET, b"HTTP/1.1 400 Bad\r\nContent-Length: 500000000\r\n\r\n", bytes(500_000)),
    "of a tunnel": (UPGRADE, b"HTTP/1.1 101 Switch\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", bytes(500_000)),
}  # fmt: skip


@pytest.mark.parametrize(("asked", "begins", "piece"), FLOODS.values(), ids=FLOODS)
def test_replies_that_nobody_reads_take_no_room(
    proxy: Proxy, stage: Upstream, crowd: ExitStack, asked: bytes, begins: bytes, piece: bytes
) -> None:
    """A fast upstream and slow clients: what is read of a reply waits for what was sent on."""
    full: list[int] = []
    stage.play(head, begins, lambda heard: _until_full(heard, piece, full))
    before = proxy.resident()
    for _ in range(16):
        joins(crowd, proxy.port, asked)
    eventually(lambda: len(full) == 16)
    assert proxy.resident() - before < 32 * MIB


def _until_full(heard, piece: bytes, full: list[int]) -> None:
    """Send until the other side has taken nothing for a while."""
    heard.sock.settimeout(0.5)
    try:
        while True:
            heard.sock.sendall(piece)
    except TimeoutError:
        full.append(1)
    while not heard.closed.wait(0.1) and len(full) < 16:
        pass


def test_what_an_upstream_does_not_read_of_a_tunnel_takes_no_room(
    proxy: Proxy, stage: Upstream, crowd: ExitStack
) -> None:
    """Fast clients and a slow upstream: the other way round."""
    begins, gate = FLOODS["of a tunnel"][1], threading.Event()
    stage.play(head, begins, lambda heard: gate.wait(20))
    before = proxy.resident()
    clients = [joins(crowd, proxy.port, UPGRADE) for _ in range(16)]
    for client in clients:
        client.until(b"\r\n\r\n")
        assert sent_until_full(client) < 16 * MIB
    taken = proxy.resident() - before
    gate.set()
    assert taken < 32 * MIB


def sent_until_full(client: Client) -> int:
    """Bytes until the other side has taken nothing for a while."""
    client.sock.settimeout(0.5)
    sent = 0
    try:
        while sent < 500 * MIB:
            sent += client.sock.send(bytes(500_000))
    except TimeoutError:
        pass
    return sent


def test_answers_to_requests_sent_at_once_wait_for_their_reader(
    proxy: Proxy, stage: Upstream, crowd: ExitStack
) -> None:
    refusal = b"HTTP/1.1 400 Bad\r\nContent-Length: 60000\r\n\r\n" + bytes(60_000)
    stage.play(request, refusal)
    client = joins(crowd, proxy.port, GET * 2000)
    eventually(lambda: stands_still(stage))
    assert 10 < asked(stage) < 500
    fin(client)
    got = 0
    while client.more():
        got += len(client.got)
        client.got.clear()
    assert got > 2000 * len(refusal)


def stands_still(stage: Upstream) -> bool:
    before = asked(stage)
    time.sleep(0.5)
    return before == asked(stage) > 0


def asked(stage: Upstream) -> int:
    return stage.came.count(b"\r\n\r\n")


def in_drops(heard, size: int) -> None:
    """Read one upload, and keep none of it."""
    heard.head()
    left = size - (len(heard.bytes) - heard.bytes.find(b"\r\n\r\n") - 4)
    buffer = bytearray(256 * 1024)
    while left > 0:
        left -= heard.sock.recv_into(buffer)


def test_an_upload_of_the_wrong_kind_is_answered_after_its_first_kilobytes(stage: Upstream, tmp_path) -> None:
    stage.play(request, OK)
    gif = picture("gif")
    with serving(stage.url, tmp_path, "--rules", str(rules(tmp_path / "rules"))) as proxy:
        client = connect(proxy.port)
        client.send(POST + b"Content-Length: 20000000\r\n\r\n" + gif + bytes(100_000))
        client.until(b'"image.format-mismatch"')
        assert client.got.startswith(b"HTTP/1.1 4")
        said = talk(proxy.port, POST + b"Content-Length: 20000000\r\n\r\n" + gif + bytes(20_000_000 - len(gif)))
        assert (said.cause, said.reset) == ("image.format-mismatch", False)
        expecting = talk(
            proxy.port, POST.replace(b"jpeg", b"png") + b"Content-Length: 20000000\r\nExpect: 100-continue\r\n\r\n", fin
        )
        assert b"100 Continue" not in expecting.bytes
        assert expecting.status >= 400
        client.sock.close()
    assert not any(heard.bytes for heard in stage.heard)


def test_held_bodies_share_one_budget(stage: Upstream, tmp_path) -> None:
    """Eighteen bodies of 20 MB are more than may be held: some are turned away, and then there is room again."""
    folder = rules(tmp_path / "rules")
    with serving(stage.url, tmp_path, "--rules", str(folder)) as proxy, ExitStack() as stack:
        start = POST + b"Content-Length: 20000000\r\n\r\n" + JPEG
        clients = [connect(proxy.port) for _ in range(18)]
        for client in clients:
            stack.callback(client.sock.close)

        def fill(client: Client) -> None:
            client.send(start)
            client.send(bytes(19_000_000))

        with ThreadPoolExecutor(18) as pool:
            list(pool.map(fill, clients))
        eventually(lambda: sum(b"503" in peek(client) for client in clients) >= 3)
        assert proxy.resident() < 450 * MIB
        for client in clients:
            client.sock.close()
        eventually(lambda: proxy.count("why400_in_flight") == 0)
        small = talk(proxy.port, POST + b"Content-Length: 400000\r\n\r\n" + JPEG + bytes(400_000 - len(JPEG)), fin)
        assert small.status != 503


def peek(client: Client) -> bytes:
    """What has come by now, and stays to be read."""
    client.sock.setblocking(False)
    try:
        return client.sock.recv(4096, socket.MSG_PEEK)
    except (BlockingIOError, ConnectionError):
        return b""
    finally:
        client.sock.setblocking(True)
