"""Heads of messages, read strictly (RFC 9112 sections 2 to 5). Sans I/O; a bad head is a `Refusal`, never a guess."""

import re
from ipaddress import IPv6Address

from why400 import limits
from why400.exchange import Fields, ReplyHead, RequestHead
from why400.value import value
from why400.wire.faults import (
    BARE_LF,
    LONGEST_METHOD,
    TOKEN,
    VALUE,
    bad_section,
    check_reply_start,
    check_start,
    field_too_long,
    of_upstream,
    too_many_fields,
)
from why400.wire.refusal import Refusal

_REQUEST_LINE = rb"(" + TOKEN[:-1] + rb"{1,%d}) ([\x21\x22\x24-\x7e]+) HTTP/1\.(\d)\r\n" % LONGEST_METHOD
_LINES = rb"((?>" + TOKEN + rb":" + VALUE + rb"\r\n)*+)\r\n"  # possessive: nothing to go back to
_FIELD_LINES = re.compile(_LINES)
_REQUEST_HEAD = re.compile(_REQUEST_LINE + _LINES)
_REPLY_HEAD = re.compile(rb"HTTP/1\.(\d) ([1-9]\d\d)(?: (" + VALUE + rb"))?\r\n" + _LINES)
_FIELD = re.compile(rb"([^:]+):[ \t]*([^\r]*)\r\n")
_FOLD = re.compile(rb"[ \t]*\r\n[ \t]+")
_EMPTY_LINE = re.compile(rb"\n\r?\n")
_BLANK_BEFORE_COLON = re.compile(rb"(\n" + TOKEN + rb")[ \t]+:")
_HOST = re.compile(  # RFC 3986 section 3.2.2; user information is refused (RFC 9110 section 4.2.4)
    rb"(?:\[([0-9A-Fa-f:.]+)\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::(\d{0,5}))?"
)
_ABSOLUTE = re.compile(rb"[Hh][Tt][Tt][Pp][Ss]?://([^/?]+)(.*)")


@value
class TargetForm:
    """A request target taken apart: what to forward, and the authority of an absolute form, which rules over Host."""

    forward: bytes
    authority: bytes | None = None


def find_end(data: bytes | bytearray, start: int = 0) -> int:
    """The offset behind a head's empty line, or -1 while it has not come; `start` is where to search from."""
    end = data.find(b"\r\n\r\n", start)
    return end if end < 0 else end + 4


def find_reply_end(data: bytes, start: int = 0) -> int:
    """The same for a reply: servers written by hand end their lines with LF alone, as a recipient may read them
    (RFC 9112 section 2.2). Their clients do. Of requests we do not: two readers of one could differ."""
    found = _EMPTY_LINE.search(data, start)
    return found.end() if found else -1


def read_request(data: bytes) -> RequestHead:
    """A request head from its bytes, empty line included; a `Refusal` names the first byte that is wrong.

    One pattern says that a head is in order. Only where it does not match, or where a limit could be passed, is the
    head asked step by step.
    """
    found = _REQUEST_HEAD.fullmatch(data)
    if found is None or len(data) > limits.MAX_TARGET:
        check_start(data)
    if found is None:
        raise bad_section(data, data.find(b"\n") + 1)
    method, target, minor, lines = found.groups()
    return RequestHead(method.decode("ascii"), target, (1, 0) if minor == b"0" else (1, 1), _fields(lines))


def read_reply(data: bytes) -> ReplyHead:
    """A reply head from its bytes, empty line included. The refusal's cause is `upstream.bad-reply`."""
    found = _REPLY_HEAD.fullmatch(data)
    if found is None or len(data) > limits.MAX_FIELD:
        check_reply_start(data)
    try:
        if found is None:
            data = _mended(data)
            found = _REPLY_HEAD.fullmatch(data)
        if found is None:
            raise bad_section(data, data.find(b"\n") + 1)
        minor, status, reason, lines = found.groups()
        return ReplyHead(int(status), reason or b"", (1, 0) if minor == b"0" else (1, 1), _fields(lines))
    except Refusal as bad:
        raise of_upstream(bad) from None


def _mended(data: bytes) -> bytes:
    """A reply head without what a proxy is to take out of one: LF alone at the end of a line (RFC 9112 section 2.2),
    blanks before a colon (section 5.1), and folds, one space in place of each (section 5.2)."""
    data = BARE_LF.sub(b"\r\n", data)
    start = data.find(b"\n") + 1
    if data[start : start + 1] in (b" ", b"\t"):
        return data
    return _BLANK_BEFORE_COLON.sub(rb"\1:", data[: start - 2] + b"\r\n" + _FOLD.sub(b" ", data[start:-2]) + b"\r\n")


def read_fields(data: bytes, start: int) -> Fields:
    """The field lines from `start` to the empty line that ends the section; `data` ends with it."""
    found = _FIELD_LINES.fullmatch(data, start)
    if found is None:
        raise bad_section(data, start)
    return _fields(found[1])


def _fields(lines: bytes) -> Fields:
    """Well-formed field lines taken apart."""
    fields = _FIELD.findall(lines)
    if len(fields) > limits.MAX_FIELDS:
        raise too_many_fields()
    if len(lines) > limits.MAX_FIELD and max(map(len, lines.split(b"\r\n"))) > limits.MAX_FIELD:
        raise field_too_long()
    if b" \r" in lines or b"\t\r" in lines:
        fields = [(name, value.rstrip(b" \t")) for name, value in fields]
    return tuple(fields)


def read_target(head: RequestHead) -> TargetForm:
    """The form of the target (RFC 9112 section 3.2), with an absolute form brought to what an origin server wants."""
    target = head.target
    if head.method in ("CONNECT", "TRACE", "OPTIONS"):
        _check_hops(head)
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


def _check_hops(head: RequestHead) -> None:
    """Some requests end here: they ask about hops (RFC 9110 sections 7.6.2, 9.3.6 and 9.3.8)."""
    if head.method != "OPTIONS":
        raise Refusal("http.method", 405, f"{head.method} is not forwarded to a model")
    if re.fullmatch(rb"0+", head.value(b"max-forwards") or b""):
        raise Refusal("http.method", 501, "Max-Forwards lets the request come no further, and it asks for nothing here")


def expects_continue(head: RequestHead) -> bool:
    """The client waits for 100 (RFC 9110 section 10.1.1). Any other expectation is refused."""
    if head.value(b"expect") is None:
        return False
    expected = {word.strip(b" \t").lower() for value in head.values(b"expect") for word in value.split(b",")} - {b""}
    if expected - {b"100-continue"}:
        raise Refusal("http.expectation", 417, "the Expect field asks for something other than 100-continue")
    return bool(expected)


def check_host(head: RequestHead) -> None:
    """One valid Host in HTTP/1.1, at most one in 1.0 (RFC 9112 section 3.2)."""
    hosts = head.values(b"host")
    if len(hosts) > 1:
        raise Refusal("http.host", 400, f"the request has {len(hosts)} Host fields, wanted one")
    if not hosts and head.version >= (1, 1):
        raise Refusal("http.host", 400, "the request has no Host field")
    if hosts and not _good_host(hosts[0]):
        raise Refusal("http.host", 400, "the value of the Host field is no host name with an optional port")


def _good_host(value: bytes) -> bool:
    match = _HOST.fullmatch(value)
    return match is not None and int(match[2] or 0) <= 65535 and (match[1] is None or _is_ipv6(match[1]))


def _is_ipv6(text: bytes) -> bool:
    try:
        IPv6Address(text.decode("ascii"))
    except ValueError:
        return False
    return True
