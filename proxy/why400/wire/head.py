"""Heads of messages, read strictly (RFC 9112 sections 2 to 5). Sans I/O; a bad head is a `Refusal`, never a guess."""

import re
from dataclasses import dataclass

from why400 import limits
from why400.exchange import Fields, ReplyHead, RequestHead
from why400.wire.refusal import Refusal

_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_REQUEST_LINE = re.compile(rb"(" + _TOKEN + rb") ([\x21\x22\x24-\x7e]+) HTTP/(\d)\.(\d)\r\n")
_STATUS_LINE = re.compile(rb"HTTP/(\d)\.(\d) (\d{3})(?: ([\t\x20-\x7e\x80-\xff]*))?\r\n")
_FIELD_LINES = re.compile(rb"(?:" + _TOKEN + rb":[\t\x20-\x7e\x80-\xff]*\r\n)*\r\n")
_FIELD_LINE = re.compile(_TOKEN + rb":[\t\x20-\x7e\x80-\xff]*")
_BARE_LF = re.compile(rb"(?<!\r)\n")
_HOST = re.compile(
    rb"(?:\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::(\d{0,5}))?"  # RFC 3986 section 3.2.2
)
_ABSOLUTE = re.compile(rb"[Hh][Tt][Tt][Pp][Ss]?://([^/?#]*)([^#]*)")
_LONGEST_METHOD = 64


@dataclass(frozen=True, slots=True)
class TargetForm:
    """A request target taken apart: what to forward, and the authority of an absolute form, which rules over Host."""

    forward: bytes
    authority: bytes | None = None


def find_end(data: bytes | bytearray, start: int = 0) -> int:
    """The offset behind a head's empty line, or -1. Refuses at once what can never become a head."""
    end = data.find(b"\r\n\r\n", start)
    if end >= 0:
        return end + 4
    if len(data) > limits.MAX_HEAD:
        raise Refusal("http.head-too-large", 431, f"the head is larger than {limits.MAX_HEAD} bytes")
    return -1


def check_start(data: bytes | bytearray) -> None:
    """Refuse the start of what is not an HTTP/1 request: TLS, HTTP/2, bare line feeds, an endless line."""
    if data[:1] == b"\x16" and data[1:2] in (b"\x03", b""):
        raise Refusal("http.tls-mismatch", 400, "a TLS hello arrived on a port that speaks plain HTTP", 0)
    if data.startswith(b"PRI * HTTP/2"):
        raise Refusal("http.version", 505, "the HTTP/2 preface arrived on a port that speaks HTTP/1.1", 0)
    bare = _BARE_LF.search(data)
    if bare:
        code = "http.bad-request-line" if b"\n" not in data[: bare.start()] else "http.bad-header"
        raise Refusal(code, 400, "a line ends with LF alone, wanted CR LF", bare.start())
    line_end = data.find(b"\r\n")
    if line_end < 0 and len(data) > limits.MAX_TARGET:
        raise Refusal("http.head-too-large", 414, f"the request target is longer than {limits.MAX_TARGET} bytes")


def read_request(data: bytes) -> RequestHead:
    """A request head from its bytes, empty line included."""
    line = _REQUEST_LINE.match(data)
    if line is None:
        raise _bad_request_line(data)
    method, target, major, minor = line.groups()
    if major != b"1":
        raise Refusal(
            "http.version", 505, f"got HTTP/{major.decode()}.{minor.decode()}, wanted HTTP/1.1", line.start(3)
        )
    if len(target) > limits.MAX_TARGET:
        raise Refusal("http.head-too-large", 414, f"the request target has {len(target)} bytes")
    if len(method) > _LONGEST_METHOD:
        raise Refusal("http.method", 501, f"the method has {len(method)} letters")
    version = (1, 1) if minor != b"0" else (1, 0)
    return RequestHead(method.decode("ascii"), target, version, read_fields(data, line.end()))


def read_reply(data: bytes) -> ReplyHead:
    """A reply head from its bytes, empty line included. The refusal's cause is `upstream.bad-reply`."""
    line = _STATUS_LINE.match(data)
    if line is None or line[1] != b"1" or not b"100" <= line[3] <= b"999":
        raise Refusal("upstream.bad-reply", 502, "the upstream's reply does not start with an HTTP/1 status line", 0)
    try:
        fields = read_fields(data, line.end())
    except Refusal as bad:
        raise Refusal("upstream.bad-reply", 502, f"the upstream's reply: {bad.detail}", bad.offset) from None
    return ReplyHead(int(line[3]), line[4] or b"", (1, 0 if line[2] == b"0" else 1), fields)


