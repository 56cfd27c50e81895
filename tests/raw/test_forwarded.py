"""What the upstream is told of the client, on real sockets: nothing, unless `--forwarded` says so (RFC 7239)."""

import pytest

from raw.client import fin, talk, until
from raw.proxy import serving
from raw.table.ask import head, sized
from raw.upstream import OK, Upstream, request, to_end

MARKS = {
    "none": b"",
    "via": b"Via: 1.1 why400\r\n",
    "x-forwarded": b"X-Forwarded-For: 127.0.0.1\r\nX-Forwarded-Proto: http\r\nX-Forwarded-Host: model\r\n",
    "forwarded": b"Forwarded: for=127.0.0.1;host=model;proto=http\r\n",
    "via, forwarded": b"Forwarded: for=127.0.0.1;host=model;proto=http\r\nVia: 1.1 why400\r\n",
}


@pytest.mark.parametrize(("setting", "lines"), MARKS.items(), ids=MARKS)
def test_each_way_to_the_upstream_is_told_of(stage: Upstream, tmp_path, setting: str, lines: bytes) -> None:
    """A plain request, one with a body that streams, and one that asks for an upgrade."""
    with serving(stage.url, tmp_path, "--forwarded", setting) as proxy:
        for sent in (head(b"X: y"), sized(b"hello"), sized(bytes(900_000))):
            stage.play(request, OK)
            assert talk(proxy.port, sent, fin).plain == OK
            at = sent.index(b"\r\n\r\n") + 2
            assert stage.came == sent[:at] + lines + sent[at:]
        stage.play(request, b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n", to_end)
        talk(proxy.port, head(b"Connection: Upgrade", b"Upgrade: x"), until(b"\r\n\r\n"), fin)
        assert stage.came == head()[:-2] + lines + b"Connection: Upgrade\r\nUpgrade: x\r\n\r\n"
