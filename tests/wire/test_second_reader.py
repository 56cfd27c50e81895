"""The smuggling test: all that we accept and send on, a strict second reader (h11) reads with the same ends.

Requests are put together from good and evil lines. What we refuse cannot be smuggled. What we accept is written as
the upstream gets it, with another request right behind: both readers have to find the same head, the same body, and
the other request after it.
"""

import h11
import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.exchange import RequestHead
from why400.wire.fields import end_to_end, reply_bytes, request_bytes, trailers_to_send
from why400.wire.framing import CHUNKED, Framing, chunk, last_chunk, request_framing
from why400.wire.head import check_host, find_end, read_request, read_target
from why400.wire.inbox import Inbox
from why400.wire.reply import ReplyReader
from wire.bytes_in import cut, or_refused, receive_head

NEXT = b"GET /next HTTP/1.1\r\nHost: next\r\n\r\n"

GOOD_STARTS = [
    b"GET / HTTP/1.1", b"POST /a?b HTTP/1.1", b"post //x HTTP/1.1", b"POST http://h/a HTTP/1.1", b"HEAD / HTTP/1.1",
    b"OPTIONS * HTTP/1.1", b"OPTIONS http://h HTTP/1.1", b"PUT /%2f HTTP/1.9", b"POST / HTTP/1.0",
]  # fmt: skip
EVIL_STARTS = [
    b"CONNECT h:80 HTTP/1.1", b"GET * HTTP/1.1", b"GET h:80 HTTP/1.1", b"GET /a b HTTP/1.1", b"GET /# HTTP/1.1",
    b"GET /\xe9 HTTP/1.1", b"GET / HTTP/2.0", b"GET /", b" GET / HTTP/1.1", b"GET /a HTTP/1.1 /b HTTP/1.1", b"",
]  # fmt: skip
GOOD_FRAMING = [
    b"Content-Length: 5", b"Content-Length: 05", b"content-length:6", b"Content-Length: 0", b"Content-Length:\t5 ",
    b"Transfer-Encoding: chunked", b"transfer-encoding:\tChunked ", b"X-Not: framed",
]  # fmt: skip
GOOD_LINES = [
    b"Connection: close", b"Connection: Content-Length", b"Connection: Transfer-Encoding, Host", b"Connection: X,,",
    b"Connection: upgrade", b"Upgrade: websocket", b"Upgrade: h2c", b"HTTP2-Settings: A", b"Expect: 100-continue",
    b"TE: trailers", b"Trailer: Content-Length", b"Keep-Alive: 5", b"X: \xe9\xff", b"X:", b"X: \t a \t",
    b"Content_Length: 6", b"Transfer_Encoding: chunked", b"X-Content-Length: 6",
]  # fmt: skip
EVIL_LINES = [
    b"Host: h", b"Host: y", b"Host:", b"Host: a b", b"X", b": x", b"X : a", b"", b"\xe9: a", b"X: \x00", b"X: \x7f",
    b"Content-Length: 5", b"Content-Length: 6", b"Content-Length: 5, 5", b"Content-Length: +5", b"Content-Length:",
    b"Content-Length : 5", b"Content-Length: 5\x0b", b"Content-Length\xa0: 5", b"Content-Length: 0x5", b" Content-Length: 6",
    b"Transfer-Encoding: chunked", b"Transfer-Encoding: xchunked", b"Transfer-Encoding: chunked, identity",
    b"Transfer-Encoding: identity, chunked", b"Transfer-Encoding : chunked", b"Transfer-Encoding:\x0bchunked",
    b"Transfer-Encoding: chunked;a", b"Transfer-Encoding: ,chunked", b"Transfer-Encoding:",
    b"X: a\r\n Transfer-Encoding: chunked", b"X: a\rTransfer-Encoding: chunked", b"X: a\nTransfer-Encoding: chunked",
    b"\nTransfer-Encoding: chunked", b"X: \x00\r\nTransfer-Encoding: chunked", b"X: a\n\nGET /admin HTTP/1.1",
]  # fmt: skip


