"""Heads as they are sent on: what is taken off, what can never be taken off, and nothing else changed."""

import pytest

from why400.exchange import ReplyHead, RequestHead
from why400.wire.fields import (
    end_to_end,
    keeps_open,
    reply_bytes,
    request_bytes,
    trailers_to_send,
    upgrade_wanted,
)
from why400.wire.framing import CHUNKED, NO_BODY, Framing

HOST, LENGTH, CODING = (b"Host", b"x"), (b"Content-Length", b"5"), (b"Transfer-Encoding", b"chunked")
COOKIE, PLAIN = (b"Cookie", b"a=b"), (b"X-Plain", b"1")


def asked(*fields, version=(1, 1)):
    return RequestHead("POST", b"/", version, fields)


def head(*fields):
    return RequestHead("POST", b"/", (1, 1), fields)


TAKEN_OFF = {
    "9110-7.6.1 Connection": [(b"Connection", b"keep-alive")],
    "9110-7.6.1 what Connection names": [
        (b"Connection", b"close, X-Hop ,,\tX-HIP"),
        (b"x-hop", b"1"),
        (b"X-Hip", b"2"),
    ],
    "9110-7.6.1 what a second Connection names": [(b"Connection", b""), (b"connection", b"X-Hop"), (b"X-Hop", b"1")],
    "9110-7.6.1 fields of one hop that Connection does not name": [
        (b"Keep-Alive", b"timeout=5"),
        (b"Proxy-Connection", b"close"),
        (b"TE", b"trailers"),
        (b"Upgrade", b"h2c"),
        (b"HTTP2-Settings", b"AAMAAABkAAQAAP__"),
    ],
    "9110-10.1.1 Expect, which we have answered": [(b"Expect", b"100-continue")],
    "9110-11.7.2 Proxy-Authorization": [(b"Proxy-Authorization", b"Basic eDp5")],
}


@pytest.mark.parametrize("hop", TAKEN_OFF.values(), ids=TAKEN_OFF)
def test_taken_off(hop):
    assert end_to_end(asked(HOST, *hop, PLAIN, COOKIE, PLAIN), chunked=False) == [HOST, PLAIN, COOKIE, PLAIN]


@pytest.mark.parametrize(
    "field",
    [HOST, LENGTH, COOKIE, (b"Content-Type", b"image/png"), (b"Content-Encoding", b"gzip"),
     (b"Authorization", b"Bearer x"), (b"X-Forwarded-For", b"10.0.0.1"), (b"Forwarded", b"for=10.0.0.1")],
    ids=lambda field: field[0].decode(),
)  # fmt: skip
def test_connection_cannot_take_off(field):
    """A client that names these in Connection would change where the message ends, goes, or whose it is."""
    assert end_to_end(asked((b"Connection", field[0]), field), chunked=False) == [field]


CODINGS = {
    "it stays where the body goes on chunked": ([CODING, PLAIN], True, [CODING, PLAIN]),
    "Connection cannot take it off": ([(b"Connection", b"Transfer-Encoding"), CODING], True, [CODING]),
    "its value is spelled as all servers read it": (
        [(b"TRANSFER-encoding", b"cHUNKED")],
        True,
        [(b"TRANSFER-encoding", b"chunked")],
    ),
    "the other fields of one hop go all the same": (
        [(b"TE", b"trailers"), CODING, (b"Connection", b"X"), (b"X", b"1")],
        True,
        [CODING],
    ),
    "it goes where the body does not go on chunked": ([CODING, PLAIN], False, [PLAIN]),
}


@pytest.mark.parametrize(("fields", "chunked", "wanted"), CODINGS.values(), ids=CODINGS)
def test_transfer_encoding(fields, chunked, wanted):
    assert end_to_end(asked(*fields), chunked=chunked) == wanted


