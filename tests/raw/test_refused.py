"""Requests that no server may take: each is answered, on record with its cause, and reaches no upstream."""

import pytest

from raw.client import Step, fin, talk
from raw.proxy import Proxy
from raw.upstream import Upstream

H = b"Host: model\r\n"
GET = b"GET / HTTP/1.1\r\n" + H
POST = b"POST /predict HTTP/1.1\r\n" + H
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"

ROWS: dict[str, tuple[tuple[Step, ...], int, str]] = {
    "9112-3 no version": ((b"GET /\r\n\r\n",), 400, "http.version"),
    "9112-3 not HTTP at all": ((b"hello there, model\r\n\r\n",), 400, "http.bad-request-line"),
    "9112-3 a space in the target": ((b"GET /a b HTTP/1.1\r\n" + H + b"\r\n",), 400, "http.bad-request-line"),
    "9112-2.3 HTTP/2.0 by name": ((b"GET / HTTP/2.0\r\n" + H + b"\r\n",), 505, "http.version"),
    "9113-3.4 the HTTP/2 preface": ((b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",), 505, "http.version"),
    "8446 a TLS hello": ((b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,), 400, "http.tls-mismatch"),
    "9112-3.2 no Host": ((b"GET / HTTP/1.1\r\n\r\n",), 400, "http.host"),
    "9112-3.2 two Hosts": ((GET + H + b"\r\n",), 400, "http.host"),
    "9110-9.3.6 CONNECT": ((b"CONNECT model:80 HTTP/1.1\r\n" + H + b"\r\n",), 405, "http.method"),
    "9110-10.1.1 another expectation": ((POST + b"Content-Length: 2\r\nExpect: 200-ok\r\n\r\nok",), 417, "http.expectation"),
    "9110-10.1.1 another expectation beside 100": ((POST + b"Content-Length: 2\r\nExpect: 100-continue\r\nExpect: b\r\n\r\nok",), 417, "http.expectation"),
    "9112-7.1.1 a bad extension of a chunk": ((CHUNKED + b'2;a="\r\nok\r\n0\r\n\r\n',), 400, "http.framing"),
    "9112-7.1.2 a bad trailer line, and no more of the section": ((CHUNKED + b"2\r\nok\r\n0\r\nA : b\r\n",), 400, "http.framing"),
    "9112-5.1 a space before the colon": ((GET + b"A : b\r\n\r\n",), 400, "http.bad-header"),
    "9112-5.2 a folded line": ((GET + b"A: b\r\n c\r\n\r\n",), 400, "http.bad-header"),
    "9110-5.5 a NUL in a value": ((GET + b"A: b\0c\r\n\r\n",), 400, "http.bad-header"),
    "9112-2.2 LF alone": ((b"GET / HTTP/1.1\nHost: model\n\n",), 400, "http.bad-request-line"),
    "9110-15.5.15 a target of 70 KB": ((b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n" + H + b"\r\n",), 414, "http.head-too-large"),
    "6585-5 a field of 200 KB": ((GET + b"A: " + b"a" * 200_000 + b"\r\n\r\n",), 431, "http.head-too-large"),
    "6585-5 600 fields": ((GET + b"A: b\r\n" * 600 + b"\r\n",), 431, "http.head-too-large"),
    "6585-5 a head of 400 KB, still being sent": ((GET + (b"A: " + b"a" * 1000 + b"\r\n") * 400,), 431, "http.head-too-large"),
    "6585-5 a head of 4 MB": ((GET + (b"A: " + b"a" * 1000 + b"\r\n") * 4000 + b"\r\n",), 431, "http.head-too-large"),
    "9112-6.3 two lengths": ((POST + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nok",), 400, "http.framing"),
    "9112-6.3 length and chunks": ((CHUNKED[:-2] + b"Content-Length: 2\r\n\r\n0\r\n\r\n",), 400, "http.framing"),
    "9112-6.1 gzip, chunked": ((POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",), 501, "http.framing"),
    "9112-6.1 chunks in HTTP/1.0": ((b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",), 400, "http.framing"),
    "9112-6.3 a length below zero": ((POST + b"Content-Length: -1\r\n\r\n",), 400, "http.framing"),
    "9112-7.1 no size": ((CHUNKED + b"xyz\r\n\r\n",), 400, "http.framing"),
    "9112-7.1 more in a chunk than its size": ((CHUNKED + b"2\r\nokk\r\n0\r\n\r\n",), 400, "http.framing"),
    "9112-7.1 a bad chunk in a later packet": ((CHUNKED + b"2\r\nok\r\n", 0.05, b"nonsense\r\n"), 400, "http.framing"),
    "9112-7.1 a bad chunk, and 8 MB behind it": ((CHUNKED + b"zz\r\n" + b"x" * 8_000_000,), 400, "http.framing"),
    "9112-8 a body cut short by a FIN": ((POST + b"Content-Length: 10\r\n\r\nabc", fin), 400, "http.body-incomplete"),
    "9112-8 chunks cut short by a FIN": ((CHUNKED + b"5\r\nab", fin), 400, "http.body-incomplete"),
    "9112-8 a head cut short by a FIN": ((GET + b"A: b", fin), 400, "http.bad-request-line"),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "status", "cause"), ROWS.values(), ids=ROWS)
def test_it_is_answered_recorded_and_goes_no_further(
    proxy: Proxy, stage: Upstream, steps: tuple[Step, ...], status: int, cause: str
) -> None:
    said = talk(proxy.port, *steps)
    assert (said.status, said.cause, said.reset) == (status, cause, False), said
    record = proxy.record(said.ids[0], patience=0)
    assert (record["outcome"], record["status"]) == ("rejected", status)
    assert (record["diagnosis"][0]["cause"], record["diagnosis"][0]["certainty"]) == (cause, "proven")
    assert not any(b"\r\n\r\n" in heard.bytes and b"0\r\n\r\n" in heard.bytes for heard in stage.heard)


@pytest.mark.parametrize(
    "rest", [b"A : b\r\n\r\n", b"Content-Length: x\r\n\r\n"], ids=["in its head", "once its head is read"]
)
def test_a_bad_head_request_gets_no_body(proxy: Proxy, stage: Upstream, rest: bytes) -> None:
    """RFC 9110 section 9.3.2."""
    said = talk(proxy.port, b"HEAD / HTTP/1.1\r\n" + H + rest)
    assert (said.status, said.body) == (400, b"")


def test_what_came_before_a_bad_request_on_the_same_connection_is_answered(proxy: Proxy, stage: Upstream) -> None:
    said = talk(proxy.port, GET + b"\r\n" + b"nonsense\r\n\r\n")
    assert said.plain.startswith(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 400 Bad Request\r\n")
    assert [proxy.record(id)["outcome"] for id in said.ids] == ["forwarded", "rejected"]


def test_a_request_that_ends_in_the_middle_of_a_forwarded_body_never_looks_whole_to_the_upstream(
    proxy: Proxy, stage: Upstream
) -> None:
    said = talk(proxy.port, CHUNKED + b"2\r\nok\r\n", 0.1, b"2\r\nok\r\nnonsense\r\n")
    assert said.status == 400
    assert b"0\r\n\r\n" not in stage.came