@st.composite
def heads(draw):
    """A request head that is good, or has something evil in a place or two."""
    good = [draw(st.sampled_from(GOOD_FRAMING)), *draw(st.lists(st.sampled_from(GOOD_LINES), max_size=4)), b"Host: h"]
    evil = draw(st.lists(st.sampled_from(EVIL_LINES), max_size=1))
    start = draw(st.sampled_from(GOOD_STARTS * 2 + EVIL_STARTS))
    lines = [start, *draw(st.permutations(good + evil))]
    ends = [b"\r\n"] * len(lines)
    ends[draw(st.integers(0, len(lines) - 1))] = draw(
        st.sampled_from([b"\r\n"] * 12 + [b"\n", b"\r", b"\r\r\n", b"\n\r"])
    )
    data = b"".join(line + end for line, end in zip(lines, ends, strict=True)) + b"\r\n"
    at, byte = draw(st.integers(0, len(data))), draw(st.just(b"") | st.binary(max_size=1))
    return data[:at] + byte + data[at:]


BODIES = st.binary(min_size=6, max_size=30)
MARKS = st.lists(st.integers(0, 60), max_size=4)


def accept(data):
    """All that the wire asks of a head before it takes the request on."""
    head = receive_head([data])
    if head is None:
        return None
    target = read_target(head)
    check_host(head)
    return head, target, request_framing(head)


def sent_on(data, body, marks):
    """What the upstream gets of a request, its body as it would come in pieces; None where it is refused."""
    accepted = or_refused(lambda: accept(data))
    if accepted is None or isinstance(accepted[0], str):
        return None
    head, target, framing = accepted
    inbox, out = Inbox(framing, 0), []
    coded = chunk(body[:3]) + chunk(body[3:]) + last_chunk() if framing is CHUNKED else body[: framing.length]
    for piece in cut(coded, marks):
        inbox.feed(piece)
        out += [bytes(part) for part in inbox.let_go()] + inbox.take()
    assert inbox.ended
    if framing is CHUNKED:
        out = [*map(chunk, out), last_chunk(trailers_to_send(inbox.trailers))]
    host = target.authority or (b"default" if head.value(b"host") is None else None)
    return head, framing, request_bytes(head, target.forward, framing, host=host), b"".join(out)


def h11_reads(data):
    """The requests that h11 finds in `data`: method, target, fields, body of each."""
    connection = h11.Connection(h11.SERVER, max_incomplete_event_size=1 << 20)
    connection.receive_data(data)
    found = []
    while True:
        event = connection.next_event()
        if isinstance(event, h11.Request):
            found.append([event.method, event.target, event.headers.raw_items(), b""])
        elif isinstance(event, h11.Data):
            found[-1][3] += bytes(event.data)
        elif isinstance(event, h11.EndOfMessage):
            reply = h11.Response(status_code=200, headers=[(b"Content-Length", b"0")])
            connection.send(reply)
            connection.send(h11.EndOfMessage())
            if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
                return found, connection.trailing_data[0]
            connection.start_next_cycle()
        else:
            return found, connection.trailing_data[0]


@given(heads(), BODIES, MARKS)
def test_h11_agrees_on_all_that_is_sent_on(data, body, marks):
    sent = sent_on(data, body, marks)
    if sent is None:
        return
    head, framing, start, rest = sent
    received = body if framing is CHUNKED else body[: framing.length]
    found, behind = h11_reads(start + rest + NEXT)
    ours = read_request(start)
    assert found[0] == [head.method.encode(), ours.target, list(ours.fields), received]
    assert [request[1] for request in found[1:]] == [b"/next"]
    assert behind == b""


@given(heads(), BODIES)
def test_our_own_reader_agrees_on_all_that_is_sent_on(data, body):
    sent = sent_on(data, body, [])
    if sent is None:
        return
    head, framing, start, _ = sent
    assert find_end(start) == len(start)
    again, _, framing_again = accept(start)
    assert (again.method, framing_again) == (head.method, framing)
    unchanged = [field for field in end_to_end(head, chunked=framing is CHUNKED) if field[0].lower() != b"host"]
    assert [field for field in again.fields if field[0].lower() != b"host"] == unchanged


@given(heads())
def test_h11_agrees_on_what_was_received(data):
    """What we take on as it came, h11 reads in the same way: no field means one thing to us and another to it."""
    accepted = or_refused(lambda: accept(data))
    if accepted is None or isinstance(accepted[0], str):
        return
    head, _, framing = accepted
    coded = b"5\r\nhello\r\n0\r\n\r\n" if framing is CHUNKED else b"hello1"[: framing.length]
    found, behind = h11_reads(data[: find_end(data)] + coded + NEXT)
    body = b"hello" if framing is CHUNKED else coded
    names = [name for name, _ in head.fields]
    assert found[0][:2] == [head.method.encode(), head.target]
    assert ([name for name, _ in found[0][2]], found[0][3]) == (names, body)
    assert [request[1] for request in found[1:]] == [b"/next"] or behind == NEXT


