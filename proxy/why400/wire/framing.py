"""How long a body is (RFC 9112 section 6) and the chunked coding (section 7.1). Sans I/O."""

import re
from typing import Literal

from why400 import limits
from why400.exchange import Fields, ReplyHead, RequestHead
from why400.value import value
from why400.wire.faults import TOKEN, check_fields
from why400.wire.head import read_fields
from why400.wire.refusal import Refusal

_MOST_DIGITS = 18
_MOST_ZEROS = 1000
_SIZE = rb"0*+[0-9A-Fa-f]{0,15}(?<=[0-9A-Fa-f])"
_QUOTED = rb'"(?:[\t\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*+"'
_EXTENSION = rb"[ \t]*+;[ \t]*+" + TOKEN + rb"(?:[ \t]*+=[ \t]*+(?:" + TOKEN + rb"|" + _QUOTED + rb"))?"
_ANYTHING = rb"[ \t]*(?:;[\t\x20-\x7e\x80-\xff]*)?"
_SIZE_LINE = re.compile(rb"(" + _SIZE + rb")((?:" + _EXTENSION + rb")*+)\r\n")
_LAX_SIZE_LINE = re.compile(rb"(" + _SIZE + rb")(" + _ANYTHING + rb")\r\n")
_SIZE_LINE_SO_FAR = re.compile(_SIZE + _ANYTHING + rb"\r?")
_SMALL = 15
_SMALL_CHUNK = rb"0{0,8}(?:%b)\r\n" % b"|".join(rb"[%x%X]\r\n(?s:.{%d})" % (n, n, n) for n in range(1, _SMALL + 1))
_SMALL_CHUNKS = re.compile(rb"(?:" + _SMALL_CHUNK + rb")*+")
_ONE_SMALL_CHUNK = re.compile(_SMALL_CHUNK)
_LONGEST_SIZE_LINE = 4096
_MOST_EXTENSIONS = 16 * 1024
"""What all chunk extensions of one body may take: they are read and dropped, so they would cost us and show nowhere."""


@value
class Framing:
    """`none`, `length` with its number of bytes, `chunked`, or (replies only) up to the `close` of the connection."""

    kind: Literal["none", "length", "chunked", "close"]
    length: int = 0


NO_BODY = Framing("none")
CHUNKED = Framing("chunked")
TO_CLOSE = Framing("close")


def request_framing(head: RequestHead) -> Framing:
    """The framing of a request; anything with two readings is refused (RFC 9112 sections 6.1 and 6.3)."""
    length = head.value(b"content-length")
    if head.value(b"transfer-encoding") is not None:
        return _request_coding(head, head.values(b"transfer-encoding"), length is not None)
    if length is None:
        return NO_BODY
    if len(head.index) < len(head.fields) and (count := len(head.values(b"content-length"))) > 1:
        raise Refusal("http.framing", 400, f"the request has {count} Content-Length fields, wanted one")
    if not _is_number(length):
        raise Refusal("http.framing", 400, "the value of Content-Length is not one number of bytes")
    return _of_length(int(length))


def reply_framing(head: ReplyHead, method: str) -> Framing:
    """The framing of a reply to `method`. The refusal's cause is `upstream.bad-reply`."""
    length, coding = head.value(b"content-length"), head.value(b"transfer-encoding")
    if coding is not None:
        if length is not None or coding.lower() != b"chunked" or len(head.values(b"transfer-encoding")) > 1:
            raise Refusal("upstream.bad-reply", 502, "the upstream's reply has framing with two readings")
        framing = CHUNKED
    elif length is None:
        framing = TO_CLOSE
    elif _is_number(length) and (len(head.index) == len(head.fields) or _agree(head.values(b"content-length"))):
        framing = _of_length(int(length))
    else:
        raise Refusal("upstream.bad-reply", 502, "the upstream's reply has no single, numeric Content-Length")
    return NO_BODY if method == "HEAD" or head.status in (204, 304) or head.status < 200 else framing


def _is_number(value: bytes) -> bool:
    return value.isdigit() and (
        len(value) <= _MOST_DIGITS or (len(value) <= _MOST_ZEROS and len(value.lstrip(b"0")) <= _MOST_DIGITS)
    )


def _agree(values: list[bytes]) -> bool:
    return len(set(values)) == 1


def _of_length(length: int) -> Framing:
    return Framing("length", length) if length else NO_BODY


def _request_coding(head: RequestHead, codings: list[bytes], has_length: bool) -> Framing:
    if has_length:
        raise Refusal("http.framing", 400, "the request has both Content-Length and Transfer-Encoding")
    if head.version < (1, 1):
        raise Refusal("http.framing", 400, "Transfer-Encoding in an HTTP/1.0 request")
    names = [name.strip(b" \t").lower() for value in codings for name in value.split(b",")]
    if names == [b"chunked"]:
        return CHUNKED
    if names[-1] == b"chunked" and names.count(b"chunked") == 1 and all(names):
        raise Refusal("http.framing", 501, "the request has a transfer coding other than chunked")
    raise Refusal("http.framing", 400, "the request's Transfer-Encoding does not end with one chunked")