REQUESTS = {
    "9110-7.7 target, order, case and bytes above 127 stay": (
        RequestHead("get", b"/a%2f?b", (1, 1), ((b"host", b"x"), (b"A", b"\xe9"), (b"a", b""))),
        NO_BODY,
        {},
        b"get /a%2f?b HTTP/1.1\r\nhost: x\r\nA: \xe9\r\na: \r\n\r\n",
    ),
    "9112-2.3 our own version is said": (
        RequestHead("GET", b"/", (1, 0), (HOST,)),
        NO_BODY,
        {},
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    ),
    "9112-3.2 a Host for a client of HTTP/1.0": (
        RequestHead("GET", b"/", (1, 0), (PLAIN,)),
        NO_BODY,
        {"host": b"model:5000"},
        b"GET / HTTP/1.1\r\nHost: model:5000\r\nX-Plain: 1\r\n\r\n",
    ),
    "9112-3.2.2 the authority of an absolute form replaces Host in its place": (
        RequestHead("GET", b"http://h/", (1, 1), (PLAIN, (b"hOST", b"x"))),
        NO_BODY,
        {"host": b"h"},
        b"GET / HTTP/1.1\r\nX-Plain: 1\r\nhOST: h\r\n\r\n",
    ),
    "9112-6.2 a length": (
        RequestHead("POST", b"/", (1, 1), (HOST, LENGTH)),
        Framing("length", 5),
        {},
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n",
    ),
    "9112-6.1 chunked": (
        RequestHead("POST", b"/", (1, 1), (HOST, (b"Transfer-Encoding", b"Chunked"))),
        CHUNKED,
        {},
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
    ),
    "9110-7.8 an upgrade is asked for by us": (
        RequestHead("GET", b"/", (1, 1), ((b"Connection", b"upgrade"), (b"Upgrade", b"websocket"), HOST)),
        NO_BODY,
        {"upgrade": b"websocket"},
        b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    ),
}


@pytest.mark.parametrize(("head", "framing", "more", "wanted"), REQUESTS.values(), ids=REQUESTS)
def test_request(head, framing, more, wanted):
    assert (
        request_bytes(head, b"/" if head.target.startswith(b"http") else head.target, framing, **{"host": None, **more})
        == wanted
    )


REPLIES = {
    "9112-4 status and reason stay": (
        ReplyHead(299, b"caf\xe9 ", (1, 1), (PLAIN,)),
        {},
        b"HTTP/1.1 299 caf\xe9 \r\nX-Plain: 1\r\n\r\n",
    ),
    "9112-4 no reason": (ReplyHead(200, b"", (1, 1), ()), {}, b"HTTP/1.1 200 \r\n\r\n"),
    "9112-2.3 our own version is said": (ReplyHead(200, b"OK", (1, 0), ()), {}, b"HTTP/1.1 200 OK\r\n\r\n"),
    "fields of our name are ours": (
        ReplyHead(400, b"Bad", (1, 1), ((b"why400-ID", b"forged"), PLAIN)),
        {"added": [(b"Why400-Id", b"1")]},
        b"HTTP/1.1 400 Bad\r\nX-Plain: 1\r\nWhy400-Id: 1\r\n\r\n",
    ),
    "9112-9.6 the last reply of a connection says so": (
        ReplyHead(200, b"OK", (1, 1), ((b"Connection", b"keep-alive"),)),
        {"close": True},
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n",
    ),
    "9112-9.3 the upstream's close is not the client's": (
        ReplyHead(200, b"OK", (1, 1), ((b"Connection", b"close"), LENGTH)),
        {},
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
    ),
    "9112-6.1 chunked goes on": (
        ReplyHead(200, b"OK", (1, 1), (CODING,)),
        {"chunked": True},
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ),
    "9112-6.1 chunked is taken off for HTTP/1.0": (
        ReplyHead(200, b"OK", (1, 1), (CODING,)),
        {},
        b"HTTP/1.1 200 OK\r\n\r\n",
    ),
    "9112-6.3 a length said twice is said once": (
        ReplyHead(200, b"OK", (1, 1), (LENGTH, PLAIN, LENGTH)),
        {},
        b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Plain: 1\r\n\r\n",
    ),
    "9110-8.6 no length in a 204": (
        ReplyHead(204, b"No", (1, 1), (LENGTH, PLAIN)),
        {},
        b"HTTP/1.1 204 No\r\nX-Plain: 1\r\n\r\n",
    ),
    "9110-8.6 the length of a 304 stays": (
        ReplyHead(304, b"No", (1, 1), (LENGTH,)),
        {},
        b"HTTP/1.1 304 No\r\nContent-Length: 5\r\n\r\n",
    ),
    "9110-5.3 each cookie is set by itself": (
        ReplyHead(200, b"OK", (1, 1), ((b"Set-Cookie", b"a=b"), (b"Set-Cookie", b"c=d"))),
        {},
        b"HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n",
    ),
}


