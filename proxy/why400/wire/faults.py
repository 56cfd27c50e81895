"""What is wrong with the head of a message, said of the first byte that is, and as soon as that has come. Sans I/O.

Asked only of heads that are not complete yet or that `wire/head.py` cannot read. The order of the questions is the
order of the bytes, so that the answer does not depend on how they were split.
"""

import re

from why400 import limits
from why400.wire.refusal import Refusal

TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
VALUE = rb"[\t\x20-\x7e\x80-\xff]*"
LONGEST_METHOD = 64
BARE_LF = re.compile(rb"(?<!\r)\n")
_REQUEST_LINE = re.compile(rb"(" + TOKEN + rb") ([\x21\x22\x24-\x7e]+) HTTP/(\d)\.(\d)\r\n")
_STATUS_LINE = re.compile(rb"HTTP/1\.\d [1-9]\d\d(?: " + VALUE + rb")?\r?\n")
_METHOD = re.compile(TOKEN)
_ODD = re.compile(rb"[^\x21-\x7e ]|#")
_GOOD_LINES = re.compile(rb"(?:" + TOKEN + rb":" + VALUE + rb"\r\n){0,%d}+" % (limits.MAX_FIELDS + 1))
_BARE_CR = re.compile(rb"\r(?!\n|\Z)")
_LONGEST_REQUEST_LINE = limits.MAX_TARGET + LONGEST_METHOD + len("  HTTP/1.1\r")
_LF_ALONE = "a line ends with LF alone, wanted CR LF"
_NO_STATUS_LINE = "the upstream's reply does not start with an HTTP/1 status line"


def check_start(data: bytes | bytearray, asked: int = 0) -> None:
    """Refuse what can never be read as a request head: `data` is its start, or all of it.

    `asked`: so many bytes were asked before, and were in order.
    """
    if data.startswith(b"\x16\x03"):
        raise Refusal("http.tls-mismatch", 400, "a TLS hello arrived on a port that speaks plain HTTP", 0)
    if data.startswith(b"PRI * HTTP/2"):
        raise Refusal("http.version", 505, "the HTTP/2 preface arrived on a port that speaks HTTP/1.1", 0)
    line_end = data.find(b"\n")
    if (line_end if line_end >= 0 else len(data)) > _LONGEST_REQUEST_LINE:
        raise Refusal("http.head-too-large", 414, f"the request target is longer than {limits.MAX_TARGET} bytes")
    if line_end < 0:
        _check_unfinished_line(data, asked)
        return
    if asked <= line_end:
        check_request_line(data, line_end)
    check_fields(data, line_end + 1, asked)


def check_reply_start(data: bytes) -> None:
    """The same for the head of a reply. The refusal's cause is `upstream.bad-reply`."""
    if data.startswith(b"\x15\x03"):
        raise Refusal("upstream.bad-reply", 502, "the upstream speaks TLS: its address begins with https://", 0)
    begins = b"HTTP/1.".startswith(data[:7]) or data == b"\x15"  # the first byte of TLS's alert, the second decides
    if not begins or (b"\n" in data and not _STATUS_LINE.match(data)):
        raise Refusal("upstream.bad-reply", 502, _NO_STATUS_LINE, 0)
    if len(data) > limits.MAX_HEAD:
        raise of_upstream(_too_large())


def of_upstream(bad: Refusal) -> Refusal:
    """The same fault in a reply."""
    return Refusal("upstream.bad-reply", 502, f"the upstream's reply: {bad.detail}", bad.offset)


def _too_large() -> Refusal:
    return Refusal("http.head-too-large", 431, f"the head is larger than {limits.MAX_HEAD} bytes")


def too_many_fields() -> Refusal:
    """More field lines than are read."""
    return Refusal("http.head-too-large", 431, f"the head has more than {limits.MAX_FIELDS} fields")


def _check_unfinished_line(data: bytes | bytearray, asked: int) -> None:
    """A request line whose end has not come may have begun wrong already."""
    so_far = bytes(data.removesuffix(b"\r"))
    method, blank, _ = so_far[: LONGEST_METHOD + 1].partition(b" ")
    if (method or blank) and not _METHOD.fullmatch(method) and data != b"\x16":  # the second byte of TLS decides
        raise _no_method()
    odd = _ODD.search(so_far, max(len(method), asked - 1)) if blank else None
    if odd:
        raise _odd_byte(so_far, odd.start())


def check_request_line(data: bytes | bytearray, line_end: int) -> None:
    """A whole request line, which ends with the LF at `line_end`."""
    line = bytes(data[:line_end])
    fault = _begun_wrong(line.removesuffix(b"\r"))
    if fault is not None and line:
        raise fault
    if not line.endswith(b"\r"):
        raise Refusal("http.bad-request-line", 400, _LF_ALONE, line_end)
    found = _REQUEST_LINE.match(data)
    if found is None:
        raise _bad_request_line(line[:-1])
    method, target, major, minor = found.groups()
    if major != b"1":
        got = f"got HTTP/{major.decode()}.{minor.decode()}"
        raise Refusal("http.version", 505, f"{got}, wanted HTTP/1.1", found.start(3))
    if len(target) > limits.MAX_TARGET:
        raise Refusal("http.head-too-large", 414, f"the request target is longer than {limits.MAX_TARGET} bytes")
    if len(method) > LONGEST_METHOD:
        raise Refusal("http.method", 501, f"the method has {len(method)} letters, at most {LONGEST_METHOD} are read")


