"""Replies of the upstream reach the client as they were sent, or are seen to be broken; each is on record."""

import re
from pathlib import Path

import pytest

from raw.client import fin, talk, until
from raw.proxy import Proxy, eventually, serving
from raw.upstream import OK, Step, Upstream, close, head, request, rst, to_end
from raw.upstream import fin as fin_

GET = b"GET / HTTP/1.1\r\nHost: model\r\n\r\n"
HEAD = b"HEAD / HTTP/1.1\r\nHost: model\r\n\r\n"
UPLOAD = b"POST / HTTP/1.1\r\nHost: model\r\nContent-Length: 400000\r\n\r\n" + bytes(400_000)
TO_CLOSE = b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n"
LENGTH_5 = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
REFUSAL = b"HTTP/1.1 400 Bad Request\r\n"
REFUSAL_CHUNKED = REFUSAL + b"Transfer-Encoding: chunked\r\n\r\n"
EVENTS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"

SAME = {
    "a length": OK,
    "no reason": b"HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nok",
    "a status nobody knows": b"HTTP/1.1 299 Fine\r\nContent-Length: 2\r\n\r\nok",
    "6265-3 several Set-Cookie": b"HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nSet-Cookie: c=3\r\nContent-Length: 0\r\n\r\n",
    "9110-5.5 fields in odd order, case and bytes": b"HTTP/1.1 200 OK\r\nzz: \xff\r\nSERVER: \r\nContent-length: 2\r\nZZ: 2\r\n\r\nok",
    "9110-15.3.5 204": b"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n",
    "9110-15.4.5 304 with a length": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"a\"\r\n\r\n",
    "9110-15.5.2 401 keeps its challenge": b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n",
    "9110-15.4.3 a redirect is not followed": b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/x\r\nContent-Length: 0\r\n\r\n",
    "9112-7.1 chunks": CHUNKED + b"2\r\nok\r\n0\r\n\r\n",
    "9112-7.1.2 chunks with trailers": CHUNKED + b"2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n",
    "9112-7.1 no chunk": CHUNKED + b"0\r\n\r\n",
    "9110-15.2 103 in front": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK,
    "a refusal": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\nnope",
    "a refusal with nothing in it": b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
    "a failure": b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 9\r\nContent-Length: 4\r\n\r\nbusy",
    "a refusal of 300 KB": b"HTTP/1.1 422 Unprocessable Content\r\nContent-Length: 300000\r\n\r\n" + b"x" * 300_000,
}  # fmt: skip


@pytest.mark.parametrize("reply", SAME.values(), ids=SAME)
def test_it_comes_back_byte_for_byte(proxy: Proxy, stage: Upstream, reply: bytes) -> None:
    stage.play(request, reply)
    assert talk(proxy.port, GET, fin).plain == reply


