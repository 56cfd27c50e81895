"""What upstreams do that is no reply, or not all of one: 502 or 504, or a reply that visibly lacks its end."""

from raw.client import until
from raw.table.ask import shown
from raw.table.play import GET, UPLOAD, Play, Rows, reply
from raw.table.replies import CHUNKED, LARGE, LENGTH, OK, TO_CLOSE
from raw.upstream import close, fin, head, request, rst, to_end

EVIL = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"


def none(name: str, *steps, asks=(GET,), **more) -> Play:
    """No reply at all may come of it but an error of the proxy's own."""
    return Play(name, (request, *steps), asks, bad=True, **more)


def garbage() -> Rows:
    for name, data in {
        "words": b"hello\r\n\r\n", "nothing but an end": b"\r\n\r\n", "zeros": bytes(200) + b"\r\n\r\n", "JSON": b'{"a": 1}\r\n\r\n',
        "HTML": b"<html>no</html>\r\n\r\n", "HTTP/0.9": b"<html>no</html>", "SSH": b"SSH-2.0-OpenSSH\r\n", "a TLS alert": b"\x15\x03\x01\x00\x02\x02\x46",
        "HTTP/2": b"\x00\x00\x12\x04\x00\x00\x00\x00\x00" + bytes(18), "a request": GET, "a JPEG": b"\xff\xd8\xff\xe0\r\n\r\n",
    }.items():  # fmt: skip
        yield none(f"9112-4 {name}", data, close)
    for line in (
        b"HTTP/2.0 200 OK", b"HTTP/0.9 200 OK", b"HTTP/1 200 OK", b"http/1.1 200 OK", b"HTTP/1.1 OK", b"HTTP/1.1 20 OK", b"HTTP/1.1 2000 OK",
        b"HTTP/1.1 -200 OK", b"HTTP/1.1 2x0 OK", b"HTTP/1.1 000 OK", b"HTTP/1.1  200 OK", b"HTTP/1.1", b"HTTP/1.1 ", b"HTTP/1.1\t200 OK", b"HTTP/1.1 200 O\0K",
        b"HTTP/1.1 200 O\rK", b" HTTP/1.1 200 OK", b"ICY 200 OK", b"HTTP/1.1 +20 OK", b"HTTP/1.1 0x1 OK", b"HTTP/11 200 OK", b"HTTP/1.1 200OK",
    ):  # fmt: skip
        yield none(f"9112-4 {shown(line)}", line + b"\r\nContent-Length: 0\r\n\r\n", close)
    for line in (b"X", b": y", b"X y: z", b"X\0: y", b"X\xe9: y", b"{}", b"(X): y"):
        yield none(f"9112-5 {shown(line)}", LENGTH % 2 + line + b"\r\n\r\nok", close)
    yield none("a head of 1 MB", LENGTH % 2 + b"X: y\r\n" * 170_000 + b"\r\nok", close)
    yield none("a head without end", LENGTH % 2 + b"X: " + b"y" * 2_000_000, close)
    for value in (
        b"",
        b"-1",
        b"+2",
        b"x",
        b"2x",
        b"0x2",
        b"2 2",
        b"2,3",
        b"2;2",
        b"1e1",
        b"99999999999999999999",
        b"18446744073709551618",
    ):
        yield none(f"9112-6.3 Content-Length: {shown(value)}", LENGTH.replace(b"%d", value) + b"\r\nok", close)
    yield none("9112-6.3 two lengths", LENGTH % 2 + b"Content-Length: 3\r\n\r\nok", close)
    for value in (b"gzip", b"identity", b"chunked, gzip", b"gzip, chunked", b"chunked, chunked", b"xchunked", b""):
        data = CHUNKED.replace(b"chunked", value) + b"2\r\nok\r\n0\r\n\r\n"
        yield Play(
            f"9112-6.3 Transfer-Encoding: {shown(value)}",
            (request, data, close),
            bad=True,
            gives=(reply(TO_CLOSE.replace(b"X: y\r\n", b"") + data.partition(b"\r\n\r\n")[2]),)
            if b"chunked" not in value
            else (),
        )
    switch = b"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n"
    yield none("9110-7.8 a switch that nobody asked for", switch + b"evil", to_end)
    yield none("9110-7.8 the same, closed", switch, close)