def _begun_wrong(line: bytes) -> Refusal | None:
    method = line.partition(b" ")[0]
    if not _METHOD.fullmatch(method):
        return _no_method()
    odd = _ODD.search(line, len(method))
    return _odd_byte(line, odd.start()) if odd else None


def _no_method() -> Refusal:
    return Refusal("http.bad-request-line", 400, "the request line does not begin with a method", 0)


def _odd_byte(line: bytes, at: int) -> Refusal:
    detail = f"the request line has the byte {line[at]:#04x}, which has to be percent-encoded"
    return Refusal("http.bad-request-line", 400, detail, at)


def _bad_request_line(line: bytes) -> Refusal:
    """What is wrong with a request line of a method and plain characters."""
    words = line.split(b" ")
    if len(words) == 2 and words[1].startswith(b"/"):
        return Refusal("http.version", 400, "the request line has no version (HTTP/0.9), wanted HTTP/1.1", len(line))
    if len(words) == 3 and re.fullmatch(rb"HTTP/\d+(\.\d+)?", words[2]) and not re.fullmatch(rb"HTTP/1\.\d", words[2]):
        at = len(line) - len(words[2])
        return Refusal("http.version", 505, "the request line names an HTTP version that is not 1.0 or 1.1", at)
    if len(words) > 3:
        detail = f"the request line has {len(words) - 1} spaces, wanted two: a space in a path is written %20"
        return Refusal("http.bad-request-line", 400, detail, len(words[0]) + 1 + len(words[1]))
    return Refusal("http.bad-request-line", 400, "the request line is not METHOD SP TARGET SP HTTP/1.1", 0)


def check_fields(data: bytes | bytearray, start: int, asked: int) -> None:
    """Every field line that is there from `start` is in order, the last as far as it has come; there is not too much.

    `asked`: so many bytes were asked before, and were in order.
    """
    if data.find(b"\n", max(start, asked)) >= 0:
        end = _good_until(data, start, limits.MAX_HEAD)
        _check_lengths(data, start, end)
        if data.count(b"\n", start, end) > limits.MAX_FIELDS:
            raise too_many_fields()
        line_end = data.find(b"\n", end, limits.MAX_HEAD)
        if line_end >= 0 and not data.startswith(b"\r\n", end):
            raise bad_line(bytes(data[end : line_end + 1]), end)
    unfinished = max(data.rfind(b"\n", start, limits.MAX_HEAD) + 1, start)
    bare = _BARE_CR.search(data, max(unfinished, asked - 1), limits.MAX_HEAD)
    _check_lengths(data, unfinished, bare.start() if bare else len(data))
    if bare:
        raise _bare_cr(bare.start())
    if len(data) > limits.MAX_HEAD:
        raise _too_large()


def _check_lengths(data: bytes | bytearray, start: int, end: int) -> None:
    """No line from `start` is longer than a field may be, also where its end has not come."""
    if end - start > limits.MAX_FIELD:
        lines = bytes(data[start:end]).removesuffix(b"\r").split(b"\r\n")
        if max(map(len, lines)) > limits.MAX_FIELD:
            raise field_too_long()


def field_too_long() -> Refusal:
    """A longer field line than is read."""
    return Refusal("http.head-too-large", 431, f"a header field is longer than {limits.MAX_FIELD} bytes")


def _good_until(data: bytes | bytearray, start: int, end: int) -> int:
    """The offset behind the whole field lines from `start` that are in order; nothing behind `end` is looked at."""
    good = _GOOD_LINES.match(data, start, end)
    return good.end() if good is not None else start


def bad_line(line: bytes, at: int) -> Refusal:
    """What is wrong with a field line, its LF included; `at` is where it begins."""
    bare = _BARE_CR.search(line)
    if (bare.start() if bare else len(line.rstrip(b"\r\n"))) > limits.MAX_FIELD:
        return field_too_long()
    if bare:
        return _bare_cr(at + bare.start())
    if not line.endswith(b"\r\n"):
        return Refusal("http.bad-header", 400, _LF_ALONE, at + len(line) - 1)
    return Refusal("http.bad-header", 400, _field_fault(line[:-2]), at)


def bad_section(data: bytes, start: int) -> Refusal:
    """What is wrong with the first field line from `start` that is wrong."""
    end = _good_until(data, start, len(data))
    line_end = data.find(b"\n", end) + 1
    return bad_line(data[end : line_end or len(data)], end)


def _bare_cr(at: int) -> Refusal:
    return Refusal("http.bad-header", 400, "a header field has the control byte 0x0d (CR) that no LF follows", at)


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
