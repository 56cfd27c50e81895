"""Lengths and chunks with no reading, or with two (RFC 9112 sections 6 and 7): how requests are smuggled."""

from itertools import product

from raw.client import fin
from raw.table.ask import EVIL, HOST, POST, Rows, bad, coded, head, shown, sized

LATER = 0.05
"""Seconds between packets, so that they are two."""

LENGTHS = (
    b"", b" ", b"abc", b"+5", b"-5", b"-0", b"5 5", b"5,6", b"5;5", b"5.0", b"5e0", b"0x5", b"0b1", b"5_0", b"5-5", b"5a", b"a5",
    b"\xb2", b"\xd9\xa5", b'"5"', b"'5'", b"5,", b",5", b",", b"5 ,5x", b"5/5", b"1/2", b"NaN", b"5\xa0", b"(5)", b"5 bytes",
    b"9999999999999999999999", b"18446744073709551621", b"9223372036854775808", b"1" * 300, b"5,-5", b"5,+5", b"=5", b"5=",
)  # fmt: skip
CODINGS_BAD = (
    b"xchunked", b"chunkedx", b"chunked x", b"chunked;a", b"chunked; q=1", b'"chunked"', b"chunked/1", b"chunke", b"c hunked",
    b"chunked-", b"-chunked", b"chunked, gzip", b"chunked, identity", b"identity", b"gzip", b"cow", b"chunked, chunked",
    b"chunked,chunked,chunked", b"chunked=1", b"[chunked]", b"(chunked)", b"chunked:", b"ch\xfcnked", b"\xa0chunked", b"chunked\xa0",
    b"chunked, cow", b"x-chunked", b"0", b"none", b"", b",", b"chunked\xc2\x85",
)  # fmt: skip
CODINGS_OTHER = (
    b"gzip, chunked", b"identity, chunked", b"cow, chunked", b"deflate,chunked", b"compress, gzip, chunked", b"GZIP, Chunked"
)  # fmt: skip


def lengths() -> Rows:
    for value in LENGTHS:
        yield bad(
            "must",
            f"9112-6.3 Content-Length: {shown(value[:30])}",
            head(b"Content-Length: " + value, start=POST),
            b"hello" + EVIL,
        )
    for first, second in product((b"5", b"6", b"0", b"05"), (b"6", b"40", b"-1", b"x", b"")):
        if first != second:
            lines = (b"Content-Length: " + first, b"content-length: " + second)
            yield bad(
                "must",
                f"9112-6.3 lengths {shown(first)} and {shown(second)}",
                head(*lines, start=POST),
                b"hello" + EVIL,
            )
    lines = (b"Content-Length: 5", b"Content-Length: 5")
    yield bad("must", "9112-6.3 the same length twice", head(*lines, start=POST) + b"hello", mended=sized(b"hello"))
    for value in (b"5, 5", b"5,5", b"5,5,5"):
        data = head(b"Content-Length: " + value, start=POST) + b"hello"
        yield bad("must", f"9112-6.3 a list of one length: {shown(value)}", data, mended=sized(b"hello"))
    for method in (b"GET", b"HEAD", b"DELETE", b"OPTIONS", b"PUT"):
        data = method + b" /a HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n"
        yield bad("must", f"9112-6.3 a length below zero, {shown(method)}", data)