@pytest.mark.parametrize(("head", "how", "wanted"), REPLIES.values(), ids=REPLIES)
def test_reply(head, how, wanted):
    assert reply_bytes(head, **{"chunked": False, "close": False, "added": (), **how}) == wanted


TRAILERS = {
    "a checksum": ((b"Content-MD5", b"x"), True),
    "9110-6.5.1 framing": ((b"Content-Length", b"5"), False),
    "9110-6.5.1 framing, in another case": ((b"TRANSFER-ENCODING", b"chunked"), False),
    "9110-6.5.1 routing": ((b"Host", b"x"), False),
    "9110-6.5.1 authentication": ((b"Authorization", b"Bearer x"), False),
    "9110-6.5.1 how to read the content": ((b"Content-Type", b"image/png"), False),
    "9110-7.6.1 of one hop": ((b"Connection", b"close"), False),
    "of our name": ((b"Why400-Cause", b"forged"), False),
}


@pytest.mark.parametrize(("field", "sent"), TRAILERS.values(), ids=TRAILERS)
def test_trailers(field, sent):
    assert trailers_to_send((field, (b"A", b"b"))) == (((field,) if sent else ()) + ((b"A", b"b"),))


KEPT = {
    "9112-9.3 HTTP/1.1": ((1, 1), (), True),
    "9112-9.3 keep-alive": ((1, 1), ((b"Connection", b"Keep-Alive"),), True),
    "9112-9.6 close": ((1, 1), ((b"Connection", b"TE, CLOSE"),), False),
    "9112-9.6 close in a second field": ((1, 1), ((b"Connection", b"TE"), (b"connection", b"close")), False),
    "9112-9.3 HTTP/1.0": ((1, 0), (), False),
    "9112-9.3 a proxy keeps none of HTTP/1.0": ((1, 0), ((b"Connection", b"keep-alive"),), False),
}


@pytest.mark.parametrize(("version", "fields", "kept"), KEPT.values(), ids=KEPT)
def test_keeps_open(version, fields, kept):
    assert keeps_open(asked(*fields, version=version)) is kept


UPGRADES = {
    "9110-7.8 a WebSocket": ((1, 1), b"Upgrade", b"websocket", b"websocket"),
    "9110-7.8 beside keep-alive": ((1, 1), b"keep-alive, upgrade", b"websocket", b"websocket"),
    "9110-7.8 not said in Connection": ((1, 1), b"keep-alive", b"websocket", None),
    "9110-7.8 HTTP/1.0": ((1, 0), b"Upgrade", b"websocket", None),
    "9113-11.1 h2c, as curl --http2 sends it": ((1, 1), b"Upgrade, HTTP2-Settings", b"h2c", None),
    "9113-11.1 h2c second in a list": ((1, 1), b"Upgrade", b"websocket, H2C", None),
    "9110-7.8 nothing": ((1, 1), b"Upgrade", b"", None),
}


@pytest.mark.parametrize(("version", "connection", "protocol", "wanted"), UPGRADES.values(), ids=UPGRADES)
def test_upgrade(version, connection, protocol, wanted):
    assert (
        upgrade_wanted(RequestHead("GET", b"/", version, ((b"Connection", connection), (b"Upgrade", protocol))))
        == wanted
    )
