"""Valid requests reach the upstream as they were sent, but for what belongs to the one hop (RFC 9110 section 7.6.1)."""

from pathlib import Path

import pytest

from raw.client import Step, fin, talk, until
from raw.proxy import Proxy, serving
from raw.upstream import OK, Upstream, close, head, request, to_end
from raw.upstream import Step as Doing

H = b"Host: model\r\n"
BYTES = bytes(range(256)) * 40
LARGE = bytes(range(256)) * 8192
CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"
REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


def post(*fields: bytes, body: bytes = b"") -> bytes:
    lines = b"".join(field + b"\r\n" for field in fields)
    return b"POST /predict HTTP/1.1\r\n" + H + lines + b"\r\n" + body


def sized(body: bytes) -> bytes:
    return post(b"Content-Length: %d" % len(body), body=body)


SAME = {
    "9112-3.2 a target of odd bytes": b'GET /a/../b//c%2f%zz;x=1?q={"|\\^`}[]&&?/? HTTP/1.1\r\n' + H + b"\r\n",
    "9110-9.1 a method nobody knows": b"BREW /pot HTTP/1.1\r\n" + H + b"\r\n",
    "9112-3.2.4 OPTIONS *": b"OPTIONS * HTTP/1.1\r\n" + H + b"\r\n",
    "9110-5.3 order, case and repeats of fields": b"GET / HTTP/1.1\r\nb: 1\r\nHOST: model\r\nA: 2\r\nB: 3\r\na: 4\r\n\r\n",
    "9110-5.5 a value that is no UTF-8": b"GET / HTTP/1.1\r\n" + H + b"X-Name: caf\xe9 \xff\xfe\r\n\r\n",
    "9110-5.5 empty values": b"GET / HTTP/1.1\r\n" + H + b"X-Empty: \r\nX-More: \r\n\r\n",
    "6265-5.4 several Cookie fields": b"GET / HTTP/1.1\r\n" + H + b"Cookie: a=1\r\nCookie: b=2\r\n\r\n",
    "6585-5 a field of 100 KB": b"GET / HTTP/1.1\r\n" + H + b"X-Long: " + b"a" * 100_000 + b"\r\n\r\n",
    "9110-8.6 a body of nothing": post(b"Content-Length: 0"),
    "9112-6.2 a body": sized(BYTES),
    "9112-6.2 a body of 2 MB": sized(LARGE),
    "9110-9.3.1 a GET with a body": b"GET / HTTP/1.1\r\n" + H + b"Content-Length: 3\r\n\r\nabc",
    "w3c a trace context": post(b"traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", b"Content-Length: 0"),
    "9110-8.4 a coded body is not touched": post(b"Content-Encoding: gzip", b"Content-Length: 4", body=b"\x1f\x8b\x08\x00"),
}  # fmt: skip


@pytest.mark.parametrize("sent", SAME.values(), ids=SAME)
def test_it_arrives_byte_for_byte(proxy: Proxy, stage: Upstream, sent: bytes) -> None:
    said = talk(proxy.port, sent, fin)
    assert said.plain == REPLY
    assert stage.came == sent


