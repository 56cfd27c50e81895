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


TOLD = b"for=127.0.0.1;host=model;proto=http"

# What a client claims of the way that its request has come, and what the upstream is told in place of that.
CLAIMS: dict[str, tuple[str, tuple[bytes, ...], tuple[bytes, ...]]] = {
    "hops before": ("via,x-forwarded,forwarded", (b"Via: 1.0 a", b"X-Forwarded-For: 10.0.0.1, 10.0.0.2", b"Forwarded: for=10.0.0.1"),
                    (b"Via: 1.0 a, 1.1 why400", b"X-Forwarded-For: 10.0.0.1, 10.0.0.2, 127.0.0.1", b"Forwarded: for=10.0.0.1, " + TOLD, b"X-Forwarded-Proto: http", b"X-Forwarded-Host: model")),
    "several lines": ("via,forwarded", (b"via: 1.0 a", b"VIA: 1.1 b, 1.1 c", b"forwarded: for=a", b"Forwarded: for=b"),
                      (b"via: 1.0 a", b"VIA: 1.1 b, 1.1 c, 1.1 why400", b"forwarded: for=a", b"Forwarded: for=b, " + TOLD)),
    "empty ones": ("via,x-forwarded,forwarded", (b"Via: ", b"X-Forwarded-For: ", b"Forwarded: "),
                   (b"Via: 1.1 why400", b"X-Forwarded-For: 127.0.0.1", b"Forwarded: " + TOLD, b"X-Forwarded-Proto: http", b"X-Forwarded-Host: model")),
    "bytes that are no text": ("x-forwarded", (b"X-Forwarded-For: \xff\xfe,,;\"", b"X-Forwarded-Proto: https", b"X-Forwarded-Host: evil"),
                               (b"X-Forwarded-For: \xff\xfe,,;\", 127.0.0.1", b"X-Forwarded-Proto: https", b"X-Forwarded-Host: evil")),
    "a quote that does not close": ("forwarded", (b'Forwarded: for="10.0.0.1', b'Forwarded: for=b;by="c'), (b"Forwarded: " + TOLD,)),
    "one that an escape keeps open": ("forwarded", (b'Forwarded: for="a\\"',), (b"Forwarded: " + TOLD,)),
    "quotes that do": ("forwarded", (b'Forwarded: for="[::1]:1";by="a\\"b, c"',), (b'Forwarded: for="[::1]:1";by="a\\"b, c", ' + TOLD,)),
    "that our own may be taken off": ("via,x-forwarded,forwarded", (b"Connection: via, forwarded, x-forwarded-for, x-forwarded-proto, x-forwarded-host",),
                                      (b"X-Forwarded-For: 127.0.0.1", b"X-Forwarded-Proto: http", b"X-Forwarded-Host: model", b"Forwarded: " + TOLD, b"Via: 1.1 why400")),
    "all of it, where nothing is to be told": ("none", (b"Via: 1.0 a", b"X-Forwarded-For: \xff", b'Forwarded: for="a'), (b"Via: 1.0 a", b"X-Forwarded-For: \xff", b'Forwarded: for="a')),
}  # fmt: skip


@pytest.mark.parametrize(("setting", "claims", "told"), CLAIMS.values(), ids=CLAIMS)
def test_a_client_can_claim_what_it_likes_but_hides_nothing(
    stage: Upstream, tmp_path, setting: str, claims: tuple[bytes, ...], told: tuple[bytes, ...]
) -> None:
    stage.play(request, OK)
    with serving(stage.url, tmp_path, "--forwarded", setting) as proxy:
        assert talk(proxy.port, head(*claims), fin).plain == OK
    lines = stage.came.split(b"\r\n")[2:-2]
    assert sorted(lines) == sorted(told)
