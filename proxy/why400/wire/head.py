"""Heads of messages, read strictly (RFC 9112 sections 2 to 5). Sans I/O; a bad head is a `Refusal`, never a guess."""

import re
from dataclasses import dataclass

from why400 import limits
from why400.exchange import Fields, ReplyHead, RequestHead
from why400.wire.refusal import Refusal

_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_VALUE = rb"[\t\x20-\x7e\x80-\xff]*"
_REQUEST_LINE = re.compile(rb"(" + _TOKEN + rb") ([\x21\x22\x24-\x7e]+) HTTP/(\d)\.(\d)\r\n")
_STATUS_LINE = re.compile(rb"HTTP/1\.(\d) ([1-9]\d\d)(?: (" + _VALUE + rb"))?\r\n")
_FIELD_LINE = re.compile(_TOKEN + rb":" + _VALUE)
_LINES = rb"((?>" + _TOKEN + rb":" + _VALUE + rb"\r\n)*+)\r\n"  # possessive: nothing to go back to
_FIELD_LINES = re.compile(_LINES)
_REQUEST_HEAD = re.compile(rb"(" + _TOKEN[:-1] + rb"{1,64}) ([\x21\x22\x24-\x7e]+) HTTP/1\.(\d)\r\n" + _LINES)
_REPLY_HEAD = re.compile(rb"HTTP/1\.(\d) ([1-9]\d\d)(?: (" + _VALUE + rb"))?\r\n" + _LINES)
_FIELD = re.compile(rb"([^:]+):[ \t]*([^\r]*)\r\n")
BARE_LF = re.compile(rb"(?<!\r)\n")
_HOST = re.compile(  # RFC 3986 section 3.2.2; user information is refused (RFC 9110 section 4.2.4)
    rb"(\[[0-9A-Fa-f:.]+\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::(\d{0,5}))?"
)
_ABSOLUTE = re.compile(rb"[Hh][Tt][Tt][Pp][Ss]?://([^/?]+)(.*)")
_LONGEST_METHOD = 64
_LONGEST_REQUEST_LINE = limits.MAX_TARGET + _LONGEST_METHOD + len("  HTTP/1.1\r")
_LF_ALONE = "a line ends with LF alone, wanted CR LF"
_NO_STATUS_LINE = "the upstream's reply does not start with an HTTP/1 status line"


@dataclass(frozen=True, slots=True)
class TargetForm:
    """A request target taken apart: what to forward, and the authority of an absolute form, which rules over Host."""

    forward: bytes
    authority: bytes | None = None


def find_end(data: bytes | bytearray, start: int = 0) -> int:
    """The offset behind a head's empty line, or -1 while it has not come; `start` is where to search from."""
    end = data.find(b"\r\n\r\n", start)
    return end if end < 0 else end + 4


def check_start(data: bytes | bytearray) -> None:
    """Refuse as soon as `data`, the start of a request head or all of it, can never be read as one.

    The order of the questions is the order of the bytes, so the answer does not depend on how they were split.
    """
    if data.startswith(b"\x16\x03"):
        raise Refusal("http.tls-mismatch", 400, "a TLS hello arrived on a port that speaks plain HTTP", 0)
    if data.startswith(b"PRI * HTTP/2"):
        raise Refusal("http.version", 505, "the HTTP/2 preface arrived on a port that speaks HTTP/1.1", 0)
    line_end = data.find(b"\n")
    if (line_end if line_end >= 0 else len(data)) > _LONGEST_REQUEST_LINE:
        raise Refusal("http.head-too-large", 414, f"the request target is longer than {limits.MAX_TARGET} bytes")
    if line_end < 0:
        return
    if data[line_end - 1 : line_end] != b"\r":
        raise Refusal("http.bad-request-line", 400, _LF_ALONE, line_end)
    _request_line(data)
    _check_lines(data)


def check_reply_start(data: bytes) -> None:
    """The same for the head of a reply. The refusal's cause is `upstream.bad-reply`."""
    if data.startswith(b"\x15\x03"):
        raise Refusal("upstream.bad-reply", 502, "the upstream speaks TLS: its address begins with https://", 0)
    begins = b"HTTP/1.".startswith(data[:7]) or data == b"\x15"  # the first byte of TLS's alert, the second decides
    if not begins or (b"\n" in data and not _STATUS_LINE.match(data)):
        raise Refusal("upstream.bad-reply", 502, _NO_STATUS_LINE, 0)
    try:
        _check_lines(data)
    except Refusal as bad:
        raise _of_upstream(bad) from None


def _check_lines(data: bytes | bytearray) -> None:
    """Every line ends with CR LF, and the head is not too large."""
    if data.count(b"\n") != data.count(b"\r\n"):  # two counts are ten times as fast as one search for what is wrong
        bare = BARE_LF.search(data, 0, limits.MAX_HEAD)
        if bare:
            raise Refusal("http.bad-header", 400, _LF_ALONE, bare.start())
    if len(data) > limits.MAX_HEAD:
        raise Refusal("http.head-too-large", 431, f"the head is larger than {limits.MAX_HEAD} bytes")


