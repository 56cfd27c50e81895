"""Heads as they are sent on: hop-by-hop fields taken off, everything else byte for byte (RFC 9110 section 7.6.1)."""

from collections.abc import Iterable

from why400.exchange import Fields, ReplyHead, RequestHead
from why400.wire.framing import Framing

_HOP_BY_HOP = frozenset(
    (b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization", b"te", b"transfer-encoding", b"upgrade",
     b"http2-settings", b"expect")
)  # fmt: skip
_NEVER_NAMED = frozenset(
    (b"host", b"content-length", b"transfer-encoding", b"content-type", b"content-encoding", b"close")
)
"""What a Connection field may not take off: without these a message means something else (RFC 9110 section 7.6.1)."""
_NEVER_TRAILERS = _NEVER_NAMED | _HOP_BY_HOP | {b"trailer", b"authorization", b"set-cookie", b"content-range"}
_OURS = b"why400-"


def connection_options(fields: Fields) -> frozenset[bytes]:
    """The options that the Connection fields list, in lower case."""
    options: set[bytes] = set()
    for name, value in fields:
        if len(name) == 10 and name.lower() == b"connection":
            options.update(option.strip(b" \t").lower() for option in value.split(b","))
    return frozenset(options)


def end_to_end(fields: Fields, *, chunked: bool) -> list[tuple[bytes, bytes]]:
    """The fields that the next hop is to see, in their order and spelling; its coding is `chunked` where ours was."""
    off = _HOP_BY_HOP | (connection_options(fields) - _NEVER_NAMED)
    if chunked:
        off -= {b"transfer-encoding"}
    return [field for field in fields if field[0].lower() not in off]


def request_bytes(
    head: RequestHead, target: bytes, framing: Framing, *, host: bytes | None, upgrade: bytes | None = None
) -> bytes:
    """The request head for the upstream. `host` replaces the Host field, or stands first where there was none."""
    fields = end_to_end(head.fields, chunked=framing.kind == "chunked")
    if host is not None:
        fields = _with_host(fields, host)
    if upgrade is not None:
        fields += [(b"Connection", b"Upgrade"), (b"Upgrade", upgrade)]
    return head_bytes(b"%b %b HTTP/1.1\r\n" % (head.method.encode("ascii"), target), fields)


def _with_host(fields: list[tuple[bytes, bytes]], host: bytes) -> list[tuple[bytes, bytes]]:
    replaced = [(name, host if name.lower() == b"host" else value) for name, value in fields]
    return replaced if any(name.lower() == b"host" for name, _ in fields) else [(b"Host", host), *fields]


def reply_bytes(head: ReplyHead, *, chunked: bool, close: bool, added: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The reply head for the client: the upstream's, with our own `Why400-*` fields in place of any it sent."""
    fields = [field for field in end_to_end(head.fields, chunked=chunked) if field[0][:7].lower() != _OURS]
    fields += added
    if close:
        fields.append((b"Connection", b"close"))
    return head_bytes(b"HTTP/1.1 %d %b\r\n" % (head.status, head.reason), fields)


def head_bytes(first_line: bytes, fields: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A head on the wire, empty line included."""
    return first_line + b"".join([b"%b: %b\r\n" % field for field in fields]) + b"\r\n"


def trailers_to_send(trailers: Fields) -> Fields:
    """Trailer fields that may be sent on (RFC 9110 section 6.5.1): none that frames, routes or changes meaning."""
    return tuple(field for field in trailers if field[0].lower() not in _NEVER_TRAILERS)


def keeps_open(version: tuple[int, int], options: frozenset[bytes]) -> bool:
    """The client's connection may be kept: HTTP/1.1 without `close`; a proxy keeps none of HTTP/1.0 (RFC 9112 9.3)."""
    return version >= (1, 1) and b"close" not in options


def upgrade_wanted(head: RequestHead) -> bytes | None:
    """The protocol that the client asks to switch to, where we tunnel it; never h2c (that is HTTP/2, not ours)."""
    if head.version < (1, 1) or b"upgrade" not in connection_options(head.fields):
        return None
    value = head.value(b"upgrade")
    return None if value is None or value.lower().startswith(b"h2c") else value
