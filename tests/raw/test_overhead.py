"""The time that we add is ours alone: waiting for a client or for the model is no part of it."""

import pytest

from raw.client import Step, fin, rst, talk
from raw.proxy import Proxy, eventually
from raw.upstream import OK, Upstream, request

HEAD = b"POST /%b HTTP/1.1\r\nHost: model\r\nContent-Length: %d\r\n\r\n"
PIECE = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab"

SLOW: dict[str, tuple[str, tuple[Step, ...], tuple[Step, ...]]] = {
    "a small body that comes slowly": ("small", (b"ab", 0.5, b"cd", fin), (request, OK)),
    "a body that never comes whole": ("cut", (b"ab", 0.5, fin), (request, OK)),
    "a model that thinks": ("thinking", (b"abcd", fin), (request, 0.5, OK)),
    "a client that leaves a model that thinks": ("left", (b"abcd", 0.5, rst), (request, 2.0, OK)),
    "a reply that comes slowly": ("slow-reply", (b"abcd", fin), (request, PIECE, 0.5, b"cd")),
    "a model that never answers": ("silent", (b"abcd", fin), (request, 5.0)),
}


@pytest.mark.parametrize(("name", "sends", "plays"), SLOW.values(), ids=SLOW)
def test_waiting_is_not_overhead(proxy: Proxy, stage: Upstream, name: str, sends: tuple, plays: tuple) -> None:
    stage.play(*plays)
    talk(proxy.port, HEAD % (name.encode(), 4), *sends)
    record = eventually(lambda: of_path(proxy, f"/{name}"), lambda: "no record", 5.0)
    assert record["timing"]["total"] > 0.4
    assert record["timing"]["overhead"] < 0.1


def test_nor_is_a_long_upload(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, OK)
    talk(proxy.port, HEAD % (b"upload", 400_000), bytes(300_000), 0.5, bytes(100_000), fin)
    record = eventually(lambda: of_path(proxy, "/upload"), lambda: "no record", 5.0)
    assert record["timing"]["overhead"] < 0.1


def of_path(proxy: Proxy, path: str) -> dict | None:
    return next((record for record in proxy.records(20) if record["request"]["target"] == path), None)
