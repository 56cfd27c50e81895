"""What upstreams do that is as it should be, or odd and still to be understood: their reply comes back."""

from raw.client import until
from raw.table.ask import numbered, shown
from raw.table.play import GET, HEAD, Play, Rows, reply
from raw.upstream import close, fin, head, request, to_end

LENGTH = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n"
OK = LENGTH % 2 + b"\r\nok"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
TO_CLOSE = b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n"
LARGE = bytes(range(256)) * 4000
NEXT = until(b"\r\n\r\nok")


def back(name: str, data: bytes, *, gives: bytes = b"", bad: bool = False, method: bytes = b"GET", **more) -> Play:
    """One reply to one request, in one piece; then the connection is read on."""
    asked = GET.replace(b"GET", method, 1)
    return Play(
        name, (request, data, to_end), (asked,), (reply(gives or data, method),), bad, methods=(method,), **more
    )


def statuses() -> Rows:
    for status in (200, 201, 202, 203, 205, 206, 207, 226, 299, 300, 301, 302, 303, 307, 308, 400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 411,
                   412, 413, 414, 415, 416, 417, 418, 421, 422, 423, 424, 425, 426, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505, 507, 511, 599):  # fmt: skip
        yield back(f"9110-15 {status}", b"HTTP/1.1 %d Reason\r\nContent-Length: 2\r\n\r\nok" % status)
    for reason in (b"", b"OK OK", b"caf\xe9", "déjà".encode(), b"a\tb", b"x" * 500):
        yield back(
            f"9112-4 reason {shown(reason[:20])}", b"HTTP/1.1 200 " + reason + b"\r\nContent-Length: 2\r\n\r\nok"
        )
    yield back("9112-4 no blank behind the status", b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", gives=OK)
    for status in (600, 777, 999):
        yield back(f"9110-15 {status}", b"HTTP/1.1 %d Odd\r\nContent-Length: 2\r\n\r\nok" % status, bad=True)
    for version in (b"1.0", b"1.2"):
        yield back(f"9110-2.5 HTTP/{shown(version)}", OK.replace(b"1.1", version, 1), gives=OK)


def fields() -> Rows:
    for name, lines in {
        "several Set-Cookie": b"Set-Cookie: a=1\r\nset-cookie: b=2\r\nSet-Cookie: c=3; Path=/\r\n",
        "several WWW-Authenticate": b'WWW-Authenticate: Basic\r\nWWW-Authenticate: Bearer realm="x"\r\n',
        "bytes above 127": b"X-Name: caf\xe9 \xff\xfe\r\n",
        "UTF-8": "X-Name: café\r\n".encode(),
        "empty": b"X-Empty:\r\nX-Blank:  \r\n",
        "a hundred": b"".join(b"X-%d: y\r\n" % number for number in range(100)),
        "6 KB": b"X-Long: " + b"a" * 6000 + b"\r\n",
        "a type nobody knows": b"Content-Type: x/y; z\r\n",
        "Content-Encoding": b"Content-Encoding: gzip\r\n",
        "no Date, odd Server": b"Server: me/1 (x)\r\n",
        "a Date": b"Date: Mon, 23 Nov 2026 00:00:00 GMT\r\n",
        "caching": b'ETag: W/"a"\r\nLast-Modified: x\r\nVary: *\r\nAge: 5\r\nCache-Control: no-store\r\nExpires: 0\r\n',
        "CORS": b"Access-Control-Allow-Origin: *\r\nAccess-Control-Expose-Headers: X\r\n",
        "Location": b"Location: http://127.0.0.1:1/x?y#z\r\n",
        "Via of another": b"Via: 1.1 other\r\n",
        "Trailer": b"Trailer: X-Sum\r\n",
    }.items():
        yield back(f"9110-5 {name}", LENGTH % 2 + lines + b"\r\nok")
    for name, lines in {
        "Connection names one": b"Connection: X-Hop\r\nX-Hop: 1\r\nA: b\r\n",
        "Keep-Alive": b"Connection: keep-alive\r\nKeep-Alive: timeout=5\r\n",
        "Connection: close": b"Connection: close\r\n",
        "Proxy-Connection": b"Proxy-Connection: close\r\n",
        "Upgrade": b"Upgrade: h2,h2c\r\nConnection: Upgrade\r\n",
        "Connection names the length": b"Connection: Content-Length\r\n",
    }.items():
        yield back(f"9110-7.6.1 {name}", LENGTH % 2 + lines + b"\r\nok")
    for line in (b"X : y", b"X\t: y", b"X  : y"):
        yield back(
            f"9112-5.1 {shown(line)} loses its blank",
            LENGTH % 2 + line + b"\r\n\r\nok",
            gives=LENGTH % 2 + b"X: y\r\n\r\nok",
        )
    for fold in (b"X: y\r\n z", b"X: y\r\n\tz", b"X: y\r\n   z"):
        mended = LENGTH % 2 + b"X: y z\r\n\r\nok"
        yield back(
            f"9112-5.2 a fold is one blank or 502: {shown(fold)}",
            LENGTH % 2 + fold + b"\r\n\r\nok",
            gives=mended,
            bad=True,
        )
    for byte in (0, 1, 11, 127):
        mended = LENGTH % 2 + b"X: y z\r\n\r\nok"
        yield back(
            f"9110-5.5 a value with {numbered(byte)}", LENGTH % 2 + b"X: y%cz\r\n\r\nok" % byte, gives=mended, bad=True
        )
    yield back(
        "9112-2.2 a bare CR is a blank or 502",
        LENGTH % 2 + b"X: y\rz\r\n\r\nok",
        gives=LENGTH % 2 + b"X: y z\r\n\r\nok",
        bad=True,
    )
    for name, data in {
        "everywhere": OK.replace(b"\r", b""),
        "in the first line": OK.replace(b"\r", b"", 1),
        "in the last": OK[:-4] + b"\nok",
        "in all but the last": OK[:-4].replace(b"\r", b"") + b"\r\nok",
    }.items():
        yield back(f"9112-2.2 LF alone {name}", data, gives=OK)
    for start in (b"HTTP/1.0 200 OK\r\n", b"HTTP/1.0 400 Bad\r\n"):
        data = start + b"Content-Type: text/plain\r\n\r\nno\r\n\r\n!"
        sent = data[:-7].replace(b"\r", b"") + data[-7:]
        wanted = reply(data.replace(b"1.0", b"1.1", 1))
        yield Play(f"9112-2.2 LF alone, {shown(start[9:12])} up to the close", (request, sent, close), gives=(wanted,))


def bodies() -> Rows:
    for size in (0, 1, 65_535, 65_536, 1_024_000):
        body = LARGE[:size]
        yield back(f"9112-6.2 {size} bytes", LENGTH % size + b"\r\n" + body)
        yield back(
            f"9112-7.1 {size} bytes in a chunk",
            CHUNKED + (b"%x\r\n%b\r\n" % (size, body) if size else b"") + b"0\r\n\r\n",
        )
        yield Play(
            f"9112-6.3 {size} bytes up to the close", (request, TO_CLOSE + body, close), gives=(reply(TO_CLOSE + body),)
        )
        yield back(f"a refusal of {size} bytes", b"HTTP/1.1 400 Bad\r\nContent-Length: %d\r\n\r\n" % size + body)
    yield Play(
        "9112-6.3 HTTP/1.0 up to the close",
        (request, b"HTTP/1.0 200 OK\r\n\r\nok", fin, to_end),
        gives=(reply(b"HTTP/1.1 200 OK\r\n\r\nok"),),
    )
    yield Play(
        "9112-6.3 a refusal up to the close",
        (request, b"HTTP/1.1 400 Bad\r\n\r\nno", close),
        gives=(reply(b"HTTP/1.1 400 Bad\r\n\r\nno"),),
    )
    for extension in (b";a", b";a=b", b';a="b"', b" ;a"):
        yield back(
            f"9112-7.1.1 {shown(extension)}",
            CHUNKED + b"2" + extension + b"\r\nok\r\n0\r\n\r\n",
            gives=CHUNKED + b"2\r\nok\r\n0\r\n\r\n",
        )
    for coding in (b"Chunked", b"CHUNKED", b"chunked "):
        data = CHUNKED.replace(b"chunked", coding) + b"2\r\nok\r\n0\r\n\r\n"
        yield back(f"9112-7 {shown(coding)}", data, gives=CHUNKED + b"2\r\nok\r\n0\r\n\r\n")
    for size in (b"02", b"0000002", b"00000000000000000000002"):
        yield back(
            f"9112-7.1 size {shown(size)}",
            CHUNKED + size + b"\r\nok\r\n0\r\n\r\n",
            gives=CHUNKED + b"2\r\nok\r\n0\r\n\r\n",
        )
    yield back("9112-7.1.2 trailers", CHUNKED + b"2\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n")
    yield back(
        "9112-7.1.2 trailers that frame",
        CHUNKED + b"2\r\nok\r\n0\r\nContent-Length: 9\r\n\r\n",
        gives=CHUNKED + b"2\r\nok\r\n0\r\n\r\n",
    )
    for pieces in ((OK[:9], OK[9:]), (OK[:20], OK[20:]), (OK[:-2], OK[-2:]), (OK[:-1], OK[-1:]), (OK[:-3], OK[-3:])):
        yield Play(
            f"in two packets, the first of {len(pieces[0])}",
            (request, pieces[0], 0.03, pieces[1], to_end),
            gives=(reply(OK),),
        )
    drops = [step for byte in OK for step in (bytes([byte]), 0.002)]
    yield Play("byte by byte", (request, *drops, to_end), gives=(reply(OK),))
    coded = CHUNKED + b"2\r\nok\r\n0\r\n\r\n"
    for at in (2, 3, 6, 8, 10, 12):
        cut = len(CHUNKED) + at
        yield Play(
            f"9112-7.1 chunks split at {at}", (request, coded[:cut], 0.03, coded[cut:], to_end), gives=(reply(coded),)
        )


def lengths() -> Rows:
    same = LENGTH % 2 + b"Content-Length: 2\r\n\r\nok"
    yield back("9112-6.3 the same length twice", same, gives=OK, bad=True)
    yield back("9112-6.3 a list of one length", LENGTH.replace(b"%d", b"2, 2") + b"\r\nok", gives=OK, bad=True)
    yield back("9110-8.6 a length with zeros", LENGTH.replace(b"%d", b"0002") + b"\r\nok", gives=OK)
    both = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    yield back("9112-6.3 length and chunks", both, gives=CHUNKED + b"2\r\nok\r\n0\r\n\r\n", bad=True)
    coded = b"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
    yield Play(
        "9112-6.1 chunks of HTTP/1.0",
        (request, coded, close),
        gives=(reply(CHUNKED + b"2\r\nok\r\n0\r\n\r\n"),),
        bad=True,
    )
    for status, more in ((204, b""), (304, b"ETag: a\r\n")):
        for name, lines in {
            "alone": b"",
            "with a length": b"Content-Length: 5\r\n",
            "with a coding": b"Transfer-Encoding: chunked\r\n",
        }.items():
            start = b"HTTP/1.1 %d Reason\r\n" % status
            gives = start + more + b"\r\n"
            yield back(
                f"9112-6.3 {status} {name}", start + more + lines + b"\r\n", gives=gives, bad=name == "with a coding"
            )
        evil = start + more + b"Content-Length: 4\r\n\r\nevil"
        yield Play(
            f"9112-6.3 {status} with a body, then the next",
            (request, evil, to_end),
            (GET, until(b"\r\n\r\n"), 0.05, GET),
            (reply(start + more + b"\r\n"),),
            methods=(b"GET", b"GET"),
        )
    for name, data in {
        "a length": LENGTH % 500 + b"\r\n", "chunks": CHUNKED, "nothing": TO_CLOSE, "a refusal": b"HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n",
    }.items():  # fmt: skip
        yield back(f"9112-6.3 HEAD with {name}", data, method=b"HEAD")
        steps = (request, data + b"evil", to_end)
        yield Play(
            f"9112-6.3 HEAD with {name}, a body behind it",
            steps,
            (HEAD, until(b"\r\n\r\n"), 0.05, HEAD),
            (reply(data, b"HEAD"),),
            methods=(b"HEAD", b"HEAD"),
        )


def interim() -> Rows:
    for name, data, passed in (
        ("103", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", (103,)),
        ("102", b"HTTP/1.1 102 Processing\r\n\r\n", (102,)),
        ("two", b"HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n", (102, 103)),
        ("199", b"HTTP/1.1 199 Odd\r\n\r\n", (199,)),
        ("100 unasked", b"HTTP/1.1 100 Continue\r\n\r\n", (100,)),
        ("thirty", b"HTTP/1.1 102 Processing\r\n\r\n" * 30, (102,) * 30),
    ):
        yield Play(f"9110-15.2 {name}", (request, data + OK, to_end), gives=(reply(OK),), interims=passed)
        yield Play(f"9110-15.2 {name}, later", (request, data, 0.05, OK, to_end), gives=(reply(OK),), interims=passed)
    with_length = b"HTTP/1.1 103 Early Hints\r\nContent-Length: 5\r\n\r\n"
    yield Play(
        "9112-6.3 a length in 103 means nothing", (request, with_length + OK, to_end), gives=(reply(OK),), bad=True
    )
    start = b"POST /a HTTP/1.1\r\nHost: model\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
    yield Play(
        "9110-10.1.1 who waits for 100 gets one, whoever says it",
        (request, b"HTTP/1.1 100 Continue\r\n\r\n" + OK, to_end),
        (start, until(b"100 Continue\r\n\r\n"), b"hello"),
        (reply(OK),),
        interims=(100,),
        methods=(b"POST",),
    )
    for bad in (b"103 Early Hints\r\n\r\n" * 2000 + b"nonsense\r\n\r\n", b"100 Continue\r\nX : y\r\n z\r\n\r\n\0"):
        yield Play(f"9110-15.2 {shown(bad[:12])}, then garbage", (request, b"HTTP/1.1 " + bad, to_end), bad=True)
    endless = b"HTTP/1.1 102 Processing\r\n\r\n" * 50_000
    yield Play("9110-15.2 interim replies without end", (request, endless, to_end), bad=True)
    old = GET.replace(b"1.1", b"1.0")
    yield Play(
        "9110-15.2 none for HTTP/1.0",
        (request, b"HTTP/1.1 103 Early Hints\r\n\r\n" + OK, to_end),
        (old,),
        (reply(OK),),
        interims=(),
    )
    yield Play(
        "9112-7.1 no chunks for HTTP/1.0",
        (request, CHUNKED + b"2\r\nok\r\n0\r\n\r\n", to_end),
        (old,),
        (reply(b"HTTP/1.1 200 OK\r\n\r\nok"),),
    )


def early() -> Rows:
    """A reply during the upload reaches the client (RFC 9112 section 9.5)."""
    size = 4_000_000
    start = b"POST /a HTTP/1.1\r\nHost: model\r\n"
    ways = {
        "a length": start + b"Content-Length: %d\r\n\r\n" % size + bytes(size),
        "chunked": start + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % size + bytes(size) + b"\r\n0\r\n\r\n",
    }
    for status in (200, 400, 413, 503):
        said = b"HTTP/1.1 %d Reason\r\nContent-Length: 5\r\n\r\nearly" % status
        for how, asked in ways.items():
            for then, steps in {
                "reads on": (to_end,),
                "closes": (close,),
                "sends FIN": (fin, to_end),
                "sends FIN, reads nothing": (fin, 1.0),
            }.items():
                yield Play(
                    f"9112-9.5 {status} during {how}, {then}",
                    (head, said, *steps),
                    (asked,),
                    (reply(said),),
                    methods=(b"POST",),
                )
    before = b"HTTP/1.1 400 Reason\r\nContent-Length: 5\r\n\r\nearly"
    slow = start + b"Content-Length: 500000\r\n\r\n" + bytes(400_000)
    yield Play(
        "9112-9.5 while the client pauses", (head, before, to_end), (slow, 0.3), (reply(before),), methods=(b"POST",)
    )
    for sent, asked in {
        "ten bytes of a small body": start + b"Content-Length: 1000\r\n\r\n" + bytes(10),
        "most of a small body": start + b"Content-Length: 200000\r\n\r\n" + bytes(150_000),
        "nothing of a small body": start + b"Content-Length: 1000\r\nExpect: 100-continue\r\n\r\n",
        "a chunk": start + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
    }.items():
        yield Play(
            f"9112-9.5 the client has sent {sent}",
            (head, before, to_end),
            (asked,),
            (reply(before),),
            methods=(b"POST",),
        )


def again() -> Rows:
    """Two requests on one client connection."""
    two = (GET, NEXT, 0.05, GET)
    for name, steps in {
        "kept": (request, OK),
        "closed behind each": (request, OK, close),
        "said to close": (request, OK.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"), close),
        "HTTP/1.0": (request, OK.replace(b"1.1", b"1.0", 1), close),
        "FIN behind each": (request, OK, fin, to_end),
        "chunks": (request, CHUNKED + b"2\r\nok\r\n0\r\n\r\n"),
    }.items():
        asks = two if "chunks" not in name else (GET, until(b"0\r\n\r\n"), 0.05, GET)
        gives = reply(OK) if "chunks" not in name else reply(CHUNKED + b"2\r\nok\r\n0\r\n\r\n")
        yield Play(f"9112-9.3 {name}", steps, asks, (gives,), methods=(b"GET", b"GET"))
