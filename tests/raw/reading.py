"""What stands on a connection, by the letter of RFC 9112 with nothing forgiven: the judge of the tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

Fields = tuple[tuple[bytes, bytes], ...]

_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+"
_FIELD = re.compile(
    rb"(" + _TOKEN + rb"):[ \t]*((?:[\x21-\x7e\x80-\xff](?:[\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?)?)[ \t]*"
)
_ASK = re.compile(_TOKEN + rb" [\x21\x22\x24-\x7e]+ HTTP/1\.[01]")
_ANSWER = re.compile(rb"HTTP/1\.[01] ([1-9]\d\d) [\t\x20-\x7e\x80-\xff]*")
_SIZE = re.compile(rb"([0-9A-Fa-f]+)(?:;[^\r\n]*)?\r\n")
_HOP = frozenset(
    (b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization", b"te", b"transfer-encoding", b"upgrade",
     b"expect", b"http2-settings", b"content-length")
)  # fmt: skip
"""Fields of one hop, and those that frame: a proxy may frame anew, so the body is compared instead."""


class Malformed(Exception):
    """These bytes are no HTTP/1.1, or have two readings."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message; names of fields in lower case. `whole`: its end is there."""

    start: bytes
    fields: Fields
    body: bytes = b""
    whole: bool = True

    def values(self, name: bytes) -> list[bytes]:
        return [value for key, value in self.fields if key == name]

    @property
    def status(self) -> int:
        return int(self.start[9:12]) if self.start[9:12].isdigit() else 0

    @property
    def end_to_end(self) -> "Message":
        """Without what belongs to one hop; fields of different names may be in any order."""
        named = {option.strip().lower() for value in self.values(b"connection") for option in value.split(b",")}
        kept = [field for field in self.fields if field[0] not in _HOP and field[0] not in named - {b"host"}]
        return replace(self, fields=tuple(sorted(kept, key=lambda field: field[0])))


def requests_in(data: bytes) -> Iterator[Message]:
    """The requests on a connection. Raises `Malformed`."""
    while data:
        head, data, ended = _head(data, _ASK)
        if not ended:
            yield head
            return
        body, data, whole = _body(head, data, to_close=False, ended=False)
        yield replace(head, body=body, whole=whole)


def replies_in(data: bytes, methods: Sequence[bytes], ended: bool, reset: bool) -> Iterator[Message]:
    """The replies to requests of these methods, interim ones among them. Raises `Malformed`."""
    left = list(methods)
    while data:
        reply, data, has_head = _head(data, _ANSWER)
        if not has_head:
            yield reply
            return
        if reply.status < 200 and reply.status != 101:
            yield reply
            continue
        method = left.pop(0) if left else b"GET"
        if reply.status == 101:
            yield replace(reply, body=data)
            return
        if method == b"HEAD" or reply.status in (204, 304):
            yield reply
            continue
        body, data, whole = _body(reply, data, to_close=True, ended=ended and not reset)
        yield replace(reply, body=body, whole=whole)


def _head(data: bytes, first: re.Pattern[bytes]) -> tuple[Message, bytes, bool]:
    head, end, rest = data.partition(b"\r\n\r\n")
    start, *lines = head.split(b"\r\n")
    if not end:
        return Message(start, (), whole=False), b"", False
    if not first.fullmatch(start):
        raise Malformed(f"first line {start[:60]!r}")
    return Message(start, _fields(lines)), rest, True


def _fields(lines: list[bytes]) -> Fields:
    found = [_FIELD.fullmatch(line) for line in lines]
    for line, match in zip(lines, found, strict=True):
        if match is None:
            raise Malformed(f"field line {line[:60]!r}")
    return tuple((match[1].lower(), match[2]) for match in found if match)


def _body(head: Message, data: bytes, *, to_close: bool, ended: bool) -> tuple[bytes, bytes, bool]:
    """The body, what is behind it, and whether its end is there."""
    lengths, codings = head.values(b"content-length"), head.values(b"transfer-encoding")
    if codings:
        if lengths or codings != [b"chunked"]:
            raise Malformed(f"framed by {lengths} and {codings}")
        return _chunks(data)
    if not lengths:
        return (data, b"", ended) if to_close else (b"", data, True)
    if len(lengths) > 1 or not re.fullmatch(rb"\d+", lengths[0]):
        raise Malformed(f"lengths {lengths}")
    length = int(lengths[0])
    return data[:length], data[length:], len(data) >= length


def _chunks(data: bytes) -> tuple[bytes, bytes, bool]:
    body = b""
    while data:
        line = _SIZE.match(data)
        if line is None:
            if b"\n" in data:
                raise Malformed(f"chunk {data[:30]!r}")
            break
        size, data = int(line[1], 16), data[line.end() :]
        if not size:
            section, end, rest = (b"\r\n" + data).partition(b"\r\n\r\n")
            if end:
                _fields(section.split(b"\r\n")[1:])
            return body, rest, bool(end)
        body += data[:size]
        if data[size : size + 2] not in (b"\r\n", b"\r", b""):
            raise Malformed(f"chunk ends with {data[size : size + 2]!r}")
        data = data[size + 2 :]
    return body, b"", False
