"""After an upgrade both sides speak what they like (RFC 9110 section 7.8)."""

from raw.client import fin, talk, until
from raw.proxy import Proxy, eventually
from raw.upstream import Upstream, head, request, some, to_end
from raw.upstream import fin as fin_

UPGRADE = (
    b"GET /ws HTTP/1.1\r\nHost: model\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Key: abc\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
SWITCH = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: xyz\r\nConnection: Upgrade\r\n\r\n"


def test_bytes_pass_both_ways_early_ones_too(proxy: Proxy, stage: Upstream) -> None:
    stage.play(head, SWITCH + b"\x81\x02hi", some, b"\x81\x03you", fin_, to_end)
    said = talk(proxy.port, UPGRADE + b"\x81\x05early", until(b"you"), b"\x81\x04late", fin)
    reply, _, frames = said.bytes.partition(b"\r\n\r\n")
    assert reply.startswith(b"HTTP/1.1 101 Switching Protocols\r\n")
    assert frames == b"\x81\x02hi\x81\x03you"
    eventually(lambda: b"late" in stage.came)
    sent, _, frames = stage.came.partition(b"\r\n\r\n")
    assert b"\r\nSec-WebSocket-Key: abc" in sent
    assert sent.endswith(b"\r\nConnection: Upgrade\r\nUpgrade: websocket")
    assert frames == b"\x81\x05early\x81\x04late"


def test_interim_replies_before_a_switch_are_passed_on(proxy: Proxy, stage: Upstream) -> None:
    """RFC 9110 section 15.2."""
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
    stage.play(head, early, 0.05, early + SWITCH + b"hi", fin_, to_end)
    said = talk(proxy.port, UPGRADE, until(b"hi"), fin)
    assert said.bytes.startswith(early * 2 + b"HTTP/1.1 101 ")


def test_a_switch_says_nothing_of_a_body(proxy: Proxy, stage: Upstream) -> None:
    """RFC 9110 section 8.6."""
    stage.play(head, SWITCH.replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\n") + b"hi", fin_, to_end)
    said = talk(proxy.port, UPGRADE, until(b"hi"), fin)
    assert b"Content-Length" not in said.bytes
    assert said.body == b"hi"


def test_a_megabyte_passes_each_way(proxy: Proxy, stage: Upstream) -> None:
    data = bytes(range(256)) * 4096
    stage.play(head, SWITCH, lambda heard: _read(heard, len(data)), data, fin_, to_end)
    said = talk(proxy.port, UPGRADE, until(b"\r\n\r\n"), data, fin)
    assert said.body == data
    eventually(lambda: stage.came.endswith(b"\r\n\r\n" + data))


def _read(heard, size: int) -> None:
    start = heard.until(b"\r\n\r\n", 0)
    while len(heard.bytes) < start + size:
        heard.more()


def test_a_client_that_sends_no_more_is_heard_to_its_end(proxy: Proxy, stage: Upstream) -> None:
    """Also where its end came before the switch."""
    for steps in ((UPGRADE + b"early", fin), (UPGRADE, until(b"\r\n\r\n"), b"early", fin)):
        stage.play(head, 0.1, SWITCH, to_end, b"bye")
        said = talk(proxy.port, *steps)
        assert said.body == b"bye"
        assert stage.came.endswith(b"\r\n\r\nearly")


def test_an_upstream_that_sends_no_more_still_listens(proxy: Proxy, stage: Upstream) -> None:
    """Also where its end came with the switch."""
    stage.play(head, SWITCH + b"hi", fin_, to_end)
    said = talk(proxy.port, UPGRADE, until(b"hi"), 0.2, b"late", fin)
    assert said.body == b"hi"
    eventually(lambda: stage.came.endswith(b"\r\n\r\nlate"))


def test_the_switch_names_the_exchange(proxy: Proxy, stage: Upstream) -> None:
    stage.play(head, SWITCH, to_end)
    said = talk(proxy.port, UPGRADE, until(b"\r\n\r\n"), fin)
    record = proxy.record(said.ids[0])
    assert (record["status"], record["outcome"]) == (101, "forwarded")
    assert b"\r\nWhy400-Outcome: forwarded\r\n" in said.bytes


def test_an_upgrade_may_be_refused_like_any_request(proxy: Proxy, stage: Upstream) -> None:
    refusal = b"HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno"
    stage.play(request, refusal)
    said = talk(proxy.port, UPGRADE)
    assert said.plain == refusal
    assert proxy.record(said.ids[0], patience=0)["outcome"] == "refused"