def read_fields(data: bytes, start: int) -> Fields:
    """The field lines from `start` to the empty line that ends the head."""
    if not _FIELD_LINES.fullmatch(data, start):
        raise _bad_field(data, start)
    lines = data[start:-4].split(b"\r\n") if len(data) - start > 4 else []
    if len(lines) > limits.MAX_FIELDS:
        raise Refusal("http.head-too-large", 431, f"the head has {len(lines)} fields, at most {limits.MAX_FIELDS}")
    fields = []
    for line in lines:
        if len(line) > limits.MAX_FIELD:
            raise Refusal("http.head-too-large", 431, f"a header field has {len(line)} bytes")
        name, _, value = line.partition(b":")
        fields.append((name, value.strip(b" \t")))
    return tuple(fields)


def read_target(head: RequestHead) -> TargetForm:
    """The form of the target (RFC 9112 section 3.2), with an absolute form brought to what an origin server wants."""
    target = head.target
    if head.method in ("CONNECT", "TRACE"):
        raise Refusal("http.method", 405, f"{head.method} is not forwarded to a model")
    if target.startswith(b"/"):
        return TargetForm(target)
    if target == b"*" and head.method == "OPTIONS":
        return TargetForm(target)
    absolute = _ABSOLUTE.fullmatch(target)
    if absolute is None or not absolute[1] or not _good_host(absolute[1]):
        raise Refusal(
            "http.bad-request-line", 400, "the request target is no path that starts with /", len(head.method) + 1
        )
    path = absolute[2]
    if not path and head.method == "OPTIONS":
        return TargetForm(b"*", absolute[1])
    return TargetForm(path if path.startswith(b"/") else b"/" + path, absolute[1])


def check_host(head: RequestHead) -> None:
    """One valid Host in HTTP/1.1, at most one in 1.0 (RFC 9112 section 3.2)."""
    hosts = [value for name, value in head.fields if name.lower() == b"host"]
    if len(hosts) > 1:
        raise Refusal("http.host", 400, f"the request has {len(hosts)} Host fields, wanted one")
    if not hosts and head.version >= (1, 1):
        raise Refusal("http.host", 400, "the request has no Host field")
    if hosts and not _good_host(hosts[0]):
        raise Refusal("http.host", 400, "the value of the Host field is no host name with an optional port")


def _good_host(value: bytes) -> bool:
    match = _HOST.fullmatch(value)
    return match is not None and int(match[1] or 0) <= 65535


def _bad_request_line(data: bytes) -> Refusal:
    line = data[: data.find(b"\r\n")]
    words = line.split(b" ")
    if len(words) == 2 and re.fullmatch(_TOKEN, words[0]) and words[1].startswith(b"/"):
        return Refusal("http.version", 400, "the request line has no version (HTTP/0.9), wanted HTTP/1.1", len(line))
    if len(words) == 3 and re.fullmatch(rb"HTTP/\d+(\.\d+)?", words[2]) and not re.fullmatch(rb"HTTP/1\.\d", words[2]):
        return Refusal("http.version", 505, "the request line names an HTTP version that is not 1.0 or 1.1", len(line))
    if len(words) > 3:
        detail = f"the request line has {len(words) - 1} spaces, wanted two: a space in a path is written %20"
        return Refusal("http.bad-request-line", 400, detail, len(words[0]) + 1 + len(words[1]))
    odd = re.search(rb"[^\x21-\x7e ]|#", line)
    if odd:
        detail = f"the request line has the byte {line[odd.start()]:#04x}, which has to be percent-encoded"
        return Refusal("http.bad-request-line", 400, detail, odd.start())
    return Refusal("http.bad-request-line", 400, "the request line is not METHOD SP TARGET SP HTTP/1.1", 0)


def _bad_field(data: bytes, start: int) -> Refusal:
    """The first field line that is wrong, and how."""
    for line in data[start:].split(b"\r\n"):
        if not _FIELD_LINE.fullmatch(line):
            return Refusal("http.bad-header", 400, _field_fault(line), start)
        start += len(line) + 2
    return Refusal("http.bad-header", 400, "a header field line is not well-formed", start)


def _field_fault(line: bytes) -> str:
    if line[:1] in (b" ", b"\t"):
        return "a header field is folded over two lines, which HTTP no longer allows"
    name, colon, value = line.partition(b":")
    if not colon:
        return "a header line has no colon"
    if name.endswith((b" ", b"\t")):
        return "a header field has a space before its colon"
    if not name:
        return "a header field has no name"
    odd = re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", value)
    if odd:
        return f"a header field's value has the control byte {value[odd.start()]:#04x}"
    return "a header field's name has a character that names may not have"