CHANGED: dict[str, tuple[bytes, bytes]] = {
    "9110-7.6.1 fields of this hop are taken off": (
        post(b"Connection: close, X-Hop", b"X-Hop: 1", b"Keep-Alive: timeout=5", b"TE: trailers", b"A: b", b"Content-Length: 0"),
        post(b"A: b", b"Content-Length: 0"),
    ),
    "9110-7.6.1 Connection names what it may not": (
        post(b"Connection: content-length, host, X-Hop", b"X-Hop: 1", b"Content-Length: 2", body=b"ok"),
        post(b"Content-Length: 2", body=b"ok"),
    ),
    "9112-3.2.2 an absolute target": (
        b"GET http://other:81/a?b HTTP/1.1\r\n" + H + b"\r\n",
        b"GET /a?b HTTP/1.1\r\nHost: other:81\r\n\r\n",
    ),
    "9112-2.2 empty lines in front": (b"\r\n\r\nGET / HTTP/1.1\r\n" + H + b"\r\n", b"GET / HTTP/1.1\r\n" + H + b"\r\n"),
    "9110-7.8 h2c is not offered on": (
        b"GET / HTTP/1.1\r\n" + H + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAA\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + H + b"\r\n",
    ),
    "9110-10.1.1 an expectation that was met with the body": (
        post(b"Content-Length: 2", b"Expect: 100-continue", body=b"ok"),
        post(b"Content-Length: 2", body=b"ok"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "came"), CHANGED.values(), ids=CHANGED)
def test_it_arrives_with_no_more_changed_than_a_hop_must(
    proxy: Proxy, stage: Upstream, sent: bytes, came: bytes
) -> None:
    said = talk(proxy.port, sent, fin)
    assert said.plain == REPLY
    assert stage.came == came


def test_a_client_of_http_1_0_is_served_and_its_connection_closed(proxy: Proxy, stage: Upstream) -> None:
    said = talk(proxy.port, b"POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nok")
    assert said.plain == REPLY
    host = b"Host: 127.0.0.1:%d\r\n" % stage.port
    assert stage.came == b"POST / HTTP/1.1\r\n" + host + b"Content-Length: 2\r\n\r\nok"


CHUNKS: dict[str, tuple[tuple[Step, ...], bytes, bytes]] = {
    "in one piece": ((b"4\r\nabcd\r\n0\r\n\r\n",), b"abcd", b""),
    "nothing in it": ((b"0\r\n\r\n",), b"", b""),
    "with an extension": ((b"4;a=b\r\nabcd\r\n0\r\n\r\n",), b"abcd", b""),
    "size in capitals and zeros": ((b"000A\r\n0123456789\r\n00\r\n\r\n",), b"0123456789", b""),
    "with trailers": ((b"4\r\nabcd\r\n0\r\nX-Sum: 1\r\nx-sum: 2\r\n\r\n",), b"abcd", b"X-Sum: 1\r\nx-sum: 2\r\n"),
    "a trailer that frames is left out": ((b"1\r\na\r\n0\r\nContent-Length: 9\r\nX-Sum: 1\r\n\r\n",), b"a", b"X-Sum: 1\r\n"),
    "in pieces, split everywhere": ((b"4\r", 0.02, b"\nab", 0.02, b"cd\r", 0.02, b"\n0\r\n\r", 0.02, b"\n"), b"abcd", b""),
    "2 MB": ((b"200000\r\n" + LARGE + b"\r\n0\r\n\r\n",), LARGE, b""),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "body", "trailers"), CHUNKS.values(), ids=CHUNKS)
def test_chunked_bodies_arrive_with_their_trailers(
    proxy: Proxy, stage: Upstream, steps: tuple[Step, ...], body: bytes, trailers: bytes
) -> None:
    start = post(b"Transfer-Encoding: chunked")
    said = talk(proxy.port, start, *steps, fin)
    assert said.plain == REPLY
    assert stage.came.startswith(start)
    assert unchunked(stage.came[len(start) :]) == (body, trailers)


def test_chunks_are_passed_on_as_they_come(proxy: Proxy, stage: Upstream) -> None:
    size = 300_000  # beyond what is received whole
    piece = b"%x\r\n" % size + b"x" * size + b"\r\n"
    early: list[int] = []
    stage.play(
        head, lambda heard: _at_least(heard, size), lambda heard: early.append(len(heard.bytes)), request_rest, OK
    )
    said = talk(proxy.port, post(b"Transfer-Encoding: chunked") + piece, _wait_for(early), piece + b"0\r\n\r\n", fin)
    assert said.plain == REPLY
    assert early


def _at_least(heard, size: int) -> None:
    while len(heard.bytes) < size:
        heard.more()


def request_rest(heard) -> None:
    heard.until(b"\r\n0\r\n\r\n", 0)


def _wait_for(seen: list[int]):
    from raw.proxy import eventually

    return lambda client: eventually(lambda: seen, lambda: "nothing was passed on before the end")


def unchunked(data: bytes) -> tuple[bytes, bytes]:
    body = b""
    while True:
        line, _, data = data.partition(b"\r\n")
        size = int(line, 16)
        if not size:
            assert data.endswith(b"\r\n")
            return body, data[:-2]
        body, data = body + data[:size], data[size + 2 :]