REPLY_LINES = [
    b"Content-Length: 5", b"Content-Length: 5", b"Content-Length: 0", b"Content-Length: 6", b"Content-Length: x",
    b"Transfer-Encoding: chunked", b"transfer-encoding: CHUNKED", b"Transfer-Encoding: gzip, chunked",
    b"Connection: Content-Length", b"Connection: Transfer-Encoding", b"Connection: close", b"Keep-Alive: 5",
    b"Why400-Id: forged", b"Set-Cookie: a=b", b"X: \xe9", b"X : a", b"X: a\r\n b",
]  # fmt: skip


@given(
    st.sampled_from([b"GET", b"HEAD"]),
    st.sampled_from([b"200 OK", b"204 None", b"304 Same", b"400 Bad", b"500"]),
    st.lists(st.sampled_from(REPLY_LINES), max_size=4),
    st.booleans(),
    st.lists(st.integers(0, 300), max_size=5),
)
def test_h11_agrees_on_replies_sent_on(method, status, lines, coded, marks):
    body = b"5\r\nhello\r\n0\r\n\r\n" if coded else b"hello"
    data = b"HTTP/1.1 " + status + b"\r\n" + b"".join(line + b"\r\n" for line in lines) + b"\r\n" + body
    reader = ReplyReader(method.decode())
    for piece in cut(data, marks):
        reader.feed(piece)
    reader.eof("the upstream closed its connection")
    if reader.head is None or not reader.ended:
        return
    chunked, close = reader.framing is CHUNKED, reader.framing.kind == "close"
    out = b"".join(reader.take())
    start = reply_bytes(reader.head, chunked=chunked, close=close, added=((b"Why400-Id", b"1"),))
    assert h11_client_reads(method, start + (chunk(out) + last_chunk() if chunked else out)) == (
        reader.head.status,
        out,
    )


def h11_client_reads(method, data):
    """The status and the body that h11 finds in a whole connection's `data`, which it has to use up."""
    connection = h11.Connection(h11.CLIENT)
    connection.send(h11.Request(method=method, target="/", headers=[("Host", "x")]))
    connection.send(h11.EndOfMessage())
    connection.receive_data(data)
    connection.receive_data(b"")
    status, body = 0, b""
    while not isinstance(event := connection.next_event(), h11.EndOfMessage):
        if isinstance(event, h11.Response):
            status = event.status_code
            assert [value for name, value in event.headers if name == b"why400-id"] == [b"1"]
        elif isinstance(event, h11.Data):
            body += bytes(event.data)
    assert connection.trailing_data[0] == b""
    return status, body


SMUGGLED = {
    "CL.TE": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
    "TE.CL": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n8\r\nSMUGGLED\r\n0\r\n\r\n",
    "TE.TE": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-encoding: x\r\n\r\n0\r\n\r\n",
    "CL.CL": b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 8\r\nContent-Length: 7\r\n\r\n12345\r\na",
    "a coding hidden by a blank": b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "a coding hidden in a fold": b"POST / HTTP/1.1\r\nHost: x\r\nX: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n",
    "a coding behind a bare LF": b"POST / HTTP/1.1\r\nHost: x\r\nX: y\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a coding behind a bare CR": b"POST / HTTP/1.1\r\nHost: x\r\nX: y\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a coding in HTTP/1.0": b"POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a head that ends for some at LF LF": b"GET / HTTP/1.1\r\nHost: x\n\nGET /admin HTTP/1.1\r\nHost: x\r\n\r\n",
    "a request line with two targets": b"GET /a HTTP/1.1 /b HTTP/1.1\r\nHost: x\r\n\r\n",
}


@pytest.mark.parametrize("data", SMUGGLED.values(), ids=SMUGGLED)
def test_classics_are_refused(data):
    accepted = or_refused(lambda: accept(data))
    assert isinstance(accepted[0], str), accepted


def test_framing_comes_from_the_framing_fields_alone():
    """What Connection, TE or Trailer say of them changes nothing."""
    for option in (b"Connection", b"TE", b"Trailer"):
        head = RequestHead(
            "POST", b"/", (1, 1), ((b"Host", b"x"), (option, b"Content-Length"), (b"Content-Length", b"5"))
        )
        assert accept(request_bytes(head, b"/", request_framing(head), host=None))[2] == Framing("length", 5)
