"""Request lines, fields and Hosts that no proxy may hand on (RFC 9112 sections 2 to 5, RFC 9110 sections 5 and 7)."""

from raw.table.ask import EVIL, GET, HOST, POST, Rows, bad, head, numbered, shown

TCHAR = frozenset(b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")


def request_lines() -> Rows:
    for byte in sorted(set(range(256)) - TCHAR - {0x0A, 0x0D}):
        yield bad("should", f"9112-3 method with {numbered(byte)}", b"G%cT /a HTTP/1.1\r\n%b\r\n" % (byte, HOST))
    for byte in [*range(0x0A), 0x0B, 0x0C, *range(0x0E, 0x21), 0x7F, *range(0x80, 0x100, 5)]:
        yield bad("should", f"9112-3.2 target with {numbered(byte)}", b"GET /a%cb HTTP/1.1\r\n%b\r\n" % (byte, HOST))
    for version in (b"HTTP/2.0", b"HTTP/0.9", b"HTTP/3.0", b"HTTP/9.9", b"HTTP/0.0"):
        yield bad("should", f"9110-15.6.6 {shown(version)}", b"GET /a %b\r\n%b\r\n" % (version, HOST))
    for version in (
        b"HTTP/1", b"HTTP/1.", b"HTTP/.1", b"HTTP/1.10", b"HTTP/01.1", b"HTTP/1.1x", b"HTTP/-1.1", b"HTTP/1,1", b"HTTP/11",
        b"http/1.1", b"Http/1.1", b"HTP/1.1", b"HTTPS/1.1", b"HTTP 1.1", b"HTTP/1 .1", b"HTTP/ 1.1", b"HTTP/\xd9\xa1.1",
        b"HTTP/1.1 HTTP/1.1", b"RTSP/1.0", b"ICY", b"HTTP/A.B", b"HTTP/+1.1", b"HTTP/1.1;a", b"1.1", b"/1.1",
    ):  # fmt: skip
        yield bad("should", f"9112-2.3 version {shown(version)}", b"GET /a %b\r\n%b\r\n" % (version, HOST))
    for line in (
        b"GET /a", b"GET", b"", b" ", b"GET  /a HTTP/1.1", b"GET /a  HTTP/1.1", b" GET /a HTTP/1.1", b"GET /a HTTP/1.1 ",
        b"GET\t/a\tHTTP/1.1", b"GET /a\tHTTP/1.1", b"/a GET HTTP/1.1", b"GET HTTP/1.1", b"GET /a HTTP/1.1 /smuggled HTTP/1.1",
        b"GET /a#b HTTP/1.1", b"GET #b HTTP/1.1", b"GET a/b HTTP/1.1", b"GET * HTTP/1.1", b"POST * HTTP/1.1",
        b"GET model:80 HTTP/1.1", b"GET http://model/a#b HTTP/1.1", b"GET http:/a HTTP/1.1", b"GET http: HTTP/1.1",
        b"GET ?a HTTP/1.1", b"GET http://mo del/ HTTP/1.1", b"GET http://model:x/ HTTP/1.1", b"GET http://[::1/ HTTP/1.1",
        b"GET ://model/ HTTP/1.1", b"OPTIONS ** HTTP/1.1", b"OPTIONS *a HTTP/1.1", b"GET /a HTTP/1.1\x0b", b"GET\x0c/a HTTP/1.1",
    ):  # fmt: skip
        if line:
            yield bad("should", f"9112-3 {shown(line)}", line + b"\r\n" + HOST + b"\r\n")
    for target in (b"http:///a", b"http://:80/a", b"http://?a", b"https://:/", b"http://@/"):
        yield bad("must", f"9110-4.2.1 no host in {shown(target)}", b"GET %b HTTP/1.1\r\n%b\r\n" % (target, HOST))
    for target in (b"http://u@model/", b"http://u:p@model/", b"http://@model/"):
        name = f"9110-4.2.4 user information in {shown(target)}"
        yield bad("should", name, b"GET %b HTTP/1.1\r\n%b\r\n" % (target, HOST))
    for method in (b"CONNECT model:80", b"CONNECT /a", b"CONNECT model", b"CONNECT http://model/", b"TRACE /a"):
        yield bad("may", f"9110-9.3 {shown(method)}", method + b" HTTP/1.1\r\n" + HOST + b"\r\n")
    yield bad("should", "9112-3 a method of 4 KB", b"M" * 4096 + b" /a HTTP/1.1\r\n" + HOST + b"\r\n")
    for size in (70_000, 200_000, 1_000_000):
        yield bad("must", f"9112-3 a target of {size}", b"GET /" + b"a" * size + b" HTTP/1.1\r\n" + HOST + b"\r\n")


def not_http() -> Rows:
    for name, data in {
        "a TLS hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(500),
        "an SSLv2 hello": b"\x80\x2e\x01\x00\x02\x00\x15\x00\x00\x00\x10" + b"\r\n\r\n",
        "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
        "SSH": b"SSH-2.0-OpenSSH_9.6\r\n",
        "SMTP": b"EHLO there\r\n",
        "Redis": b"*1\r\n$4\r\nPING\r\n",
        "JSON": b'{"image": "abc"}\r\n\r\n',
        "a JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\r\n\r\n",
        "zeros": bytes(100) + b"\r\n\r\n",
        "a chunk": b"5\r\nhello\r\n0\r\n\r\n",
        "a reply": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
        "a field first": HOST + GET + b"\r\n",
        "the PROXY protocol": b"PROXY TCP4 1.1.1.1 2.2.2.2 1 2\r\n" + head(),
    }.items():
        yield bad("should", f"9112-2.2 not HTTP: {name}", data)


def line_ends() -> Rows:
    for name, data in {
        "LF alone everywhere": b"GET /a HTTP/1.1\nHost: model\n\n",
        "LF behind the request line": b"GET /a HTTP/1.1\n" + HOST + b"\r\n",
        "LF behind a field": GET + b"Host: model\nX: y\r\n\r\n",
        "LF at the end": GET + HOST + b"\n",
        "an empty line of LF": GET + b"Host: model\n\n" + EVIL,
        "LF in front": b"\n" + head(),
    }.items():
        yield bad("may", f"9112-2.2 {name}", data)
    for name, data in {
        "behind the request line": b"GET /a HTTP/1.1\r" + HOST + b"\r\n",
        "behind a field": GET + b"Host: model\rX: y\r\n\r\n",
        "everywhere": b"GET /a HTTP/1.1\rHost: model\r\r",
        "twice, and the next": GET + b"Host: model\r\r" + EVIL,
        "before CR LF": GET + b"Host: model\r\r\n\r\n",
        "in a name": GET + HOST + b"X\rY: z\r\n\r\n",
        "in a target": b"GET /a\rb HTTP/1.1\r\n" + HOST + b"\r\n",
        "behind the last field": GET + HOST + b"\r\r\n",
        "before a length": POST + HOST + b"X: y\rContent-Length: 40\r\n\r\n" + EVIL,
    }.items():
        yield bad("must", f"9112-2.2 CR alone {name}", data)


def fields() -> Rows:
    for byte in sorted(set(range(256)) - TCHAR - set(b"\r\n:\t ")):
        yield bad("should", f"9110-5.1 name with {numbered(byte)}", head(b"X%cY: z" % byte))
        if byte % 4 == 0:
            yield bad("should", f"9110-5.1 name begins with {numbered(byte)}", head(b"%cX: z" % byte))
    for byte in (*range(1, 9), 11, 12, *range(14, 32), 127):
        yield bad("should", f"9110-5.5 value with {numbered(byte)}", head(b"X: y%cz" % byte))
    for name in (b"X", b"Host", b"Content-Length", b"Transfer-Encoding", b"Content-Type", b"Connection"):
        for blank in (b" ", b"\t", b"  ", b" \t"):
            line = {b"Content-Length": b"40", b"Transfer-Encoding": b"chunked", b"Host": b"model"}.get(name, b"y")
            data = (POST if line in (b"40", b"chunked") else GET) + (b"" if name == b"Host" else HOST)
            data += name + blank + b": " + line + b"\r\n\r\n"
            yield bad(
                "must", f"9112-5.1 {shown(name + blank)} before the colon", data + (EVIL if line == b"40" else b"")
            )
    for name, line, mended in (
        ("by space", b"X: y\r\n z", b"X: y z"), ("by tab", b"X: y\r\n\tz", b"X: y\tz"), ("twice", b"X: y\r\n z\r\n w", b"X: y z w"),
        ("before any value", b"X:\r\n y", b"X: y"), ("of nothing", b"X: y\r\n ", b"X: y"),
        ("with a colon", b"X: y\r\n Z: w", b"X: y Z: w"),
        ("hides a coding", b"X: y\r\n Transfer-Encoding: chunked", b"X: y Transfer-Encoding: chunked"),
    ):  # fmt: skip
        yield bad("must", f"9112-5.2 a fold {name}", head(line), mended=head(mended))
    for name, data in {
        "a coding": POST + HOST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
        "a length": POST + HOST + b"Content-Length:\r\n 2\r\n\r\nok",
    }.items():
        yield bad("may", f"9112-5.2 a fold in {name}", data)
    for name, data in {
        "NUL": b"X: y\0z", "NUL first": b"X: \0", "NUL last": b"X: y\0", "NUL in a length": b"Content-Length: 4\0",
         "CR": b"X: y\rz", "CR first": b"X: \ry", "CR last": b"X: y\r",
    }.items():  # fmt: skip
        yield bad("must", f"9110-5.5 {name} in a value", head(data))
    yield bad("must", "9110-5.5 NUL in Host", head(host=b"Host: a\0b\r\n"))
    for line in (b"X", b"X y", b": y", b":", b"X; y", b"Transfer-Encoding chunked", b"=", b"X=y"):
        yield bad("should", f"9112-5 no field: {shown(line)}", head(line))
    for blank in (b" ", b"\t"):
        for line in (b"X: y", b"Host: model", b"Transfer-Encoding: chunked"):
            data = GET + blank + line + b"\r\n" + (b"" if line.startswith(b"Host") else HOST) + b"\r\n"
            mended = head() if not line.startswith(b"Host") else b""
            yield bad("must", f"9112-2.2 {shown(blank + line)} before the first field", data, mended=mended)
    for size in (200_000, 1_000_000):
        yield bad("should", f"6585-5 a field of {size}", head(b"X: " + b"a" * size))
    yield bad("should", "6585-5 5,000 fields", head(*[b"X: y"] * 5000))
    yield bad("should", "6585-5 a name of 200,000", head(b"X" * 200_000 + b": y"))


def hosts() -> Rows:
    for method in (b"GET", b"POST", b"HEAD", b"OPTIONS", b"DELETE", b"BREW"):
        yield bad("must", f"9112-3.2 no Host, {shown(method)}", method + b" /a HTTP/1.1\r\nX: y\r\n\r\n")
    yield bad("must", "9112-3.2 no Host beside an absolute target", b"GET http://model/ HTTP/1.1\r\n\r\n")
    for second in (b"Host: model", b"Host: other", b"host: model", b"HOST: ", b"hOsT: other:80"):
        yield bad("must", f"9112-3.2 a second {shown(second)}", head(second))
    for value in (
        b"a b", b"a\tb", b"a/b", b"http://a", b"a@b", b"u:p@a", b"a:b", b"a:80:90", b"a?b", b"a#b", b"a\\b", b"[", b"[]", b"]",
        b"[::1", b"::1]", b"[::1]x", b"[:::]", b"[12345::]", b"[1.2.3.4]", b"[::g]", b"::1", b"a:-1", b"a:+80", b"a: 80", b"a :80",
        b"a,b ", b"a, b", b"%", b"a%2", b"a%zz", b"<a>", b'"a"', b"{a}", b"a|b", b"a^b", b"a`b", b"caf\xe9", b"caf\xc3\xa9", b"a:8\x300x",
        b"[::1]:x", b"[fe80::1%eth0]", b"a:80/", b"*:x", b"a:http",
    ):  # fmt: skip
        if value != b"a,b ":  # a comma may stand in a name (RFC 3986 section 3.2.2)
            yield bad("must", f"9112-3.2 Host {shown(value)}", head(host=b"Host: " + value + b"\r\n"))


def unfinished() -> Rows:
    """Never complete, and never to be: answered without waiting for more."""
    for name, data in {
        "a bare CR": b"GET /a HTTP/1.1\rHost",
        "a NUL in the target": b"GET /a\0b",
        "a method that is none": b"G(T /a HTTP/1.1",
        "a control byte": b"\x01\x02\x03\x04",
        "a bad first field": GET + b"X y z\r\n",
        "a space before a colon": GET + b"X : y\r\n",
        "a fold": GET + b"X: y\r\n z\r\n",
        "a NUL in a value": GET + b"X: \0\r\n",
        "another version": b"GET /a HTTP/2.0\r\n",
        "a field of 132,000": GET + b"X: " + b"a" * 132_000,
        "a field of 200,000": GET + HOST + b"X: " + b"a" * 200_000,
    }.items():
        yield bad("should", f"9112-2.2 at once: {name}", data)