def test_pipelined_requests_are_answered_in_order_one_by_one(stage: Upstream, tmp_path: Path) -> None:
    """By a proxy that has seen none end so far, over one connection."""
    stage.play(request, OK)
    texts = [b"GET /%d HTTP/1.1\r\n%b\r\n" % (number, H) for number in range(5)]
    with serving(stage.url, tmp_path) as proxy:
        said = talk(proxy.port, b"".join(texts), fin)
    assert said.plain == REPLY * 5
    assert b"".join(texts) in [bytes(heard.bytes) for heard in stage.heard]


def test_a_body_and_the_next_request_in_one_packet(proxy: Proxy, stage: Upstream) -> None:
    said = talk(
        proxy.port, sized(b"abc") + sized(BYTES) + post(b"Transfer-Encoding: chunked") + b"1\r\na\r\n0\r\n\r\n", fin
    )
    assert said.plain == REPLY * 3
    assert stage.came.startswith(sized(b"abc") + sized(BYTES))


def test_connections_are_kept_on_both_sides(proxy: Proxy, stage: Upstream) -> None:
    said = talk(proxy.port, sized(b"1"), until(b"\r\n\r\nok"), 0.1, sized(b"2"), fin)
    assert said.plain == REPLY * 2
    assert len(stage.heard) == 1


def test_the_body_is_asked_for_when_it_is_wanted(proxy: Proxy, stage: Upstream) -> None:
    start = post(b"Content-Length: 4", b"Expect: 100-Continue, ,100-continue")
    said = talk(proxy.port, start, until(CONTINUE), b"abcd", fin)
    assert said.plain == CONTINUE + REPLY
    assert stage.came == sized(b"abcd")


EXPECTING = post(b"Content-Length: 1000000", b"Expect: 100-continue")
NO = b"Content-Length: 2\r\n\r\nno"
MILLION = bytes(1_000_000)

# What is asked, what the upstream does, and all that the client gets; 9110-10.1.1.
EXPECTED: dict[str, tuple[tuple[Step, ...], tuple[Doing, ...], bytes]] = {
    "a body that comes unasked": ((post(b"Content-Length: 4", b"Expect: 100-continue", body=b"abcd"),), (request, OK), REPLY),
    "one in chunks": ((post(b"Transfer-Encoding: chunked", b"Expect: 100-continue"), until(CONTINUE), b"1\r\na\r\n0\r\n\r\n"), (request, OK), CONTINUE + REPLY),
    "no body": ((post(b"Content-Length: 0", b"Expect: 100-continue"),), (request, OK), REPLY),
    "HTTP/1.0": ((post(b"Content-Length: 1", b"Expect: 100-continue", body=b"a").replace(b"1.1", b"1.0"),), (request, OK), REPLY),
    "the upstream asks too": ((EXPECTING, until(CONTINUE), MILLION), (head, CONTINUE, lambda heard: _at_least(heard, len(MILLION)), OK), CONTINUE + REPLY),
    "it refuses at once, and the client sends on": ((EXPECTING, until(CONTINUE), MILLION), (head, b"HTTP/1.1 413 No\r\n" + NO, to_end), CONTINUE + b"HTTP/1.1 413 No\r\n" + NO),
    "it refuses and closes, and the client stops": ((EXPECTING, until(CONTINUE), 0.1), (head, b"HTTP/1.1 417 No\r\n" + NO, close), CONTINUE + b"HTTP/1.1 417 No\r\n" + NO),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "plays", "got"), EXPECTED.values(), ids=EXPECTED)
def test_what_a_client_that_expects_gets(
    proxy: Proxy, stage: Upstream, steps: tuple[Step, ...], plays: tuple[Doing, ...], got: bytes
) -> None:
    stage.play(*plays)
    assert talk(proxy.port, *steps, fin).plain == got
    assert b"Expect" not in stage.came


def test_bytes_in_drops_arrive_whole(proxy: Proxy, stage: Upstream) -> None:
    sent = sized(b"0123456789")
    drops: list[Step] = []
    for at in range(0, len(sent), 7):
        drops += [sent[at : at + 7], 0.005]
    assert talk(proxy.port, *drops, fin).plain == REPLY
    assert stage.came == sent
