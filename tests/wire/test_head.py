"""Request heads: what is read, what is refused and with which words, whatever pieces the bytes come in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400 import limits
from why400.exchange import RequestHead
from why400.wire.head import TargetForm, check_host, read_reply, read_target
from wire.bytes_in import cut, every_split, or_refused, receive_head

GET = b"GET / HTTP/1.1\r\n"
X = b"Host: x\r\n"

READ = {
    "9112-3 a request line, no fields": (b"GET / HTTP/1.1\r\n\r\n", RequestHead("GET", b"/", (1, 1), ())),
    "9112-2.3 HTTP/1.0": (b"GET / HTTP/1.0\r\n\r\n", RequestHead("GET", b"/", (1, 0), ())),
    "9112-2.3 a higher minor version is read as 1.1": (b"GET / HTTP/1.2\r\n\r\n", RequestHead("GET", b"/", (1, 1), ())),
    "9110-9.1 a method is any token": (b"m-Search#1 / HTTP/1.1\r\n\r\n", RequestHead("m-Search#1", b"/", (1, 1), ())),
    "9110-9.1 a method in small letters is another method": (
        b"get / HTTP/1.1\r\n\r\n",
        RequestHead("get", b"/", (1, 1), ()),
    ),
    "9112-3.2 a target is kept byte for byte": (
        b'GET /a/../b%2f%zz?q={"|\\^`}[]&? HTTP/1.1\r\n\r\n',
        RequestHead("GET", b'/a/../b%2f%zz?q={"|\\^`}[]&?', (1, 1), ()),
    ),
    "9110-5.3 order, case and repeats of fields are kept": (
        GET + b"B: 1\r\na: 2\r\nb: 3\r\nA: 4\r\n\r\n",
        RequestHead("GET", b"/", (1, 1), ((b"B", b"1"), (b"a", b"2"), (b"b", b"3"), (b"A", b"4"))),
    ),
    "9112-5.1 blanks around a value are no part of it": (
        GET + b"A:\t b c \t\r\nD:e\r\nF:\r\nG: \t\r\n\r\n",
        RequestHead("GET", b"/", (1, 1), ((b"A", b"b c"), (b"D", b"e"), (b"F", b""), (b"G", b""))),
    ),
    "9110-5.5 bytes above 127 in a value": (
        GET + b"A: caf\xe9 \xc3\xa9 \xff\r\n\r\n",
        RequestHead("GET", b"/", (1, 1), ((b"A", b"caf\xe9 \xc3\xa9 \xff"),)),
    ),
    "9110-5.6.2 every character of a token in a name": (
        GET + b"!#$%&'*+-.^_`|~09azAZ: :;:\r\n\r\n",
        RequestHead("GET", b"/", (1, 1), ((b"!#$%&'*+-.^_`|~09azAZ", b":;:"),)),
    ),
    "9112-11.2 what is behind the head is not read with it": (
        b"GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
        RequestHead("GET", b"/a", (1, 1), ()),
    ),
}

LINE, HEADER, VERSION = ("http.bad-request-line", 400), ("http.bad-header", 400), ("http.version", 505)

REFUSED = {
    "9112-2.3 HTTP/2.0": (b"GET / HTTP/2.0\r\n\r\n", VERSION, "got HTTP/2.0, wanted HTTP/1.1"),
    "9112-2.3 HTTP/0.9 by name": (b"GET / HTTP/0.9\r\n\r\n", VERSION, "got HTTP/0.9, wanted HTTP/1.1"),
    "9112-2.3 HTTP/1": (b"GET / HTTP/1\r\n\r\n", VERSION, "not 1.0 or 1.1"),
    "9112-2.3 HTTP/1.10": (b"GET / HTTP/1.10\r\n\r\n", VERSION, "not 1.0 or 1.1"),
    "HTTP/0.9, no version": (b"GET /\r\n\r\n", ("http.version", 400), "no version (HTTP/0.9)"),
    "9113-3.4 the HTTP/2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", VERSION, "the HTTP/2 preface"),
    "8446-5.1 a TLS hello": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", ("http.tls-mismatch", 400), "TLS hello"),
    "8446-5.1 a TLS hello with an empty line in it": (
        b"\x16\x03\x01\r\n\r\n\x00",
        ("http.tls-mismatch", 400),
        "TLS hello",
    ),
    "9112-2.3 the name of the protocol in small letters": (b"GET / http/1.1\r\n\r\n", LINE, "METHOD SP TARGET"),
    "9112-3 a space in the path": (b"GET /a b HTTP/1.1\r\n\r\n", LINE, "a space in a path is written %20"),
    "9112-3 two spaces": (b"GET  / HTTP/1.1\r\n\r\n", LINE, "has 3 spaces, wanted two"),
    "9112-3 a space at the end": (b"GET / HTTP/1.1 \r\n\r\n", LINE, "has 3 spaces, wanted two"),
    "9112-3 a space at the start": (b" GET / HTTP/1.1\r\n\r\n", LINE, "does not begin with a method"),
    "9112-3 tabs for spaces": (b"GET\t/\tHTTP/1.1\r\n\r\n", LINE, "does not begin with a method"),
    "9110-9.1 a method that is no token": (b"G(ET / HTTP/1.1\r\n\r\n", LINE, "does not begin with a method"),
    "9112-3.2 a fragment": (b"M# /a#b HTTP/1.1\r\n\r\n", LINE, "has the byte 0x23"),
    "9112-3.2 a raw UTF-8 path": (b"GET /caf\xc3\xa9 HTTP/1.1\r\n\r\n", LINE, "the byte 0xc3, which has to be percent"),
    "9112-3.2 a NUL": (b"GET /\x00 HTTP/1.1\r\n\r\n", LINE, "has the byte 0x00"),
    "9112-2.2 a CR alone in the request line": (b"GET /\rX: y HTTP/1.1\r\n\r\n", LINE, "has the byte 0x0d"),
    "9112-2.2 a request line ends with LF alone": (b"GET / HTTP/1.1\nHost: x\r\n\r\n", LINE, "LF alone"),
    "9112-2.2 all lines end with LF alone": (b"GET / HTTP/1.1\nHost: x\n\n", LINE, "LF alone"),
    "9112-2.2 an empty line that ends with LF alone": (b"\nGET / HTTP/1.1\r\n\r\n", LINE, "LF alone"),
    "not HTTP: SSH": (b"SSH-2.0-OpenSSH_9.6\r\n", LINE, "METHOD SP TARGET"),
    "not HTTP: SMTP": (b"EHLO there\r\n", LINE, "METHOD SP TARGET"),
    "9112-2.2 a field line ends with LF alone": (GET + b"A: b\nC: d\r\n\r\n", HEADER, "LF alone"),
    "9112-2.2 the head ends with LF alone": (GET + X + b"\n", HEADER, "LF alone"),
    "9112-2.2 LF CR LF ends no head": (GET + b"A: b\n\r\n\r\n", HEADER, "LF alone"),
    "9112-5.2 a folded line": (GET + b"A: b\r\n c\r\n\r\n", HEADER, "folded over two lines"),
    "9112-5.2 a folded line, by tab": (GET + b"A: b\r\n\tc: d\r\n\r\n", HEADER, "folded over two lines"),
    "9112-2.2 blanks before the first field": (GET + b" A: b\r\n\r\n", HEADER, "folded over two lines"),
    "9112-5.1 a space before the colon": (GET + b"A : b\r\n\r\n", HEADER, "a space before its colon"),
    "9112-5.1 a tab before the colon": (GET + b"A\t: b\r\n\r\n", HEADER, "a space before its colon"),
    "9112-5 no colon": (GET + b"A b\r\n\r\n", HEADER, "has no colon"),
    "9112-5 no name": (GET + b": b\r\n\r\n", HEADER, "has no name"),
    "9110-5.1 UTF-8 in a name": (GET + b"caf\xc3\xa9: b\r\n\r\n", HEADER, "a character that names may not have"),
    "9110-5.1 a NUL in a name": (GET + b"A\x00: b\r\n\r\n", HEADER, "a character that names may not have"),
    "9110-5.1 a no-break space before the colon": (GET + b"A\xa0: b\r\n\r\n", HEADER, "names may not have"),
    "9110-5.5 a NUL in a value": (GET + b"A: b\x00c\r\n\r\n", HEADER, "control byte 0x00"),
    "9110-5.5 a CR alone in a value": (GET + b"A: b\rC: d\r\n\r\n", HEADER, "control byte 0x0d"),
    "9112-2.2 a CR alone before a bare LF": (GET + b"A: b\rC\n\r\n", HEADER, "(CR) that no LF follows"),
    "9112-2.2 CR CR LF": (GET + b"A: b\r\r\n\r\n", HEADER, "(CR) that no LF follows"),
    "9112-3 a bad byte before a bad version": (b"GET /\x00 HTTP/2.0\r\n\r\n", LINE, "has the byte 0x00"),
    "9112-3 a bad method before a bare LF": (b"G(T / HTTP/1.1\nA: b\r\n\r\n", LINE, "does not begin with a method"),
    "9110-5.5 a vertical tab in a value": (GET + b"A: b\x0b\r\n\r\n", HEADER, "control byte 0x0b"),
    "9110-5.5 DEL in a value": (GET + b"A: \x7f\r\n\r\n", HEADER, "control byte 0x7f"),
}

AT_ONCE = {
    "a NUL in a target": b"GET /\x00",
    "a method that is none": b"G(",
    "a line that begins with a blank": b" ",
    "CR alone in a request line": b"GET / HTTP/1.1\rH",
    "CR alone in a field": b"GET / HTTP/1.1\r\nHost: x\r\r",
    "CR alone behind the last field": b"GET / HTTP/1.1\r\nHost: x\r\n\rx",
    "the first field that is none": b"GET / HTTP/1.1\r\nHost x\r\n",
    "the first fold": b"GET / HTTP/1.1\r\nHost: x\r\n y\r\n",
    "one field too many": GET + b"A: b\r\n" * (limits.MAX_FIELDS + 1),
    "TLS, after two bytes": b"\x16\x03",
    "HTTP/2, before its second line": b"PRI * HTTP/2",
    "HTTP/0.9 sends one line and waits": b"GET /\r\n",
    "another protocol sends one line and waits": b"USER anonymous\r\n",
    "another version": b"GET / HTTP/3.0\r\n",
    "the first bare LF": b"GET / HTTP/1.1\r\nHost: x\n",
    "a field that is too long, before its end": GET + b"A:" + b"a" * (limits.MAX_FIELD - 1),
}

TOO_LARGE = ("http.head-too-large", 431)
TOO_LONG = ("http.head-too-large", 414)
A = b"a" * limits.MAX_HEAD


def head_of(size: int) -> bytes:
    """A head of two fields and `size` bytes."""
    room = size - len(GET + b"A: \r\nB: \r\n\r\n")
    return GET + b"A: " + A[: room // 2] + b"\r\nB: " + A[: room - room // 2] + b"\r\n\r\n"


LIMITS = {
    "the longest target": (b"GET /" + A[: limits.MAX_TARGET - 1] + b" HTTP/1.1\r\n\r\n", None),
    "9112-3 a longer target": (b"GET /" + A[: limits.MAX_TARGET] + b" HTTP/1.1\r\n\r\n", TOO_LONG),
    "9112-3 a target without end": (b"GET /" + A, TOO_LONG),
    "the longest method": (b"M" * 64 + b" / HTTP/1.1\r\n\r\n", None),
    "9112-3 a longer method": (b"M" * 65 + b" / HTTP/1.1\r\n\r\n", ("http.method", 501)),
    "9112-3 a method without end": (A, TOO_LONG),
    "the most fields": (GET + b"A: b\r\n" * limits.MAX_FIELDS + b"\r\n", None),
    "6585-5 more fields": (GET + b"A: b\r\n" * (limits.MAX_FIELDS + 1) + b"\r\n", TOO_LARGE),
    "the longest field": (GET + b"A:" + A[: limits.MAX_FIELD - 2] + b"\r\n\r\n", None),
    "6585-5 a longer field": (GET + b"A:" + A[: limits.MAX_FIELD - 1] + b"\r\n\r\n", TOO_LARGE),
    "6585-5 a longer field in front of a bad one": (
        GET + b"A:" + A[: limits.MAX_FIELD - 1] + b"\r\nB\r\n\r\n",
        TOO_LARGE,
    ),
    "6585-5 a longer field with CR alone in it": (
        GET + b"A:" + A[: limits.MAX_FIELD - 1] + b"\rB: c\r\n\r\n",
        TOO_LARGE,
    ),
    "6585-5 a longer name": (GET + A[: limits.MAX_FIELD] + b":b\r\n\r\n", TOO_LARGE),
    "the largest head": (head_of(limits.MAX_HEAD), None),
    "6585-5 a larger head": (head_of(limits.MAX_HEAD + 1), TOO_LARGE),
    "6585-5 a head without end": (GET + b"A: b\r\n" * (limits.MAX_HEAD // 6), TOO_LARGE),
}


@pytest.mark.parametrize(("data", "wanted"), READ.values(), ids=READ)
def test_read(data, wanted):
    for pieces in every_split(data):
        assert receive_head(pieces) == wanted, pieces


@pytest.mark.parametrize(("data", "answer", "words"), REFUSED.values(), ids=REFUSED)
def test_refused_with_the_same_words_however_it_is_split(data, answer, words):
    seen = {or_refused(lambda pieces=pieces: receive_head(pieces)) for pieces in every_split(data)}
    [(cause, status, detail)] = seen
    assert (cause, status) == answer
    assert words in detail


@pytest.mark.parametrize("data", AT_ONCE.values(), ids=AT_ONCE)
def test_refused_before_more_has_come(data):
    """A client that has said all and waits is answered now, not when its time is up."""
    assert isinstance(or_refused(lambda: receive_head([data])), tuple)
    assert receive_head([data[:-1]]) is None


@pytest.mark.parametrize(
    "start", [b"GET / HTTP/1.1\r\nHost: x\r", b"G", b"\x16", b"PRI * HTTP/", b"GET / HTTP/1.1\r\n"]
)
def test_nothing_is_refused_too_early(start):
    assert receive_head([start[at : at + 1] for at in range(len(start))]) is None


@pytest.mark.parametrize(("data", "answer"), LIMITS.values(), ids=LIMITS)
@pytest.mark.parametrize("size", [limits.MAX_HEAD * 2, limits.PIECE, 1000])
def test_limits(data, answer, size):
    got = or_refused(lambda: receive_head(data[at : at + size] for at in range(0, len(data), size)))
    assert (None if isinstance(got, RequestHead) else got[:2]) == answer


TARGETS = {
    "9112-3.2.1 origin form": ("GET", b"/a?b", TargetForm(b"/a?b")),
    "9112-3.2.1 two slashes are a path, no authority": ("GET", b"//evil/a", TargetForm(b"//evil/a")),
    "9112-3.2.1 a URL in a path": ("GET", b"/http://evil/", TargetForm(b"/http://evil/")),
    "9112-3.2.2 absolute form": ("GET", b"http://h:80/a?b", TargetForm(b"/a?b", b"h:80")),
    "9112-3.2.2 absolute form, scheme in large letters": ("GET", b"HTTPS://h/a", TargetForm(b"/a", b"h")),
    "9112-3.2.2 absolute form without a path": ("GET", b"http://h", TargetForm(b"/", b"h")),
    "9112-3.2.2 absolute form with a query only": ("GET", b"http://h?b", TargetForm(b"/?b", b"h")),
    "9112-3.2.2 absolute form, IPv6": ("GET", b"http://[::1]:5000/", TargetForm(b"/", b"[::1]:5000")),
    "9112-3.2.4 asterisk form": ("OPTIONS", b"*", TargetForm(b"*")),
    "9112-3.2.4 absolute OPTIONS of the whole server": ("OPTIONS", b"http://h", TargetForm(b"*", b"h")),
    "9112-3.2.4 absolute OPTIONS of a path": ("OPTIONS", b"http://h/", TargetForm(b"/", b"h")),
    "9112-3.2.4 an asterisk for another method": ("GET", b"*", LINE),
    "9112-3.2.3 authority form": ("GET", b"h:80", LINE),
    "9110-9.3.6 CONNECT": ("CONNECT", b"h:80", ("http.method", 405)),
    "9110-9.3.8 TRACE": ("TRACE", b"/", ("http.method", 405)),
    "9110-4.2.1 an empty authority": ("GET", b"http:///a", LINE),
    "9110-4.2.1 a port without a host": ("GET", b"http://:80/a", LINE),
    "9110-4.2.4 user information": ("GET", b"http://u:p@h/", LINE),
    "3986-3.2.3 a port beyond all ports": ("GET", b"http://h:65536/", LINE),
    "another scheme": ("GET", b"ftp://h/", LINE),
    "a relative path": ("GET", b"a/b", LINE),
}


@pytest.mark.parametrize(("method", "target", "wanted"), TARGETS.values(), ids=TARGETS)
def test_target(method, target, wanted):
    got = or_refused(lambda: read_target(RequestHead(method, target, (1, 1), ())))
    assert (got if isinstance(got, TargetForm) else got[:2]) == wanted


HOSTS = {
    "9112-3.2 one": ((1, 1), [b"h"], True),
    "9112-3.2 none": ((1, 1), [], False),
    "9112-3.2 none in HTTP/1.0": ((1, 0), [], True),
    "9112-3.2 two": ((1, 1), [b"h", b"h"], False),
    "9112-3.2 two in HTTP/1.0": ((1, 0), [b"h", b"h"], False),
    "9110-7.2 empty, for a target without authority": ((1, 1), [b""], True),
    "3986-3.2.2 a Docker service with a low line": ((1, 1), [b"my_model:5000"], True),
    "3986-3.2.2 IPv4": ((1, 1), [b"127.0.0.1:8400"], True),
    "3986-3.2.2 IPv6": ((1, 1), [b"[::1]:8400"], True),
    "3986-3.2.2 IPv6 without brackets": ((1, 1), [b"::1"], False),
    "3986-3.2.2 brackets around too much": ((1, 1), [b"[12345::]"], False),
    "3986-3.2.2 brackets around colons": ((1, 1), [b"[:::]"], False),
    "3986-3.2.2 brackets around IPv4": ((1, 1), [b"[1.2.3.4]"], False),
    "3986-3.2.3 an empty port": ((1, 1), [b"h:"], True),
    "3986-3.2.3 a port that is no number": ((1, 1), [b"h:y"], False),
    "3986-3.2.3 a port beyond all ports": ((1, 1), [b"h:99999"], False),
    "3986-3.2.2 a space": ((1, 1), [b"a b"], False),
    "3986-3.2.2 a path": ((1, 1), [b"h/a"], False),
    "3986-3.2.2 a scheme": ((1, 1), [b"http://h"], False),
    "9110-4.2.4 user information": ((1, 1), [b"u@h"], False),
    "3986-2.1 a broken escape": ((1, 1), [b"h%2"], False),
    "3986-3.2.2 bytes above 127": ((1, 1), [b"caf\xc3\xa9"], False),
}


@pytest.mark.parametrize(("version", "values", "good"), HOSTS.values(), ids=HOSTS)
def test_host(version, values, good):
    head = RequestHead("GET", b"/", version, tuple((b"hOsT", value) for value in values))
    got = or_refused(lambda: check_host(head))
    assert got is None if good else got[:2] == ("http.host", 400)


@given(st.binary(max_size=200) | st.binary(max_size=80).map(lambda data: GET + data + b"\r\n\r\n"))
def test_any_bytes_are_read_or_refused(data):
    or_refused(lambda: receive_head([data]))
    or_refused(lambda: read_reply(data))


ODDS = [
    b"\r",
    b"\n",
    b"\r\n",
    b" ",
    b"\t",
    b":",
    b"\x00",
    b"#",
    b"\x80",
    b"GET",
    b"/",
    b"HTTP/1.1",
    b"HTTP/2.0",
    b"A",
    b"A: b",
    b"\r\n\r\n",
]


STARTS = st.sampled_from([b"", GET, GET + b"A: b\r\n"])
PARTS = st.lists(st.sampled_from(ODDS) | st.binary(max_size=2), max_size=14)


@given(STARTS, PARTS, st.lists(st.integers(0, 99), max_size=4))
def test_any_bytes_get_the_same_answer_however_they_are_split(start, parts, marks):
    data = start + b"".join(parts)
    pieces = [piece for piece in cut(data, marks) if piece]
    assert or_refused(lambda: receive_head([data])) == or_refused(lambda: receive_head(pieces)), pieces