def read_request(data: bytes) -> RequestHead:
    """A request head from its bytes, empty line included; a `Refusal` names the first byte that is wrong.

    One pattern says that a head is in order. Only where it does not match, or where a limit could be passed, is the
    head asked step by step.
    """
    found = _REQUEST_HEAD.fullmatch(data)
    if found is None or len(data) > limits.MAX_TARGET:
        check_start(data)
    if found is None:
        raise _bad_field(data, _request_line(data).end())
    method, target, minor, lines = found.groups()
    return RequestHead(method.decode("ascii"), target, (1, 0) if minor == b"0" else (1, 1), _fields(lines))


def _request_line(data: bytes | bytearray) -> re.Match[bytes]:
    line = _REQUEST_LINE.match(data)
    if line is None:
        raise _bad_request_line(bytes(data[: data.find(b"\r\n")]))
    method, target, major, minor = line.groups()
    if major != b"1":
        got = f"got HTTP/{major.decode()}.{minor.decode()}"
        raise Refusal("http.version", 505, f"{got}, wanted HTTP/1.1", line.start(3))
    if len(target) > limits.MAX_TARGET:
        raise Refusal("http.head-too-large", 414, f"the request target is longer than {limits.MAX_TARGET} bytes")
    if len(method) > _LONGEST_METHOD:
        raise Refusal("http.method", 501, f"the method has {len(method)} letters, at most {_LONGEST_METHOD} are read")
    return line


def read_reply(data: bytes) -> ReplyHead:
    """A reply head from its bytes, empty line included. The refusal's cause is `upstream.bad-reply`."""
    found = _REPLY_HEAD.fullmatch(data)
    if found is None or len(data) > limits.MAX_FIELD:
        check_reply_start(data)
    try:
        if found is None:
            line = _STATUS_LINE.match(data)
            raise _bad_field(data, line.end() if line is not None else 0)
        minor, status, reason, lines = found.groups()
        return ReplyHead(int(status), reason or b"", (1, 0) if minor == b"0" else (1, 1), _fields(lines))
    except Refusal as bad:
        raise _of_upstream(bad) from None


def read_fields(data: bytes, start: int) -> Fields:
    """The field lines from `start` to the empty line that ends the section; `data` ends with it."""
    found = _FIELD_LINES.fullmatch(data, start)
    if found is None:
        raise _bad_field(data, start)
    return _fields(found[1])


def _fields(lines: bytes) -> Fields:
    """Well-formed field lines taken apart."""
    fields = _FIELD.findall(lines)
    if len(fields) > limits.MAX_FIELDS:
        raise Refusal("http.head-too-large", 431, f"the head has {len(fields)} fields, at most {limits.MAX_FIELDS}")
    if len(lines) > limits.MAX_FIELD and max(map(len, lines.split(b"\r\n"))) > limits.MAX_FIELD:
        raise Refusal("http.head-too-large", 431, f"a header field is longer than {limits.MAX_FIELD} bytes")
    if b" \r" in lines or b"\t\r" in lines:
        fields = [(name, value.rstrip(b" \t")) for name, value in fields]
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
    if absolute is None or absolute[1].startswith(b":") or not _good_host(absolute[1]):
        raise Refusal(
            "http.bad-request-line", 400, "the request target is no path that starts with /", len(head.method) + 1
        )
    path = absolute[2]
    if not path and head.method == "OPTIONS":
        return TargetForm(b"*", absolute[1])
    return TargetForm(path if path.startswith(b"/") else b"/" + path, absolute[1])


def check_host(head: RequestHead) -> None:
    """One valid Host in HTTP/1.1, at most one in 1.0 (RFC 9112 section 3.2)."""
    hosts = head.values(b"host")
    if len(hosts) > 1:
        raise Refusal("http.host", 400, f"the request has {len(hosts)} Host fields, wanted one")
    if not hosts and head.version >= (1, 1):
        raise Refusal("http.host", 400, "the request has no Host field")
    if hosts and not _good_host(hosts[0]):
        raise Refusal("http.host", 400, "the value of the Host field is no host name with an optional port")


def _of_upstream(bad: Refusal) -> Refusal:
    return Refusal("upstream.bad-reply", 502, f"the upstream's reply: {bad.detail}", bad.offset)


def _good_host(value: bytes) -> bool:
    match = _HOST.fullmatch(value)
    return match is not None and int(match[2] or 0) <= 65535


def _bad_request_line(line: bytes) -> Refusal:
    """What is wrong with a request line, said of the first thing that is."""
    words = line.split(b" ")
    if not re.fullmatch(_TOKEN, words[0]):
        return Refusal("http.bad-request-line", 400, "the request line does not begin with a method", 0)
    if len(words) == 2 and words[1].startswith(b"/"):
        return Refusal("http.version", 400, "the request line has no version (HTTP/0.9), wanted HTTP/1.1", len(line))
    if len(words) == 3 and re.fullmatch(rb"HTTP/\d+(\.\d+)?", words[2]) and not re.fullmatch(rb"HTTP/1\.\d", words[2]):
        at = len(line) - len(words[2])
        return Refusal("http.version", 505, "the request line names an HTTP version that is not 1.0 or 1.1", at)
    odd = re.compile(rb"[^\x21-\x7e ]|#").search(line, len(words[0]))
    if odd:
        detail = f"the request line has the byte {line[odd.start()]:#04x}, which has to be percent-encoded"
        return Refusal("http.bad-request-line", 400, detail, odd.start())
    if len(words) > 3:
        detail = f"the request line has {len(words) - 1} spaces, wanted two: a space in a path is written %20"
        return Refusal("http.bad-request-line", 400, detail, len(words[0]) + 1 + len(words[1]))
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
