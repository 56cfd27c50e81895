"""How long a body is, and the chunked coding: every way to say it twice is a way to smuggle."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400 import limits
from why400.exchange import ReplyHead, RequestHead
from why400.wire.framing import (
    CHUNKED,
    NO_BODY,
    TO_CLOSE,
    ChunkedReader,
    Framing,
    chunk,
    last_chunk,
    reply_framing,
    request_framing,
)
from wire.bytes_in import cut, every_split, or_refused

CL, TE = b"Content-Length", b"Transfer-Encoding"
BAD, UNKNOWN = ("http.framing", 400), ("http.framing", 501)

REQUESTS = {
    "9112-6.3 neither": ((1, 1), [], NO_BODY),
    "9112-6.2 a length": ((1, 1), [(CL, b"5")], Framing("length", 5)),
    "9112-6.2 a length in HTTP/1.0": ((1, 0), [(CL, b"5")], Framing("length", 5)),
    "9112-6.2 no bytes": ((1, 1), [(CL, b"0")], NO_BODY),
    "9110-5.1 names in any case": ((1, 1), [(b"cOnTeNt-lEnGtH", b"5")], Framing("length", 5)),
    "9110-8.6 zeros in front are decimal": ((1, 1), [(CL, b"010")], Framing("length", 10)),
    "9112-6.1 chunked": ((1, 1), [(TE, b"chunked")], CHUNKED),
    "9112-7 coding names in any case": ((1, 1), [(TE, b"CHUNKED")], CHUNKED),
    "9110-5.1 a low line makes it another field": ((1, 1), [(b"Content_Length", b"5")], NO_BODY),
    "9112-6.3 CL.TE": ((1, 1), [(CL, b"5"), (TE, b"chunked")], BAD),
    "9112-6.3 TE.CL": ((1, 1), [(TE, b"chunked"), (CL, b"5")], BAD),
    "9112-6.3 a length beside an unknown coding": ((1, 1), [(TE, b"xchunked"), (CL, b"5")], BAD),
    "9112-6.3 two lengths that differ": ((1, 1), [(CL, b"5"), (CL, b"6")], BAD),
    "9112-6.3 two lengths that agree": ((1, 1), [(CL, b"5"), (b"content-length", b"5")], BAD),
    "9112-6.3 a list of lengths": ((1, 1), [(CL, b"5, 5")], BAD),
    "9110-8.6 a sign": ((1, 1), [(CL, b"+5")], BAD),
    "9110-8.6 below zero": ((1, 1), [(CL, b"-5")], BAD),
    "9110-8.6 empty": ((1, 1), [(CL, b"")], BAD),
    "9110-8.6 hexadecimal": ((1, 1), [(CL, b"0x5")], BAD),
    "9110-8.6 a fraction": ((1, 1), [(CL, b"5.0")], BAD),
    "9110-8.6 digits apart": ((1, 1), [(CL, b"5 5")], BAD),
    "9110-8.6 digits with a low line, which int() reads": ((1, 1), [(CL, b"1_0")], BAD),
    "9110-8.6 digits that are not ASCII": ((1, 1), [(CL, "٥".encode())], BAD),
    "9110-8.6 more than 64 bits": ((1, 1), [(CL, b"18446744073709551621")], BAD),
    "9112-6.1 chunked in HTTP/1.0": ((1, 0), [(TE, b"chunked")], BAD),
    "9112-6.1 gzip, then chunked": ((1, 1), [(TE, b"gzip, chunked")], UNKNOWN),
    "9112-6.1 the same in two fields": ((1, 1), [(TE, b"gzip"), (TE, b"chunked")], UNKNOWN),
    "TE.TE identity, then chunked": ((1, 1), [(TE, b"identity"), (TE, b"chunked")], UNKNOWN),
    "9112-6.3 chunked is not last": ((1, 1), [(TE, b"chunked, gzip")], BAD),
    "9112-6.1 chunked twice": ((1, 1), [(TE, b"chunked, chunked")], BAD),
    "9112-6.1 chunked in two fields": ((1, 1), [(TE, b"chunked"), (TE, b"chunked")], BAD),
    "TE.TE nearly chunked": ((1, 1), [(TE, b"xchunked")], BAD),
    "TE.TE chunked with a parameter": ((1, 1), [(TE, b"chunked;q=1")], BAD),
    "TE.TE chunked in quotes": ((1, 1), [(TE, b'"chunked"')], BAD),
    "TE.TE chunked and an empty element": ((1, 1), [(TE, b"chunked,")], BAD),
    "TE.TE an empty element and chunked": ((1, 1), [(TE, b",chunked")], BAD),
    "TE.TE an empty field and chunked": ((1, 1), [(TE, b""), (TE, b"chunked")], BAD),
    "TE.TE empty": ((1, 1), [(TE, b"")], BAD),
    "TE.TE identity": ((1, 1), [(TE, b"identity")], BAD),
    "TE.TE a no-break space": ((1, 1), [(TE, b"\xa0chunked")], BAD),
}

BAD_REPLY = ("upstream.bad-reply", 502)

REPLIES = {
    "9112-6.3 a length": ("GET", 200, [(CL, b"5")], Framing("length", 5)),
    "9112-6.3 no bytes": ("GET", 200, [(CL, b"0")], NO_BODY),
    "9112-6.3 chunked": ("GET", 200, [(TE, b"Chunked")], CHUNKED),
    "9112-6.3 neither: to the close": ("GET", 200, [], TO_CLOSE),
    "9112-6.3 a refusal has a body too": ("POST", 400, [(CL, b"5")], Framing("length", 5)),
    "9112-6.3 HEAD": ("HEAD", 200, [(CL, b"5")], NO_BODY),
    "9112-6.3 HEAD, chunked": ("HEAD", 200, [(TE, b"chunked")], NO_BODY),
    "9112-6.3 204": ("GET", 204, [], NO_BODY),
    "9112-6.3 204 with a length": ("GET", 204, [(CL, b"5")], NO_BODY),
    "9112-6.3 304 with a length": ("GET", 304, [(CL, b"5")], NO_BODY),
    "9110-9.1 head is not HEAD": ("head", 200, [(CL, b"5")], Framing("length", 5)),
    "9112-6.3 lengths that agree are one": ("GET", 200, [(CL, b"5"), (CL, b"5")], Framing("length", 5)),
    "9112-6.3 lengths that differ": ("GET", 200, [(CL, b"5"), (CL, b"6")], BAD_REPLY),
    "9112-6.3 a length that is no number": ("GET", 200, [(CL, b"five")], BAD_REPLY),
    "9112-6.3 both": ("GET", 200, [(CL, b"5"), (TE, b"chunked")], BAD_REPLY),
    "9112-6.1 gzip, then chunked": ("GET", 200, [(TE, b"gzip, chunked")], BAD_REPLY),
    "9112-6.1 chunked in two fields": ("GET", 200, [(TE, b"chunked"), (TE, b"chunked")], BAD_REPLY),
}


@pytest.mark.parametrize(("version", "fields", "wanted"), REQUESTS.values(), ids=REQUESTS)
def test_request(version, fields, wanted):
    got = or_refused(lambda: request_framing(RequestHead("POST", b"/", version, tuple(fields))))
    assert (got if isinstance(got, Framing) else got[:2]) == wanted


@pytest.mark.parametrize(("method", "status", "fields", "wanted"), REPLIES.values(), ids=REPLIES)
def test_reply(method, status, fields, wanted):
    got = or_refused(lambda: reply_framing(ReplyHead(status, b"", (1, 1), tuple(fields)), method))
    assert (got if isinstance(got, Framing) else got[:2]) == wanted


NEXT = b"GET /next HTTP/1.1\r\n\r\n"

CHUNKS = {
    "9112-7.1 nothing": (b"0\r\n\r\n", b"", ()),
    "9112-7.1 one chunk": (b"5\r\nhello\r\n0\r\n\r\n", b"hello", ()),
    "9112-7.1 two chunks": (b"5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", b"hello!", ()),
    "9112-7.1 sizes in any case": (b"a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n", b"0123456789" * 2, ()),
    "9112-7.1 a run of tiny chunks": (
        b"1\r\n1\r\n02\r\n\r\n\r\n3\r\n\r\n0\r\nB\r\n0123456789a\r\n0\r\n\r\n",
        b"1\r\n\r\n00123456789a",
        (),
    ),
    "9112-7.1 tiny chunks among others": (
        b"1\r\na\r\n10\r\n0123456789abcdef\r\n1\r\nb\r\n1;x\r\nc\r\n1\r\nd\r\n0\r\n\r\n",
        b"a0123456789abcdefbcd",
        (),
    ),
    "9112-7.1 many zeros in front": (b"0" * 40 + b"5\r\nhello\r\n" + b"0" * 40 + b"\r\n\r\n", b"hello", ()),
    "9112-7.1 zeros in front": (b"0005\r\nhello\r\n000\r\n\r\n", b"hello", ()),
    "9112-7.1 data that looks like coding": (b"7\r\n\r\n0\r\n\r\n\r\n0\r\n\r\n", b"\r\n0\r\n\r\n", ()),
    "9112-7.1.1 extensions are dropped": (b'5;a=b;c="d;e"\r\nhello\r\n0;last\r\n\r\n', b"hello", ()),
    "9112-7.1.1 blanks before an extension": (b"5 \t;a\r\nhello\r\n0\r\n\r\n", b"hello", ()),
    "9112-7.1.2 trailer fields": (b"0\r\nA: b\r\nC:d \r\n\r\n", b"", ((b"A", b"b"), (b"C", b"d"))),
}

SIZE = "does not start with its size"
WRONG = "is not followed by CR LF: its size is wrong"

BROKEN = {
    "9112-7.1 no size": (b"\r\nhello", b"", SIZE),
    "9112-7.1 not hexadecimal": (b"5\r\nhello\r\nxyz\r\n", b"hello", SIZE),
    "9112-7.1 0x": (b"0x5\r\nhello\r\n", b"", SIZE),
    "9112-7.1 a sign": (b"+5\r\nhello\r\n", b"", SIZE),
    "9112-7.1 a blank in front": (b" 5\r\nhello\r\n", b"", SIZE),
    "9112-7.1 a blank behind": (b"5 \r\nhello\r\n", b"", SIZE),
    "9112-7.1 a low line": (b"1_0\r\nhello\r\n", b"", SIZE),
    "9112-7.1 a fraction": (b"5.\r\nhello\r\n", b"", SIZE),
    "9112-7.1 overflow of 64 bits": (b"10000000000000005\r\nhello\r\n", b"", SIZE),
    "9112-7.1 overflow behind zeros": (b"00000010000000000000005\r\nhello\r\n", b"", SIZE),
    "9112-2.2 a size line that ends with LF alone": (b"5\nhello\r\n", b"", SIZE),
    "9112-2.2 a CR in a size line": (b"5\r;\r\nhello\r\n", b"", SIZE),
    "TERM.EXT an extension that ends with LF alone": (b"5;a\nhello\r\n", b"", SIZE),
    "EXT.TERM an extension with a CR": (b"5;a\rb\r\nhello\r\n", b"", SIZE),
    "9112-7.1.1 an extension with a NUL": (b"5;a\x00\r\nhello\r\n", b"", SIZE),
    "9112-7.1.1 an extension without a name": (b"5;\r\nhello\r\n", b"", SIZE),
    "9112-7.1.1 an extension with an equals sign and no value": (b"5;a=\r\nhello\r\n", b"", SIZE),
    "9112-7.1.1 an extension of two words": (b"5;a b\r\nhello\r\n", b"", SIZE),
    "9112-7.1.1 an extension's quotes that nobody closes": (b'5;a="\r\nhello\r\n0\r\n\r\n"\r\n', b"", SIZE),
    "9112-7.1 a tiny chunk longer than its size, in a run": (
        b"1\r\na\r\n1\r\nb\r\n1\r\ncc\r\n1\r\nd\r\n",
        b"abc",
        WRONG,
    ),
    "9112-7.1 data longer than its size": (b"5\r\nhello!\r\n", b"hello", WRONG),
    "SPILL.TERM two other bytes behind the data": (b"5\r\nhelloXX0\r\n\r\n", b"hello", WRONG),
    "9112-2.2 data followed by LF alone": (b"5\r\nhello\n0\r\n\r\n", b"hello", WRONG),
    "ONE.TWO data followed by CR CR": (b"5\r\nhello\r\r0\r\n\r\n", b"hello", WRONG),
    "9112-2.2 the end with LF alone": (b"0\r\n\n", b"", "LF alone"),
    "9112-2.2 a trailer field that ends with LF alone": (b"0\r\nA: b\n\r\n", b"", "LF alone"),
    "9112-5.1 a trailer field with a space before its colon": (b"0\r\nA : b\r\n\r\n", b"", "a space before its colon"),
    "9112-5.2 a folded trailer field": (b"0\r\nA: b\r\n c\r\n\r\n", b"", "folded"),
    "9112-5.1 the same, and the section goes on": (b"0\r\nA : b\r\n", b"", "a space before its colon"),
    "9112-2.2 a trailer field with a CR, and the section goes on": (b"0\r\nA: b\rc", b"", "(CR) that no LF follows"),
    "a request where trailer fields belong": (b"0\r\nGET / HTTP/1.1\r\n\r\n", b"", "no colon"),
}

LONG = b"a" * limits.MAX_FIELD

LENGTHY = {
    "the longest size line": (b"5;" + LONG[:4092] + b"\r\nhello\r\n0\r\n\r\n", None),
    "a longer size line": (b"5;" + LONG[:4093] + b"\r\nhello\r\n0\r\n\r\n", "size line is longer"),
    "a size line without end": (b"5;" + LONG, "size line is longer"),
    "many extensions": ((b"1;" + LONG[:4000] + b"\r\n!\r\n") * 5, "extensions are longer than 16384"),
    "the longest trailer section": (b"0\r\nA:" + LONG[: limits.MAX_FIELD - 6] + b"\r\n\r\n", None),
    "a longer trailer section": (b"0\r\nA:" + LONG[: limits.MAX_FIELD - 5] + b"\r\n\r\n", "trailer section is longer"),
    "a trailer section without end": (b"0\r\nA:" + LONG * 2, "trailer section is longer"),
}


def unchunked(pieces):
    """All that a reader gives: the data, and its state in the end."""
    reader = ChunkedReader("http.framing", 400)
    data = b"".join([reader.feed(piece) for piece in pieces if not reader.ended])
    return data, reader


@pytest.mark.parametrize(("coded", "data", "trailers"), CHUNKS.values(), ids=CHUNKS)
def test_chunks(coded, data, trailers):
    for pieces in every_split(coded):
        got, reader = unchunked(pieces)
        assert (got, reader.ended, reader.trailers, reader.fault, reader.rest) == (data, True, trailers, None, b"")


@pytest.mark.parametrize(("coded", "data", "trailers"), CHUNKS.values(), ids=CHUNKS)
def test_what_follows_a_chunked_body_is_not_of_it(coded, data, trailers):
    got, reader = unchunked([coded + NEXT])
    assert (got, reader.trailers, reader.rest) == (data, trailers, NEXT)


@pytest.mark.parametrize("coded", [coded for coded, _, _ in CHUNKS.values()], ids=CHUNKS)
def test_a_chunked_body_cut_short_never_ends(coded):
    for end in range(len(coded)):
        _, reader = unchunked([coded[:end]])
        assert (reader.ended, reader.fault) == (False, None)


@pytest.mark.parametrize(("coded", "data", "words"), BROKEN.values(), ids=BROKEN)
def test_broken_chunks(coded, data, words):
    """The good bytes before the fault are given, and the fault has the same words, however it is split."""
    for pieces in every_split(coded + b"ignored"):
        got, reader = unchunked(pieces)
        assert (got, reader.ended, reader.trailers) == (data, False, ())
        assert reader.fault is not None
        assert (reader.fault.cause, reader.fault.status) == BAD
        assert words in reader.fault.detail


PADDED = {
    "blanks behind the size": b"5  \r\nhello\r\n0 \r\n\r\n",
    "an extension without a name": b"5;\r\nhello\r\n0;\r\n\r\n",
    "an extension of two words": b"5 ;a b\r\nhello\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("coded", PADDED.values(), ids=PADDED)
def test_what_old_servers_write_behind_a_size_is_read_over_in_replies(coded):
    for pieces in every_split(coded):
        reader = ChunkedReader("upstream.bad-reply", 502, lax=True)
        assert b"".join(map(reader.feed, pieces)) == b"hello"
        assert (reader.ended, reader.fault) == (True, None)


@pytest.mark.parametrize(("coded", "words"), LENGTHY.values(), ids=LENGTHY)
@pytest.mark.parametrize("size", [limits.MAX_FIELD * 4, 4000, 997])
def test_chunk_limits(coded, words, size):
    _, reader = unchunked([coded[at : at + size] for at in range(0, len(coded), size)])
    assert reader.ended is (words is None)
    assert (words or "") in str(reader.fault)


@pytest.mark.parametrize("size", [1, 2, 15])
def test_a_packet_full_of_tiny_chunks_keeps_nobody_waiting(size):
    """One by one, those of a byte took 13 ms."""
    packet = (chunk(b"x" * size) * limits.PIECE)[: limits.PIECE]
    assert min(cpu_seconds(packet) for _ in range(5)) < 0.007


def cpu_seconds(packet):
    reader, began = ChunkedReader("http.framing", 400), time.process_time()
    reader.feed(packet)
    return time.process_time() - began


@given(st.lists(st.binary(max_size=40)), st.lists(st.integers(0, 2000)), st.binary(max_size=9))
def test_chunks_round_trip(pieces, marks, behind):
    coded = b"".join(map(chunk, pieces)) + last_chunk(((b"A", b"b"),)) + behind
    reader = ChunkedReader("http.framing", 400)
    got, rest = b"", b""
    for piece in cut(coded, marks):
        if reader.ended:
            rest += piece
        else:
            got += reader.feed(piece)
    assert (got, reader.ended, reader.trailers) == (b"".join(pieces), True, ((b"A", b"b"),))
    assert reader.rest + rest == behind


@given(st.lists(st.sampled_from([b"0", b"1", b"a", b";", b" ", b"\r\n", b"\r", b"\n", b":", b"\x00", b"\xff"])))
def test_any_bytes_are_the_same_under_any_split(parts):
    coded = b"".join(parts)
    whole, one = unchunked([coded])
    apart, many = unchunked([coded[at : at + 1] for at in range(len(coded))])
    assert (whole, one.ended, one.trailers, str(one.fault)) == (apart, many.ended, many.trailers, str(many.fault))


@pytest.mark.parametrize(
    "piece", [b"hello", bytearray(b"hello"), memoryview(b"hello")], ids=lambda piece: type(piece).__name__
)
def test_chunk_of_any_buffer(piece):
    assert chunk(piece) == b"5\r\nhello\r\n"


def test_an_empty_chunk_would_end_the_body():
    assert chunk(b"") == b""
