"""Heads as they are sent on: hop-by-hop fields taken off, everything else byte for byte (RFC 9110 section 7.6.1)."""

from collections.abc import Iterable

from why400.exchange import Fields, ReplyHead, RequestHead
from why400.wire.framing import Framing

_HOP_BY_HOP = frozenset(
    (b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization", b"te", b"transfer-encoding", b"upgrade",
     b"http2-settings", b"expect")
)  # fmt: skip
_NEVER_NAMED = frozenset(
    (b"host", b"content-length", b"transfer-encoding", b"content-type", b"content-encoding", b"close", b"authorization",
     b"cookie", b"forwarded", b"via", b"x-forwarded-for", b"x-forwarded-host", b"x-forwarded-proto", b"x-real-ip")
)  # fmt: skip
"""What a Connection field may not take off: without these a message means something else (RFC 9110 section 7.6.1)."""
_NEVER_TRAILERS = (
    _NEVER_NAMED | _HOP_BY_HOP | {b"trailer", b"set-cookie", b"content-range", b"cache-control", b"max-forwards"}
)
_OURS = b"why400-"
_NONE: frozenset[bytes] = frozenset()
_USUAL = {
    value: frozenset((value.lower(),)) for value in (b"keep-alive", b"Keep-Alive", b"close", b"Upgrade", b"upgrade")
}
"""What nearly every Connection field says."""


Head = RequestHead | ReplyHead


def connection_options(head: Head) -> frozenset[bytes]:
    """The options that the Connection fields list, in lower case."""
    first = head.index.get(b"connection")
    if first is None:
        return _NONE
    if first in _USUAL and len(head.index) == len(head.fields):
        return _USUAL[first]
    values = head.values(b"connection")
    return frozenset(option.strip(b" \t").lower() for value in values for option in value.split(b","))


def end_to_end(head: Head, *, chunked: bool) -> list[tuple[bytes, bytes]]:
    """The fields that the next hop is to see, in their order and spelling.

    Where the body goes on `chunked`, the field that says so stays, with its value in the one spelling that every
    server reads: a reader that took `Chunked` for something unknown would see another end of the message.
    """
    options = connection_options(head)
    off = _HOP_BY_HOP if options <= _HOP_BY_HOP else _HOP_BY_HOP | (options - _NEVER_NAMED)
    if off.isdisjoint(head.index):
        return list(head.fields)
    if not chunked:
        if len(head.index) == len(head.fields):
            return [field for name, field in zip(head.index, head.fields, strict=True) if name not in off]
        return [field for field in head.fields if field[0].lower() not in off]
    off -= {b"transfer-encoding"}
    kept = [field for field in head.fields if field[0].lower() not in off]
    return [(name, b"chunked" if name.lower() == b"transfer-encoding" else value) for name, value in kept]


def request_bytes(
    head: RequestHead, target: bytes, framing: Framing, *, host: bytes | None, upgrade: bytes | None = None
) -> bytes:
    """The request head for the upstream. `host` replaces the Host field, or stands first where there was none."""
    fields = end_to_end(head, chunked=framing.kind == "chunked")
    if host is not None:
        fields = _with_host(fields, host)
    if upgrade is not None:
        fields += [(b"Connection", b"Upgrade"), (b"Upgrade", upgrade)]
    return head_bytes(b"%b %b HTTP/1.1\r\n" % (head.method.encode("ascii"), target), fields)


def _with_host(fields: list[tuple[bytes, bytes]], host: bytes) -> list[tuple[bytes, bytes]]:
    replaced = [(name, host if name.lower() == b"host" else value) for name, value in fields]
    return replaced if any(name.lower() == b"host" for name, _ in fields) else [(b"Host", host), *fields]


def reply_fields(head: ReplyHead, *, chunked: bool) -> list[tuple[bytes, bytes]]:
    """The upstream's fields that the client is to see: none that only we may say."""
    fields = end_to_end(head, chunked=chunked)
    if _OURS in b" ".join(head.index):
        fields = [field for field in fields if field[0][:7].lower() != _OURS]
    return fields


def interim_fields(head: ReplyHead) -> list[tuple[bytes, bytes]]:
    """The fields of a 1xx reply that the client is to see: none that speak of a body, as there is none behind it
    (RFC 9110 section 8.6)."""
    return _with_one_length(reply_fields(head, chunked=False), none=True)


def interim_bytes(head: ReplyHead) -> bytes:
    """A 1xx reply as the client gets it."""
    return head_bytes(b"HTTP/1.1 %d %b\r\n" % (head.status, head.reason), interim_fields(head))


def reply_start(head: ReplyHead, *, chunked: bool, close: bool) -> bytes:
    """The same up to where our own fields begin."""
    fields = reply_fields(head, chunked=chunked)
    if head.status == 204 or len(head.index) < len(head.fields):
        fields = _with_one_length(fields, none=head.status == 204)
    if head.status == 426 and b"upgrade" in head.index:  # RFC 9110 section 15.5.22: it has to say to what
        fields += [(b"Upgrade", head.index[b"upgrade"]), (b"Connection", b"Upgrade")]
    if close:
        fields.append((b"Connection", b"close"))
    return b"HTTP/1.1 %d %b\r\n%b" % (head.status, head.reason, field_lines(fields))


def reply_bytes(head: ReplyHead, *, chunked: bool, close: bool, added: Iterable[tuple[bytes, bytes]]) -> bytes:
    """The reply head for the client: the upstream's, with our own `Why400-*` fields in place of any it sent."""
    return b"%b%b\r\n" % (reply_start(head, chunked=chunked, close=close), field_lines(added))


def field_lines(fields: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Fields as they stand in a head."""
    return b"".join([b"%b: %b\r\n" % field for field in fields])


def _with_one_length(fields: list[tuple[bytes, bytes]], *, none: bool) -> list[tuple[bytes, bytes]]:
    """Content-Length once where it was repeated (RFC 9112 section 6.3), never in a 204 (RFC 9110 section 8.6)."""
    lengths = [at for at, (name, _) in enumerate(fields) if len(name) == 14 and name.lower() == b"content-length"]
    for at in reversed(lengths if none else lengths[1:]):
        del fields[at]
    return fields


def head_bytes(first_line: bytes, fields: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A head on the wire, empty line included."""
    return b"%b%b\r\n" % (first_line, field_lines(fields))


def trailers_to_send(trailers: Fields) -> Fields:
    """Trailer fields that may be sent on (RFC 9110 section 6.5.1): none that frames, routes or changes meaning."""
    return tuple(
        (name, value) for name, value in trailers if name.lower() not in _NEVER_TRAILERS and name[:7].lower() != _OURS
    )


def keeps_open(head: Head) -> bool:
    """The sender's connection may be kept: HTTP/1.1 without `close`; a proxy keeps none of HTTP/1.0 (RFC 9112 9.3)."""
    return head.version >= (1, 1) and b"close" not in connection_options(head)


def upgrade_wanted(head: RequestHead) -> bytes | None:
    """The protocols that the client asks to switch to, where we tunnel; never h2c (that is HTTP/2, not ours)."""
    if b"upgrade" not in head.index or head.version < (1, 1) or b"upgrade" not in connection_options(head):
        return None
    value = head.index[b"upgrade"]
    protocols = [protocol.strip(b" \t").lower() for protocol in value.split(b",")]
    return None if value == b"" or any(protocol.startswith(b"h2c") for protocol in protocols) else value