class ChunkedReader:
    """The chunked coding taken off as bytes come (RFC 9112 section 7.1).

    `feed` gives the data in what came. Once `ended`, `trailers` are the trailer fields and `rest` is what came behind
    the body. At the first byte that cannot be chunked coding `fault` says why, and nothing more is read; what was
    good before it has been given, however the bytes were split.

    `lax`: blanks behind a size, with which old servers pad it, and extensions that are none by the grammar are read
    over. In a request two readers might take them for something else.
    """

    __slots__ = (
        "_asked",
        "_cause",
        "_extensions",
        "_held",
        "_left",
        "_size_line",
        "_state",
        "_status",
        "ended",
        "fault",
        "rest",
        "trailers",
    )

    def __init__(self, cause: str, status: int, *, lax: bool = False) -> None:
        self.ended = False
        self.rest = b""
        self.trailers: Fields = ()
        self.fault: Refusal | None = None
        self._cause, self._status = cause, status
        self._held = bytearray()
        self._left = 0
        self._extensions = 0
        self._asked = 0
        self._size_line = _LAX_SIZE_LINE if lax else _SIZE_LINE
        self._state: Literal["size", "data", "line end", "trailer"] = "size"

    def feed(self, data: bytes | bytearray | memoryview) -> bytes:
        """The bytes of the body in `data`."""
        if self.fault is not None:
            return b""
        self._held += data
        pieces: list[bytes] = []
        position = 0
        try:
            while not self.ended and (step := _READ[self._state](self, position, pieces)) >= 0:
                position = step
        except Refusal as fault:
            self.fault = fault
        del self._held[:position]
        if self.ended:
            self.rest, self._held = bytes(self._held), bytearray()
        return b"".join(pieces)

    # Each reader gives the offset behind what it has read, or -1: more has to come.

    def _read_size(self, position: int, pieces: list[bytes]) -> int:
        line = self._size_line.match(self._held, position)
        if line is None and not _SIZE_LINE_SO_FAR.fullmatch(self._held, position) and position < len(self._held):
            raise self._bad("a chunk does not start with its size in hexadecimal digits and CR LF")
        if (line.end() if line else len(self._held)) - position > _LONGEST_SIZE_LINE:
            raise self._bad(f"a chunk's size line is longer than {_LONGEST_SIZE_LINE} bytes")
        if line is None:
            return -1
        self._extensions += len(line[2])
        if self._extensions > _MOST_EXTENSIONS:
            raise self._bad(f"the chunk extensions are longer than {_MOST_EXTENSIONS} bytes")
        self._left = int(line[1], 16)
        if 0 < self._left <= _SMALL and (end := self._read_small(position, pieces)) > position:
            return end
        self._state = "data" if self._left else "trailer"
        return line.end()

    def _read_small(self, position: int, pieces: list[bytes]) -> int:
        """A run of tiny chunks at once: one by one, a packet full of them would take 13 ms."""
        end = run.end() if (run := _SMALL_CHUNKS.match(self._held, position)) else position
        pieces += [chunk[chunk.find(b"\n") + 1 : -2] for chunk in _ONE_SMALL_CHUNK.findall(self._held, position, end)]
        return end

    def _read_data(self, position: int, pieces: list[bytes]) -> int:
        piece = bytes(memoryview(self._held)[position : position + self._left])
        if not piece:
            return -1
        pieces.append(piece)
        self._left -= len(piece)
        if not self._left:
            self._state = "line end"
        return position + len(piece)

    def _read_line_end(self, position: int, pieces: list[bytes]) -> int:
        end = self._held[position : position + 2]
        if not b"\r\n".startswith(bytes(end)):
            raise self._bad("a chunk's data is not followed by CR LF: its size is wrong")
        if len(end) < 2:
            return -1
        self._state = "size"
        return position + 2

    def _read_trailer(self, position: int, pieces: list[bytes]) -> int:
        if self._held.startswith(b"\r\n", position):
            self.ended = True
            return position + 2
        end = self._held.find(b"\r\n\r\n", position)
        section = bytes(self._held[position:] if end < 0 else self._held[position : end + 4])
        try:
            check_fields(section[: limits.MAX_FIELD], 0, self._asked)
        except Refusal as bad:
            raise self._bad(f"the trailer section: {bad.detail}") from None
        if len(section) > limits.MAX_FIELD:
            raise self._bad(f"the trailer section is longer than {limits.MAX_FIELD} bytes")
        if end < 0:
            self._asked = len(section)
            return -1
        self.trailers = read_fields(section, 0)
        self.ended = True
        return end + 4

    def _bad(self, detail: str) -> Refusal:
        return Refusal(self._cause, self._status, detail)


_READ = {
    "size": ChunkedReader._read_size,
    "data": ChunkedReader._read_data,
    "line end": ChunkedReader._read_line_end,
    "trailer": ChunkedReader._read_trailer,
}


def chunk(piece: bytes | bytearray | memoryview) -> bytes:
    """One chunk of the coding; nothing for nothing, since an empty chunk would end the body."""
    return b"".join((b"%x\r\n" % len(piece), piece, b"\r\n")) if piece else b""


def last_chunk(trailers: Fields = ()) -> bytes:
    """The end of a chunked body, with its trailer fields."""
    return b"0\r\n" + b"".join(b"%b: %b\r\n" % field for field in trailers) + b"\r\n"
