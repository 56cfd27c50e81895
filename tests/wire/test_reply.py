"""An upstream's replies: heads, pieces, the end and faults, the same under every split."""

import pytest

from why400 import limits
from why400.wire.reply import ReplyReader
from wire.bytes_in import every_split

OK = b"HTTP/1.1 200 OK\r\n"
FIVE = OK + b"Content-Length: 5\r\n\r\n"
CODED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
BAD, CUT, CLOSED = "upstream.bad-reply", "upstream.cut", "upstream.closed"

COMPLETE = {
    "9112-6.3 a length": ("GET", FIVE + b"hello", 200, b"hello", b""),
    "9112-6.3 no bytes": ("GET", OK + b"Content-Length: 0\r\n\r\n", 200, b"", b""),
    "9112-6.3 chunked": ("GET", CODED + b"5\r\nhello\r\n1;a\r\n!\r\n0\r\nA: b\r\n\r\n", 200, b"hello!", b""),
    "9112-4 no reason": ("GET", b"HTTP/1.1 404\r\nContent-Length: 2\r\n\r\nno", 404, b"no", b""),
    "9112-4 a status that nobody knows": ("GET", b"HTTP/1.1 799 ?\r\nContent-Length: 2\r\n\r\nno", 799, b"no", b""),
    "9112-4 bytes above 127 in the reason": (
        "GET",
        b"HTTP/1.1 200 caf\xe9\r\nContent-Length: 0\r\n\r\n",
        200,
        b"",
        b"",
    ),
    "9112-5.1 a blank before a colon is taken out": (
        "GET",
        OK + b"Content-Length \t: 5\r\n\r\nhello",
        200,
        b"hello",
        b"",
    ),
    "9112-5.2 a fold is a space": ("GET", OK + b"Content-Length:\r\n 5\r\n\r\nhello", 200, b"hello", b""),
    "9110-8.6 a length with zeros": (
        "GET",
        OK + b"Content-Length: " + b"0" * 900 + b"5\r\n\r\nhello",
        200,
        b"hello",
        b"",
    ),
    "9112-6.3 HEAD": ("HEAD", FIVE, 200, b"", b""),
    "9112-6.3 HEAD, chunked": ("HEAD", CODED, 200, b"", b""),
    "9112-6.3 304": ("GET", b"HTTP/1.1 304 Same\r\nContent-Length: 5\r\n\r\n", 304, b"", b""),
    "9112-6.3 204": ("GET", b"HTTP/1.1 204 None\r\n\r\n", 204, b"", b""),
    "9112-6.3 what is behind a reply answers nobody": (
        "GET",
        FIVE + b"helloHTTP/1.1 200",
        200,
        b"hello",
        b"HTTP/1.1 200",
    ),
    "9112-6.3 a body for HEAD is no body": ("HEAD", FIVE + b"hello", 200, b"", b"hello"),
    "9112-6.3 a body in a 204 is no body": ("GET", b"HTTP/1.1 204 None\r\n\r\n0\r\n\r\n", 204, b"", b"0\r\n\r\n"),
    "9112-6.3 what is behind the last chunk": ("GET", CODED + b"0\r\n\r\nHTTP", 200, b"", b"HTTP"),
    "9112-2.2 all lines end with LF alone": ("GET", FIVE.replace(b"\r", b"") + b"hello", 200, b"hello", b""),
    "9112-2.2 the first line ends with LF alone": ("GET", FIVE.replace(b"\r", b"", 1) + b"hello", 200, b"hello", b""),
    "9112-2.2 the empty line is LF alone": ("GET", FIVE[:-2] + b"\nhello", 200, b"hello", b""),
    "9112-2.2 only the empty line is whole": ("GET", FIVE[:-2].replace(b"\r", b"") + b"\r\nhello", 200, b"hello", b""),
    "9112-2.2 CR LF CR LF in a body behind LF alone": (
        "GET",
        FIVE.replace(b"\r", b"") + b"\r\n\r\n!",
        200,
        b"\r\n\r\n!",
        b"",
    ),
    "9112-2.2 LF alone, then chunks": (
        "GET",
        CODED.replace(b"\r", b"") + b"5\r\nhello\r\n0\r\n\r\n",
        200,
        b"hello",
        b"",
    ),
    "9110-15.2 interim replies come first": (
        "POST",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: a\r\n\r\n" + FIVE + b"hello",
        200,
        b"hello",
        b"",
    ),
}