CHANGED: dict[str, tuple[tuple[Step, ...], bytes]] = {
    "9110-7.6.1 fields of this hop are taken off": (
        (b"HTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nKeep-Alive: a\r\nContent-Length: 2\r\n\r\nok", close),
        OK,
    ),
    "9112-2.3 an upstream of HTTP/1.0": ((b"HTTP/1.0 200 OK\r\nX: y\r\n\r\nok", close), TO_CLOSE + b"ok"),
    "9112-6.3 a body up to the close": ((TO_CLOSE + b"ok", 0.05, b"ok", fin_, to_end), TO_CLOSE + b"okok"),
    "9112-6.3 nothing up to the close": ((TO_CLOSE, close), TO_CLOSE),
    "9110-8.6 the same length twice": ((OK.replace(b"\r\n\r\n", b"\r\nContent-Length: 2\r\n\r\n"),), OK),
    "9110-15.2 100 that we did not ask for": ((b"HTTP/1.1 100 Continue\r\n\r\n" + OK,), b"HTTP/1.1 100 Continue\r\n\r\n" + OK),
    "9110-8.6 a length in 103": ((b"HTTP/1.1 103 Early\r\nLink: </a>\r\nContent-Length: 2\r\nWhy400-Id: mine\r\n\r\n" + OK,), b"HTTP/1.1 103 Early\r\nLink: </a>\r\n\r\n" + OK),
    "9112-7.1 blanks behind a chunk's size": ((CHUNKED + b"2  \r\nok\r\n0 \r\n\r\n",), CHUNKED + b"2\r\nok\r\n0\r\n\r\n"),
    "Why400 fields of the upstream's own": ((OK.replace(b"\r\n\r\n", b"\r\nWhy400-Outcome: mine\r\n\r\n"),), OK),
    "bytes behind the reply are dropped": ((OK + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil",), OK),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "got"), CHANGED.values(), ids=CHANGED)
def test_it_comes_back_with_no_more_changed_than_a_hop_must(
    proxy: Proxy, stage: Upstream, steps: tuple[Step, ...], got: bytes
) -> None:
    stage.play(request, *steps)
    assert talk(proxy.port, GET, fin).plain == got


@pytest.mark.parametrize("at", [65_536, 100_000, 128_000, 200_000])
def test_the_rest_of_a_refusal_that_comes_while_it_is_judged_is_not_lost(
    proxy: Proxy, stage: Upstream, at: int
) -> None:
    reply = b"HTTP/1.1 400 Bad\r\nContent-Length: 300000\r\n\r\n" + bytes(300_000)
    for pause in (0.0, 0.0, 0.001, 0.003):
        stage.play(request, reply[:at], pause, reply[at:])
        assert talk(proxy.port, UPLOAD, fin).plain == reply


def test_head_gets_the_fields_and_no_body(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")
    assert talk(proxy.port, HEAD + HEAD, fin).plain == b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" * 2


def test_a_client_of_http_1_0_gets_no_chunks_and_no_interim_reply(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, b"HTTP/1.1 103 Early Hints\r\n\r\n" + CHUNKED + b"2\r\nok\r\n2\r\nok\r\n0\r\nX: y\r\n\r\n")
    assert talk(proxy.port, b"GET / HTTP/1.0\r\n\r\n").plain == b"HTTP/1.1 200 OK\r\n\r\nokok"


def test_events_come_one_by_one_as_they_are_sent(proxy: Proxy, stage: Upstream) -> None:
    event = b"b\r\ndata: tick\n\r\n"
    gate: list[int] = []
    stage.play(request, EVENTS + event, lambda heard: eventually(lambda: gate), event + b"0\r\n\r\n")
    said = talk(proxy.port, GET, until(event), lambda client: gate.append(1), fin)
    assert said.plain == EVENTS + event * 2 + b"0\r\n\r\n"


BROKEN: dict[str, tuple[tuple[Step, ...], int, str]] = {
    "no HTTP": ((b"hello\r\n\r\n",), 502, "upstream.bad-reply"),
    "9112-4 no status": ((b"HTTP/1.1 OK\r\n\r\n",), 502, "upstream.bad-reply"),
    "9112-2.3 HTTP/2.0": ((b"HTTP/2.0 200 OK\r\n\r\n",), 502, "upstream.bad-reply"),
    "9112-5 a NUL in a field": ((b"HTTP/1.1 200 OK\r\nA: \0\r\n\r\n",), 502, "upstream.bad-reply"),
    "9112-6.3 two lengths": ((b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok",), 502, "upstream.bad-reply"),
    "9112-6.3 length and chunks": ((CHUNKED[:-2] + b"Content-Length: 2\r\n\r\n0\r\n\r\n",), 502, "upstream.bad-reply"),
    "9110-7.8 a switch that nobody asked for": ((b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",), 502, "upstream.bad-reply"),
    "a head of 400 KB": ((b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 70_000,), 502, "upstream.bad-reply"),
    "a TLS alert": ((b"\x15\x03\x01\x00\x02\x02\x46", close), 502, "upstream.bad-reply"),
    "closed without a word": ((close,), 502, "upstream.closed"),
    "closed with FIN only": ((fin_, to_end), 502, "upstream.closed"),
    "reset without a word": ((rst,), 502, "upstream.closed"),
    "closed inside the head": ((b"HTTP/1.1 200 OK\r\nConte", close), 502, "upstream.cut"),
    "9110-15.2 closed behind a 103": ((b"HTTP/1.1 103 Early Hints\r\n\r\n", close), 502, "upstream.closed"),
    "silent": ((4.0,), 504, "upstream.timeout"),
    "silent inside the head": ((b"HTTP/1.1 200 OK\r\n", 4.0), 504, "upstream.timeout"),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "status", "cause"), BROKEN.values(), ids=BROKEN)
def test_no_usable_reply_is_said_and_on_record(
    proxy: Proxy, stage: Upstream, steps: tuple[Step, ...], status: int, cause: str
) -> None:
    stage.play(request, *steps)
    said = talk(proxy.port, GET, fin)
    assert (said.status, said.cause, said.reset) == (status, cause, False)
    assert b"\r\nContent-Type: application/problem+json\r\n" in said.bytes
    record = proxy.record(said.ids[0], patience=0)
    assert (record["outcome"], record["status"], record["diagnosis"][0]["cause"]) == ("failed", status, cause)


CUT: dict[str, tuple[tuple[Step, ...], bytes, bool]] = {
    "a length, then FIN": ((LENGTH_5 + b"ok", close), LENGTH_5 + b"ok", False),
    "a length, then a reset": ((LENGTH_5 + b"ok", 0.05, rst), LENGTH_5 + b"ok", False),
    "chunks, then FIN": ((CHUNKED + b"2\r\nok\r\n", close), CHUNKED + b"2\r\nok\r\n", False),
    "inside a chunk": ((CHUNKED + b"5\r\nok", close), CHUNKED + b"2\r\nok\r\n", False),
    "chunks, then nonsense": ((CHUNKED + b"2\r\nok\r\n", 0.05, b"nonsense\r\n"), CHUNKED + b"2\r\nok\r\n", False),
    "up to the close, then a reset": ((TO_CLOSE + b"ok", 0.05, rst), TO_CLOSE + b"ok", True),
    "a length, then silence": ((LENGTH_5 + b"ok", 4.0), LENGTH_5 + b"ok", False),
    "a refusal's length, then FIN": ((REFUSAL + b"Content-Length: 9\r\n\r\nno", close), REFUSAL + b"Content-Length: 9\r\n\r\nno", False),
    "a refusal in chunks, then a reset": ((REFUSAL_CHUNKED + b"2\r\nno\r\n", 0.2, rst), REFUSAL_CHUNKED + b"2\r\nno\r\n", False),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "got", "reset"), CUT.values(), ids=CUT)
def test_a_reply_cut_short_never_looks_complete(
    proxy: Proxy, stage: Upstream, steps: tuple[Step, ...], got: bytes, reset: bool
) -> None:
    stage.play(request, *steps)
    said = talk(proxy.port, GET)
    assert (said.plain, said.reset) == (got, reset)
    record = proxy.record(said.ids[0])
    assert record["outcome"] == "failed"
    assert record["diagnosis"][0]["cause"] in ("upstream.cut", "upstream.bad-reply", "upstream.timeout")


def test_a_refusal_of_no_stated_length_that_is_reset_is_a_refusal_first(proxy: Proxy, stage: Upstream) -> None:
    """Node answers heads that are too large so, and resets: what it refused was the head (RFC 9112 section 9.6)."""
    refusal = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n"
    stage.play(request, refusal, 0.05, rst)
    record = proxy.record(talk(proxy.port, GET).ids[0])
    sure = {line["cause"]: line["certainty"] for line in record["diagnosis"]}
    assert (sure["http.head-too-large"], sure["upstream.cut"]) == ("likely", "possible")


def test_a_reply_that_was_not_asked_for_answers_nobody(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, OK, 0.05, b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil", to_end)
    said = talk(proxy.port, GET, until(b"\r\n\r\nok"), 0.2, GET, fin)
    assert said.plain == OK * 2
    assert len(stage.heard) == 2


def test_nothing_is_sent_twice(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, close)
    said = talk(proxy.port, b"POST / HTTP/1.1\r\nHost: model\r\nContent-Length: 3\r\n\r\nabc", fin)
    assert said.status == 502
    assert stage.came.count(b"POST") == 1


def test_a_connection_that_the_upstream_closed_meanwhile_is_not_used(proxy: Proxy, stage: Upstream) -> None:
    stage.play(request, OK, close)
    said = talk(proxy.port, GET, until(b"\r\n\r\nok"), 0.1, GET, until(b"\r\n\r\nok"), fin)
    assert said.plain == OK * 2
    assert len(stage.heard) == 2


@pytest.mark.parametrize("line", [b"400 Bad Request", b"500 Internal Server Error"])
def test_a_server_that_closes_after_a_refusal_without_a_word_is_sent_nothing_more(
    proxy: Proxy, stage: Upstream, line: bytes
) -> None:
    """aiohttp and uvicorn do: what was sent meanwhile would be reset, and must not be sent twice."""
    stage.play(request, OK.replace(b"200 OK", line), 0.05, close)
    said = talk(proxy.port, *(GET, until(b"\r\n\r\nok")) * 3, fin)
    assert re.findall(rb"HTTP/1.1 (\d+)", said.bytes) == [line[:3]] * 3
    assert len(stage.heard) == 3


def test_a_connection_that_stays_open_after_a_refusal_is_used_again(stage: Upstream, tmp_path: Path) -> None:
    """By a proxy that has seen none end so far."""
    stage.play(request, OK.replace(b"200 OK", b"400 Bad Request"), request, OK)
    with serving(stage.url, tmp_path) as proxy:
        said = talk(proxy.port, GET, until(b"\r\n\r\nok"), 0.5, GET, fin)
    assert re.findall(rb"HTTP/1.1 (\d+)", said.bytes) == [b"400", b"200"]
    assert GET * 2 in [bytes(heard.bytes) for heard in stage.heard]


EARLY: dict[str, tuple[Step, ...]] = {
    "then it reads on": (to_end,),
    "then it closes with bytes unread": (close,),
    "then it resets": (0.02, rst),
    "then it sends FIN and reads nothing": (fin_, 1.0),
    "then it sends FIN and reads on": (fin_, to_end),
}


@pytest.mark.parametrize("after", EARLY.values(), ids=EARLY)
@pytest.mark.parametrize("chunked", [False, True], ids=["length", "chunked"])
def test_a_reply_during_the_upload_reaches_the_client(
    proxy: Proxy, stage: Upstream, after: tuple[Step, ...], chunked: bool
) -> None:
    too_large = b"HTTP/1.1 413 Content Too Large\r\nContent-Length: 9\r\n\r\ntoo large"
    stage.play(head, too_large, *after)
    size = 20_000_000
    framing = b"Transfer-Encoding: chunked" if chunked else b"Content-Length: %d" % size
    body = (b"%x\r\n" % size if chunked else b"") + bytes(size) + (b"\r\n0\r\n\r\n" if chunked else b"")
    said = talk(proxy.port, b"POST / HTTP/1.1\r\nHost: model\r\n" + framing + b"\r\n\r\n" + body)
    assert said.plain == too_large
    assert (said.status, said.reset) == (413, False)
    assert proxy.record(said.ids[0], patience=0)["outcome"] == "refused"


BAD_ENDS = {
    "nonsense for a chunk": (b"nonsense\r\n",),
    "a FIN inside a chunk": (b"5\r\na", fin),
}


@pytest.mark.parametrize("steps", BAD_ENDS.values(), ids=BAD_ENDS)
def test_a_reply_that_has_begun_is_not_cut_by_how_the_request_ends(proxy: Proxy, stage: Upstream, steps) -> None:
    gate: list[int] = []
    stage.play(head, CHUNKED + b"1\r\na\r\n", lambda heard: eventually(lambda: gate), b"1\r\nb\r\n0\r\n\r\n", to_end)
    start = b"POST / HTTP/1.1\r\nHost: model\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"
    said = talk(proxy.port, start, until(b"1\r\na\r\n"), *steps, 0.1, lambda client: gate.append(1))
    assert said.plain == CHUNKED + b"1\r\na\r\n1\r\nb\r\n0\r\n\r\n"
    assert proxy.record(said.ids[0])["outcome"] == "forwarded"