def cut() -> Rows:
    for end, stop in {"FIN": (fin, to_end), "close": (close,), "reset": (0.03, rst)}.items():
        for name, data in {
            "nothing": b"", "half a status line": b"HTTP/1.1 20", "a status line": b"HTTP/1.1 200 OK\r\n", "half a head": b"HTTP/1.1 200 OK\r\nConte",
            "all but an end": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n", "a 103": b"HTTP/1.1 103 Early Hints\r\n\r\n", "a 100": b"HTTP/1.1 100 Continue\r\n\r\n",
        }.items():  # fmt: skip
            yield none(f"9112-8 {end} behind {name}", data, *stop)
        for name, data in {
            "a head": LENGTH % 5 + b"\r\n", "half a body": LENGTH % 5 + b"\r\nok", "half a large body": LENGTH % len(LARGE) + b"\r\n" + LARGE[:-1],
            "a chunked head": CHUNKED, "half a chunk": CHUNKED + b"5\r\nok", "a chunk": CHUNKED + b"2\r\nok\r\n", "a size": CHUNKED + b"2\r\nok\r\n5",
            "a large chunk": CHUNKED + b"%x\r\n%b\r\n" % (len(LARGE), LARGE), "the last size": CHUNKED + b"2\r\nok\r\n0\r\n", "half an end": CHUNKED + b"2\r\nok\r\n0\r\n\r",
            "a trailer": CHUNKED + b"2\r\nok\r\n0\r\nX: y\r\n", "half a refusal": b"HTTP/1.1 400 Bad\r\nContent-Length: 9\r\n\r\nno",
            "half a refusal in chunks": b"HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nno\r\n",
        }.items():  # fmt: skip
            yield Play(f"9112-8 {end} behind {name}", (request, data, *stop), bad=True, cut=True)
    yield Play("9112-8 reset in a body up to the close", (request, TO_CLOSE + b"ok", 0.05, rst), bad=True, cut=True)
    for name, data in {
        "no size": b"xyz\r\n", "no CR LF behind its data": b"2\r\nokk\r\n", "a size below zero": b"-2\r\nok\r\n", "an endless size": b"F" * 40 + b"\r\nok\r\n",
        "LF in an extension": b"2;\nok\r\nok\r\n0\r\n\r\n", "a NUL in an extension": b"2;\0\r\nok\r\n0\r\n\r\n", "a bad trailer": b"2\r\nok\r\n0\r\nX\r\n\r\n", "0x": b"0x2\r\nok\r\n0\r\n\r\n",
    }.items():  # fmt: skip
        yield Play(f"9112-7.1 {name}", (request, CHUNKED + data, close), bad=True, cut=True)
        yield Play(
            f"9112-7.1 {name}, later", (request, CHUNKED + b"2\r\nok\r\n", 0.05, data, close), bad=True, cut=True
        )


def silent() -> Rows:
    """Silence is ended after `--upstream-timeout`, here 2 s."""
    for name, data in {
        "says nothing": b"", "stops in its status line": b"HTTP/1.1 2", "stops in its head": b"HTTP/1.1 200 OK\r\nX: ", "stops behind a 103": b"HTTP/1.1 103 Hints\r\n\r\n"
    }.items():  # fmt: skip
        yield none(f"9110-15.6.5 it {name}", data, 4.0)
    for name, data in {
        "in a body": LENGTH % 5 + b"\r\nok",
        "in a chunk": CHUNKED + b"5\r\nok",
        "between chunks": CHUNKED + b"2\r\nok\r\n",
    }.items():
        yield Play(f"9112-8 it stops {name}", (request, data, 4.0), bad=True, cut=True)
    yield Play("9110-15.6.5 it reads nothing", (3.0,), (UPLOAD,), bad=True, methods=(b"POST",))


def foreign() -> Rows:
    """No reply answers a request that it was not made for (RFC 9112 section 6.3)."""
    two = (GET, until(b"\r\n\r\nok"), 0.15, GET)
    for name, steps in {
        "behind the reply": (request, OK + EVIL, to_end),
        "behind the reply, later": (request, OK, 0.05, EVIL, to_end),
        "half of one behind the reply": (request, OK, 0.05, EVIL[:20], to_end),
        "408 on the idle connection": (request, OK, 0.05, b"HTTP/1.1 408 evil\r\nContent-Length: 0\r\n\r\n", to_end),
        "400 and FIN on the idle connection": (request, OK, 0.05, b"HTTP/1.1 400 evil\r\n\r\n", close),
        "a byte on the idle connection": (request, OK, 0.05, b"\n", to_end),
        "behind chunks": (request, CHUNKED + b"2\r\nok\r\n0\r\n\r\n" + EVIL, to_end),
        "behind 204": (request, b"HTTP/1.1 204 None\r\n\r\n" + EVIL, to_end),
    }.items():
        gives = reply(OK)
        asks = two
        if name == "behind chunks":
            asks, gives = (GET, until(b"0\r\n\r\n"), 0.15, GET), reply(CHUNKED + b"2\r\nok\r\n0\r\n\r\n")
        if name == "behind 204":
            asks, gives = (GET, until(b"\r\n\r\n"), 0.15, GET), reply(b"HTTP/1.1 204 None\r\n\r\n")
        yield Play(f"9112-6.3 {name}", steps, asks, (gives,), methods=(b"GET", b"GET"))
    first = OK.replace(b"ok", b"no")
    steps = (first, request, OK, to_end)
    yield Play("9112-9.2 a reply before any request", steps, gives=(reply(first), reply(OK)), bad=True)
    for end, stop in {"closes": close, "resets": rst}.items():
        yield Play(f"9110-9.2.2 it {end} behind a POST", (request, stop), (UPLOAD,), bad=True, methods=(b"POST",))
        yield Play(f"9110-9.2.2 it {end} inside a POST", (head, stop), (UPLOAD,), bad=True, methods=(b"POST",))
        kept = (request, OK, request, stop)
        asks = (UPLOAD, until(b"\r\n\r\nok"), 0.05, UPLOAD.replace(b"/a", b"/b"))
        yield Play(
            f"9110-9.2.2 it {end} behind the second POST",
            kept,
            asks,
            (reply(OK),),
            bad=True,
            once=False,
            methods=(b"POST", b"POST"),
        )