def codings() -> Rows:
    chunks = b"5\r\nhello\r\n0\r\n\r\n"
    for value in CODINGS_BAD:
        yield bad(
            "must",
            f"9112-6.3 Transfer-Encoding: {shown(value)}",
            head(b"Transfer-Encoding: " + value, start=POST),
            chunks,
        )
    for value in CODINGS_OTHER:
        yield bad(
            "should",
            f"9112-6.1 a coding nobody knows: {shown(value)}",
            head(b"Transfer-Encoding: " + value, start=POST),
            chunks,
        )
    for first, second in (
        (b"chunked", b"chunked"), (b"chunked", b"identity"), (b"chunked", b"gzip"), (b"chunked", b"x"), (b"chunked", b"")
    ):  # fmt: skip
        lines = (b"Transfer-Encoding: " + first, b"transfer-encoding: " + second)
        yield bad("must", f"9112-6.3 codings {shown(first)} and {shown(second)}", head(*lines, start=POST), chunks)
    for value in (b"chunked", b"Chunked", b"gzip", b"identity"):
        data = b"POST /a HTTP/1.0\r\n" + HOST + b"Transfer-Encoding: " + value + b"\r\n\r\n" + chunks + EVIL
        yield bad("must", f"9112-6.1 {shown(value)} in HTTP/1.0", data)
    for length, value in product(
        (b"0", b"5", b"40", b"-1", b"x"), (b"chunked", b"CHUNKED", b"gzip", b" chunked", b"chunked, gzip")
    ):
        for lines in (
            (b"Content-Length: " + length, b"Transfer-Encoding: " + value),
            (b"Transfer-Encoding: " + value, b"Content-Length: " + length),
        ):
            plain = value.strip().lower() == b"chunked" and length.isdigit()
            name = f"9112-6.3 {shown(lines[0])} and {shown(lines[1])}"
            mended = coded(chunks) if plain else b""
            yield bad("must", name, head(*lines, start=POST) + chunks, mended=mended)
    for line in (
        b"Transfer-Encoding : chunked", b"Transfer-Encoding\t: chunked", b"Transfer-Encoding:\x0bchunked", b"Transfer-Encoding: \x0cchunked",
        b"X: y\rTransfer-Encoding: chunked", b"Transfer-Encoding\xa0: chunked", b" Transfer-Encoding: chunked", b"Transfer-Encoding: chunked\r",
    ):  # fmt: skip
        name = f"9112-6.3 a hidden coding: {shown(line)}"
        yield bad("must", name, head(b"A: b", line, b"Content-Length: 40", start=POST) + EVIL)


SIZES_BAD = (
    b"g", b"-1", b"-5", b"+5", b"0x5", b"0X5", b"x5", b"5h", b"5 5", b"", b" ", b"five", b"5.0", b"5,5", b"\xb5", b"_5", b"5_0", b'"5"', b"$5",
    b"FFFFFFFFFFFFFFFFF", b"10000000000000005", b"ffffffffffffffffffffffffffffffff5", b" 5", b"\t5", b"\x005", b"5\x00", b"5\x0b", b"5/", b"5:",
)  # fmt: skip


def sizes() -> Rows:
    for value in SIZES_BAD:
        rest = value + b"\r\nhello\r\n0\r\n\r\n"
        yield bad("must", f"9112-7.1 size {shown(value)}", coded(rest + EVIL))
        yield bad("must", f"9112-7.1 size {shown(value)}, later", coded(b"2\r\nok\r\n"), LATER, rest + EVIL)
    for value in (b"5 ", b"5\t", b"5  "):  # blanks may only stand before a semicolon
        yield bad(
            "should",
            f"9112-7.1 size {shown(value)}",
            coded(value + b"\r\nhello\r\n0\r\n\r\n"),
            mended=coded(b"5\r\nhello\r\n0\r\n\r\n"),
        )
    for value in (
        b";",
        b";;",
        b"; ",
        b";a=",
        b";=b",
        b";a b",
        b';a="b',
        b";a=b c",
        b";a;;b",
        b";a=b;",
        b";(a)",
        b";a\xe9",
        b";a,b",
    ):
        data = coded(b"5" + value + b"\r\nhello\r\n0\r\n\r\n")
        yield bad("should", f"9112-7.1.1 extension {shown(value)}", data, mended=coded(b"5\r\nhello\r\n0\r\n\r\n"))
    for value in (b";a\x00b", b";a\rb", b";a\x7f", b";a\x01", b';a="\x00"', b";a\r\r"):
        yield bad(
            "must", f"9112-7.1.1 extension {shown(value)}", coded(b"5" + value + b"\r\nhello\r\n0\r\n\r\n" + EVIL)
        )


