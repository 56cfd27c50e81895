"""Requests that are as they should be, or that a proxy has to change by the book: they arrive."""

from itertools import product

from raw.table.ask import GET, HOST, POST, Rows, bad, coded, good, head, numbered, shown, sized
from raw.table.framing import LATER
from raw.table.lines import TCHAR

BODY = bytes(range(256)) * 8
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"
HELLO = coded(CHUNKS)


def methods_and_targets() -> Rows:
    for method in (
        b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE", b"OPTIONS", b"QUERY", b"PROPFIND", b"PURGE", b"SEARCH", b"M-SEARCH",
        b"LINK", b"REPORT", b"BREW", b"get", b"UPDATE", b"!#$%&'*+-.^_`|~", b"X" * 60,
    ):  # fmt: skip
        yield good(f"9110-9.1 {shown(method)}", method + b" /a HTTP/1.1\r\n" + HOST + b"\r\n")
    for target in (
        b"/", b"//", b"/a//b", b"/./a/../b", b"/a/.", b"/..", b"/%7Ea", b"/%2f%2F", b"/%61", b"/a%00b", b"/a;b=c", b"/a,b", b"/a=b",
        b"/a:b", b"/a@b", b"/*", b"/a!$&'()*+,;=:@-._~", b"/?", b"/?a", b"/a?", b"/a??b", b"/a?b/c?d", b"/a?b=c&b=d&&", b"/a?%20+%2B",
        b"/a?u=http://x/y", b"/http://other/", b"/a?b#".rstrip(b"#"), b"/" + b"a" * 8000, b"/a?" + b"b" * 8000,
    ):  # fmt: skip
        yield good(f"9110-7.7 target {shown(target[:30])}", b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n")
    for target in (
        b"/a|b",
        b"/a?b[]=c",
        b"/a?{}",
        b"/a\\b",
        b"/a^b",
        b"/a`b",
        b'/a?"b"',
        b"/a?<b>",
        b"/%zz",
        b"/a%",
        b"/a%2",
    ):
        data = b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n"
        yield bad("may", f"9112-3.2 clients send {shown(target)}", data, mended=data)
    for target, forward, host in (
        (b"http://other/a?b", b"/a?b", b"other"), (b"http://other:81", b"/", b"other:81"), (b"HTTP://other/", b"/", b"other"),
        (b"http://other?b", b"/?b", b"other"), (b"http://[::1]:80/", b"/", b"[::1]:80"), (b"http://model/a", b"/a", b"model"),
    ):  # fmt: skip
        arrives = b"GET " + forward + b" HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"
        yield good(f"9112-3.2.2 {shown(target)}", b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"\r\n", arrives=arrives)
    yield good("9112-3.2.4 OPTIONS *", b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n")
    arrives = b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n"
    yield good("9112-3.2.4 absolute OPTIONS", b"OPTIONS http://model HTTP/1.1\r\n" + HOST + b"\r\n", arrives=arrives)
    for version in (b"HTTP/1.0", b"HTTP/1.2", b"HTTP/1.9"):
        yield good(f"9110-2.5 {shown(version)}", b"GET /a " + version + b"\r\n" + HOST + b"\r\n", arrives=head())


def fields() -> Rows:
    for byte in sorted(TCHAR - set(range(0x30, 0x3A)) - set(range(0x41, 0x5B)) - set(range(0x61, 0x7B))):
        yield good(f"9110-5.1 name with {numbered(byte)}", head(b"x%cy: z" % byte))
    for byte in (0x21, 0x22, 0x28, 0x2C, 0x3A, 0x3B, 0x40, 0x5C, 0x7B, 0x7E, *range(0x80, 0x100, 9)):
        yield good(f"9110-5.5 value with {numbered(byte)}", head(b"X-Value: y%cz" % byte))
    for name, lines in {
        "empty": (b"X-Empty:", b"X-Blank:   "),
        "blanks inside": (b"X-Value: a  b\t\tc",),
        "no blank behind the colon": (b"X-Value:y",),
        "tabs around": (b"X-Value:\ty\t",),
        "the same name twice": (b"X-Value: 1", b"X-Value: 2"),
        "the same name in another case": (b"X-Value: 1", b"x-value: 2"),
        "several cookies": (b"Cookie: a=1", b"Cookie: b=2"),
        "several types": (b"Accept: a/b", b"Accept: c/d"),
        "UTF-8": ("X-Name: café".encode(),),
        "a hundred": tuple(b"X-%d: y" % number for number in range(100)),
        "4 KB": (b"X-Long: " + b"a" * 4096,),
        "a range": (b"Range: bytes=0-5", b'If-None-Match: "a"'),
        "credentials": (b"Authorization: Basic YTpi",),
        "a trace": (b"traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", b"X-Request-Id: 1"),
        "forwarding that is there already": (b"X-Forwarded-For: 1.2.3.4", b"Forwarded: for=1.2.3.4", b"Via: 1.1 x"),
        "an Origin": (b"Origin: http://other",),
        "no-transform": (b"Cache-Control: no-transform",),
        "Content-Encoding": (b"Content-Encoding: gzip",),
        "like a length": (b"Content-Lengths: 5", b"X-Content-Length: 5"),
    }.items():
        yield good(f"9110-5 fields: {name}", head(*lines))
    for host in (
        b"model:80",
        b"127.0.0.1:8400",
        b"[::1]:80",
        b"my_model",
        b"a.b.c.",
        b"model:",
        b"A.EXAMPLE",
        b"xn--caf-dma.fr",
    ):
        yield good(f"9110-7.2 Host {shown(host)}", head(host=b"Host: " + host + b"\r\n"))
    for name, sent, kept in (
        ("Connection names one", (b"Connection: X-Hop", b"X-Hop: 1", b"A: b"), (b"A: b",)),
        (
            "Connection names several",
            (b"Connection: X-Hop, close ,x-other", b"X-Hop: 1", b"X-Other: 2", b"A: b"),
            (b"A: b",),
        ),
        ("two Connections", (b"Connection: X-Hop", b"connection: X-Other", b"X-Hop: 1", b"X-Other: 2"), ()),
        ("Keep-Alive", (b"Connection: keep-alive", b"Keep-Alive: timeout=5"), ()),
        ("Proxy-Connection", (b"Proxy-Connection: keep-alive",), ()),
        ("TE", (b"Connection: TE", b"TE: trailers"), ()),
        ("Upgrade that nobody means", (b"Upgrade: foo/1",), ()),
        ("h2c", (b"Connection: Upgrade, HTTP2-Settings", b"Upgrade: h2c", b"HTTP2-Settings: AAA"), ()),
        ("an empty Connection", (b"Connection:", b"Connection: ,,"), ()),
    ):
        yield good(f"9110-7.6.1 {name}", head(*sent), arrives=head(*kept))
    for named in (b"Host", b"Content-Length", b"Authorization", b"Content-Type", b"Cookie", b"X-Forwarded-For"):
        data = sized(
            b"ok",
            b"Connection: close, " + named,
            b"Authorization: a",
            b"Content-Type: b",
            b"Cookie: c=d",
            b"X-Forwarded-For: 1.2.3.4",
        )
        yield bad("may", f"9110-7.6.1 Connection names {shown(named)}", data)


def bodies() -> Rows:
    for size in (0, 1, 2, 255, 4096, 65_536, 300_000, 2_000_000):
        body = (BODY * (size // len(BODY) + 1))[:size]
        yield good(f"9112-6.2 {size} bytes", sized(body))
        yield good(
            f"9112-7.1 {size} bytes in one chunk",
            coded((b"%x\r\n%b\r\n" % (size, body) if size else b"") + b"0\r\n\r\n"),
        )
    for size in (1, 7, 1000):
        pieces = [BODY[at : at + size] for at in range(0, len(BODY), size)]
        yield good(
            f"9112-7.1 chunks of {size}",
            coded(b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"),
        )
    yield good("9112-6.2 in two packets", sized(BODY)[:-100], LATER, BODY[-100:])
    yield good("9112-6.2 head and body apart", sized(BODY)[: -len(BODY)], LATER, BODY)
    yield good("9112-7.1 split in a size", coded(b"1"), LATER, b"0\r\n" + b"x" * 16 + b"\r\n0\r\n\r\n")
    yield good("9112-7.1 split in the end", coded(b"1\r\nx\r\n0\r\n\r"), LATER, b"\n")
    for method in (b"GET", b"DELETE", b"OPTIONS", b"PUT", b"QUERY"):
        yield good(
            f"9110-9.3 a body with {shown(method)}",
            method + b" /a HTTP/1.1\r\n" + HOST + b"Content-Length: 5\r\n\r\nhello",
        )
    for value in (b"05", b"000000005", b"0" * 30 + b"5"):
        yield good(
            f"9110-8.6 Content-Length: {shown(value)}",
            head(b"Content-Length: " + value, start=POST) + b"hello",
            arrives=sized(b"hello"),
        )
    for name, value in product(
        (b"Transfer-Encoding", b"transfer-encoding", b"TRANSFER-ENCODING"),
        (b"chunked", b"Chunked", b"CHUNKED", b"chunked \t"),
    ):
        yield good(
            f"9112-6.1 {shown(name)}: {shown(value)}", head(name + b": " + value, start=POST) + CHUNKS, arrives=HELLO
        )
    for value in (b"5", b"05", b"0005", b"00000000000000000000000000000005"):
        yield good(f"9112-7.1 size {shown(value)}", coded(value + b"\r\nhello\r\n0\r\n\r\n"), arrives=HELLO)
    for value in (b"a", b"A", b"0a", b"0A"):
        yield good(f"9112-7.1 size {shown(value)}", coded(value + b"\r\n0123456789\r\n0\r\n\r\n"))
    for value in (
        b";a",
        b";a=b",
        b';a="b c"',
        b' ; a = "b"',
        b";a;b=c",
        b";" + b"a" * 500,
        b";a=b;c=d;e",
        b'; a="\\""',
        b"\t;\ta",
    ):
        yield good(
            f"9112-7.1.1 extension {shown(value[:30])}",
            coded(b"5" + value + b"\r\nhello\r\n0" + value + b"\r\n\r\n"),
            arrives=HELLO,
        )
    for lines in (
        b"X-Sum: 1\r\n",
        b"X-Sum: 1\r\nx-sum: 2\r\n",
        b"X-Sum:\r\n",
        b"Content-Length: 9\r\nX-Sum: 1\r\n",
        b"Host: evil\r\n",
        b"Transfer-Encoding: x\r\n",
    ):
        yield good(
            f"9112-7.1.2 trailers {shown(lines)}", coded(b"5\r\nhello\r\n0\r\n" + lines + b"\r\n"), arrives=HELLO
        )
    for end in (b"0", b"00", b"000", b"00000000000000000000"):
        yield good(f"9112-7.1 the last size {shown(end)}", coded(b"5\r\nhello\r\n" + end + b"\r\n\r\n"), arrives=HELLO)


def together() -> Rows:
    """Several on one connection (RFC 9112 section 9.3)."""
    get = head()
    yield good("9112-9.3.2 ten in one packet", get * 10)
    yield good("9112-9.3.2 bodies in one packet", sized(b"abc") + sized(BODY) + coded(CHUNKS) + get)
    yield good("9112-9.3.2 split between two", get + get[:10], LATER, get[10:])
    yield good("9112-2.2 an empty line in front", b"\r\n" + get, arrives=get)
    yield good("9112-2.2 empty lines in front", b"\r\n\r\n\r\n" + get, arrives=get)
    yield good("9112-2.2 an empty line between", get + b"\r\n" + get, arrives=get + get)
    yield good(
        "9112-9.6 nothing behind close", head(b"Connection: close") + head(start=b"GET /b HTTP/1.1\r\n"), arrives=get
    )
    yield good("9112-2.1 byte by byte", *(step for byte in get for step in (bytes([byte]), 0.001)), arrives=get)
    yield good("9110-10.1.1 Expect with its body", sized(b"hello", b"Expect: 100-continue"), arrives=sized(b"hello"))
    yield good(
        "9110-10.1.1 Expect, then its body",
        sized(b"hello", b"Expect: 100-Continue")[:-5],
        LATER,
        b"hello",
        arrives=sized(b"hello"),
    )
    yield good("9110-10.1.1 Expect without a body", head(b"Expect: 100-continue"), arrives=get)
    yield good(
        "9110-10.1.1 Expect of HTTP/1.0",
        b"POST /a HTTP/1.0\r\n" + HOST + b"Content-Length: 5\r\nExpect: 100-continue\r\n\r\nhello",
        arrives=sized(b"hello"),
    )
    for value in (b"200-ok", b"100-continue, x", b"x"):
        yield bad(
            "may", f"9110-10.1.1 Expect: {shown(value)}", sized(b"hello", b"Expect: " + value), mended=sized(b"hello")
        )
    upgrade = (b"Connection: Upgrade", b"Upgrade: foo/1")
    yield good("9110-7.8 an upgrade with a body may be ignored", sized(b"hello", *upgrade), arrives=sized(b"hello"))
    yield good(
        "9110-7.8 an upgrade of HTTP/1.0 is ignored",
        GET.replace(b"1.1", b"1.0") + HOST + b"\r\n".join(upgrade) + b"\r\n\r\n",
        arrives=get,
    )
    for start, method in ((b"OPTIONS /a HTTP/1.1\r\n", "OPTIONS"), (b"OPTIONS * HTTP/1.1\r\n", "OPTIONS *")):
        yield good(
            f"9110-7.6.2 {method} goes one hop less",
            head(b"Max-Forwards: 5", start=start),
            arrives=head(b"Max-Forwards: 4", start=start),
        )
        yield bad("must", f"9110-7.6.2 {method} that ends here", head(b"Max-Forwards: 0", start=start))
    yield good("9110-7.6.2 Max-Forwards of others is left alone", head(b"Max-Forwards: 0"))
    bad_ones = {
        "a bad line": b"nonsense\r\n\r\n", "no Host": GET + b"\r\n", "two lengths": head(b"Content-Length: 1", b"Content-Length: 2"),
        "a bad chunk": coded(b"zz\r\n"), "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "a NUL": head(b"X: \0"),
    }  # fmt: skip
    for name, data in bad_ones.items():
        yield behind_good(f"9112-9.3.2 {name} behind a good one", get + data)
        yield behind_good(f"9112-9.3.2 {name} behind a good one, later", get, LATER, data)


def behind_good(name: str, *steps):
    from dataclasses import replace

    from raw.table.ask import read

    return replace(bad("must", name, *steps), arrives=read(head()))