FAULTS = {
    "9112-2.2 not HTTP": (b"SSH-2.0-OpenSSH_9.6\r\n", None, b"", "an HTTP/1 status line"),
    "9112-2.3 HTTP/2.0": (b"HTTP/2.0 200 OK\r\n\r\n", None, b"", "an HTTP/1 status line"),
    "8446-6 a TLS alert": (b"\x15\x03\x01\x00\x02\x02\x16", None, b"", "speaks TLS"),
    "9112-2.2 an empty line in front": (b"\r\n" + FIVE, None, b"", "an HTTP/1 status line"),
    "9112-4 no status": (b"HTTP/1.1 OK\r\n\r\n", None, b"", "an HTTP/1 status line"),
    "9112-4 a status of two digits": (b"HTTP/1.1 99 ?\r\n\r\n", None, b"", "an HTTP/1 status line"),
    "9110-15 a status below 100": (b"HTTP/1.1 099 ?\r\n\r\n", None, b"", "an HTTP/1 status line"),
    "9112-4 a control byte in the reason": (b"HTTP/1.1 200 O\x00K\r\n\r\n", None, b"", "an HTTP/1 status line"),
    "9112-2.2 LF alone in front of a fault": (b"HTTP/1.1 200 OK\nA b\n\n", None, b"", "no colon"),
    "9112-2.2 LF alone in a chunked body": (CODED + b"5\nhello\n", 200, b"", "size in hexadecimal"),
    "9112-2.2 a blank before the first field": (OK + b" A: b\r\n\r\n", None, b"", "folded"),
    "9112-5.2 two lengths, one in a fold": (OK + b"Content-Length: 5\r\n 6\r\n\r\n", None, b"", "numeric"),
    "9110-5.5 a NUL in a value": (OK + b"A: \x00\r\n\r\n", None, b"", "control byte 0x00"),
    "9112-6.3 two lengths": (OK + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\n", None, b"", "Content-Length"),
    "9112-6.3 both framings": (
        OK + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        None,
        b"",
        "two readings",
    ),
    "9112-7.1 a bad chunk, late": (CODED + b"5\r\nhello\r\nZZ\r\n", 200, b"hello", "size in hexadecimal"),
    "9112-7.1 a bad final reply behind an interim one": (
        b"HTTP/1.1 100 Go\r\n\r\nBAD\r\n\r\n",
        None,
        b"",
        "status line",
    ),
}

ENDS = {
    "9112-6.3 to the close": (OK + b"\r\nhello", b"hello", None),
    "9112-6.3 to the close, nothing came": (OK + b"\r\n", b"", None),
    "9112-8 a length, cut": (FIVE + b"hell", b"hell", CUT),
    "9112-8 chunks, cut": (CODED + b"5\r\nhello\r\n", b"hello", CUT),
    "9112-8 chunks, cut in the end": (CODED + b"0\r\n\r", b"", CUT),
    "9112-8 cut in the head": (b"HTTP/1.1 200", b"", CUT),
    "9112-8 nothing came": (b"", b"", CLOSED),
    "9112-8 only an interim reply came": (b"HTTP/1.1 100 Go\r\n\r\n", b"", CLOSED),
}


def read(method, pieces):
    reader = ReplyReader(method)
    for piece in pieces:
        reader.feed(piece)
    return reader


@pytest.mark.parametrize(("method", "data", "status", "body", "surplus"), COMPLETE.values(), ids=COMPLETE)
def test_complete(method, data, status, body, surplus):
    for pieces in every_split(data):
        reader = read(method, pieces)
        assert reader.head is not None
        assert (reader.head.status, b"".join(reader.take()), reader.ended) == (status, body, True)
        assert (reader.surplus, reader.fault) == (surplus, None)


@pytest.mark.parametrize(("data", "status", "body", "words"), FAULTS.values(), ids=FAULTS)
def test_faults(data, status, body, words):
    """Our status for what the upstream did wrong is 502, and what was good before it is not lost."""
    for pieces in every_split(data + b"ignored"):
        reader = read("GET", pieces)
        assert reader.fault is not None
        assert (reader.fault.cause, reader.fault.status) == (BAD, 502)
        assert words in reader.fault.detail
        assert (reader.head and reader.head.status, b"".join(reader.take()), reader.ended) == (status, body, False)


INTERIM = b"HTTP/1.1 100 Go\r\n\r\n"
MOST = limits.MAX_HEAD // len(INTERIM)


@pytest.mark.parametrize(
    ("count", "words"), [(MOST, None), (MOST + 1, "interim replies (1xx)")], ids=["the most", "one more"]
)
def test_interim_replies_have_an_end(count: int, words: str | None) -> None:
    for pieces in ([INTERIM * count, FIVE], [INTERIM] * count + [FIVE]):
        reader = read("GET", pieces)
        assert (reader.head is None) == (reader.fault is not None) == (words is not None)
        assert words is None or (reader.fault is not None and words in reader.fault.detail)


@pytest.mark.parametrize(("data", "body", "cause"), ENDS.values(), ids=ENDS)
def test_end_of_the_connection(data, body, cause):
    for pieces in every_split(data):
        reader = read("GET", pieces)
        reader.eof("the upstream closed its connection")
        assert (reader.ended, reader.fault and reader.fault.cause) == (cause is None, cause)
        assert b"".join(reader.take()) == body


def test_interim_heads_wait_apart():
    for pieces in every_split(b"HTTP/1.1 100 Go\r\n\r\nHTTP/1.1 103 Early\r\nLink: a\r\n\r\n" + FIVE):
        reader = read("POST", pieces)
        assert [head.status for head in reader.interim] == [100, 103]
        assert reader.interim[1].fields == ((b"Link", b"a"),)


def test_behind_a_switch_of_protocols_all_is_of_the_other_protocol():
    for pieces in every_split(b"HTTP/1.1 101 Switch\r\nUpgrade: websocket\r\n\r\n\x81\x05hello\r\n\r\n"):
        reader = read("GET", pieces)
        reader.eof("the upstream closed its connection")
        assert (reader.switched, reader.head, reader.fault) == (True, None, None)
        assert reader.surplus == b"\x81\x05hello\r\n\r\n"


def test_an_end_after_the_end_is_no_fault():
    reader = read("GET", [FIVE + b"hello"])
    reader.eof("the upstream reset its connection")
    assert (reader.ended, reader.fault) == (True, None)


def test_trailer_fields():
    for pieces in every_split(CODED + b"0\r\nA: b\r\n\r\n"):
        assert read("GET", pieces).trailers == ((b"A", b"b"),)


def test_a_look_leaves_the_pieces_where_they_are():
    reader = read("GET", [FIVE + b"he", b"ll"])
    assert (reader.peek(), reader.waiting) == (b"hell", 4)
    assert (b"".join(reader.take()), reader.waiting, reader.peek()) == (b"hell", 0, b"")


@pytest.mark.parametrize("size", [limits.MAX_HEAD * 2, 4000])
@pytest.mark.parametrize(
    "data", [OK + b"A: b\r\n" * limits.MAX_HEAD, b"HTTP/1.1 200 " + b"a" * limits.MAX_HEAD], ids=["fields", "reason"]
)
def test_a_head_without_end(data, size):
    reader = read("GET", [data[at : at + size] for at in range(0, len(data), size)])
    assert reader.fault is not None
    assert "larger than" in reader.fault.detail