def chunk_ends() -> Rows:
    for name, data in {
        "LF behind a size": b"5\nhello\r\n0\r\n\r\n",
        "CR behind a size": b"5\rhello\r\n0\r\n\r\n",
        "LF behind the data": b"5\r\nhello\n0\r\n\r\n",
        "CR behind the data": b"5\r\nhello\r0\r\n\r\n",
        "nothing behind the data": b"5\r\nhello0\r\n\r\n",
        "blanks behind the data": b"5\r\nhello  0\r\n\r\n",
        "more data than its size": b"4\r\nhello\r\n0\r\n\r\n",
        "less data than its size": b"7\r\nhello\r\n0\r\n\r\n",
        "CR CR LF behind a size": b"5\r\r\nhello\r\n0\r\n\r\n",
        "LF behind an extension": b"5;a\nhello\r\n0\r\n\r\n",
        "LF in an extension": b"5;\n\r\nhello\r\n0\r\n\r\n",
        "LF behind the last size": b"5\r\nhello\r\n0\n\r\n",
        "LF at the end": b"5\r\nhello\r\n0\r\n\n",
        "CR at the end": b"5\r\nhello\r\n0\r\n\rx",
        "LF LF at the end": b"5\r\nhello\r\n0\n\n",
    }.items():
        duty = (
            "may" if name.startswith("LF") else "must"
        )  # LF may be taken for CR LF (section 2.2), and sent on as CR LF
        yield bad(duty, f"9112-7.1 {name}", coded(data + EVIL))
        yield bad(duty, f"9112-7.1 {name}, later", coded(data[:2]), LATER, data[2:] + EVIL)


def trailers() -> Rows:
    for line in (
        b"X : y", b"X\t: y", b" X: y", b"X: y\r\n z", b"X", b": y", b"X: \0", b"X\0: y", b"X: y\rz", b"X: y\nZ: w", b"X\xe9: y", b"X Y: z",
        b"X: \x01", b"X: \x7f", b"\x00", b"{}",
    ):  # fmt: skip
        yield bad("must", f"9112-7.1.2 trailer {shown(line)}", coded(b"5\r\nhello\r\n0\r\n" + line + b"\r\n\r\n"))
    yield bad("should", "9112-7.1.2 trailers of 1 MB", coded(b"0\r\n" + b"X: y\r\n" * 170_000 + b"\r\n"))
    yield bad("should", "9112-7.1.1 an extension of 1 MB", coded(b"0;" + b"a" * 1_000_000 + b"\r\n\r\n"))


def cut_short() -> Rows:
    """A request that ends early never looks whole (RFC 9112 section 8)."""
    for name, data in {
        "in the request line": b"GET /a HT",
        "behind the request line": b"GET /a HTTP/1.1\r\n",
        "in a field": head()[:-6],
        "before the empty line": head()[:-2],
        "before a body": head(b"Content-Length: 5", start=POST),
        "in a body": sized(b"hello")[:-1],
        "in a large body": sized(bytes(900_000))[:-1],
        "before the first chunk": coded(b""),
        "in a size": coded(b"5"),
        "in a chunk": coded(b"5\r\nhel"),
        "behind a chunk": coded(b"5\r\nhello\r\n"),
        "behind a chunk's data": coded(b"5\r\nhello"),
        "before the end": coded(b"5\r\nhello\r\n0\r\n"),
        "in a trailer": coded(b"5\r\nhello\r\n0\r\nX: "),
        "behind a large chunk": coded(b"80000\r\n" + bytes(0x80000) + b"\r\n"),
    }.items():
        yield bad("must", f"9112-8 FIN {name}", data, fin)
