"""What a hop says of the one before it to the next, where `--forwarded` asks for it; otherwise nothing but the one
hop less that OPTIONS may go.

Each is appended to what is there already (RFC 9110 section 7.6.3, RFC 7239 section 4): who receives it decides how far
back it is to be believed. The protocol and host that an earlier hop told of are left as they are. A `Forwarded` in
which a quote does not close goes: what is appended to it would be read as part of it.
"""

import re
from dataclasses import replace
from ipaddress import ip_address

from why400.exchange import RequestHead
from why400.settings import Mark

_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")

_CLOSED = re.compile(rb'(?:[^"]|"(?:[^"\\]|\\.)*+")*+')

_MOST_DIGITS = 18

Lines = list[tuple[bytes, bytes]]


def marked(head: RequestHead, marks: frozenset[Mark], peer: str, authority: bytes | None) -> RequestHead:
    """The head with what was asked for. `peer`: the client's address, empty where it has none; `authority`: the host
    that the client asked for, None where it named none."""
    if not marks and head.method != "OPTIONS":
        return head
    host = None if head.value(b"host") is None else authority or head.value(b"host")
    lines = [_one_less(line) for line in head.fields] if head.method == "OPTIONS" else list(head.fields)
    if "x-forwarded" in marks:
        _append(lines, b"X-Forwarded-For", peer.encode() or b"unknown")
        _unless_there(lines, b"X-Forwarded-Proto", b"http")
        _unless_there(lines, b"X-Forwarded-Host", host)
    if "forwarded" in marks:
        lines = [line for line in lines if line[0].lower() != b"forwarded" or _CLOSED.fullmatch(line[1])]
        _append(lines, b"Forwarded", _element(peer, host))
    if "via" in marks:
        _append(lines, b"Via", b"%d.%d why400" % head.version)
    return replace(head, fields=tuple(lines))


def _one_less(line: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """OPTIONS may ask to be handed on so many times (RFC 9110 section 7.6.2)."""
    name, value = line
    if name.lower() != b"max-forwards" or not value.isdigit() or len(value) > _MOST_DIGITS:
        return line
    return name, b"%d" % (int(value) - 1)


def _append(lines: Lines, name: bytes, value: bytes) -> None:
    """As the last member of a list, behind those that are there."""
    for at in range(len(lines) - 1, -1, -1):
        if lines[at][0].lower() == name.lower():
            there = lines[at][1]
            lines[at] = lines[at][0], b", ".join((there, value)) if there else value
            return
    lines.append((name, value))


def _unless_there(lines: Lines, name: bytes, value: bytes | None) -> None:
    if value and not any(there.lower() == name.lower() for there, _ in lines):
        lines.append((name, value))


def _element(peer: str, host: bytes | None) -> bytes:
    """One hop in the words of RFC 7239 section 4."""
    pairs = [(b"for", _node(peer)), (b"host", host), (b"proto", b"http")]
    return b";".join(name + b"=" + _quoted(value) for name, value in pairs if value)


def _node(peer: str) -> bytes:
    """Section 6: IPv6 in brackets, `unknown` where there is no address."""
    if not peer:
        return b"unknown"
    address = ip_address(peer.partition("%")[0])
    return (f"[{address}]" if address.version == 6 else str(address)).encode()


def _quoted(value: bytes) -> bytes:
    return value if _TOKEN.fullmatch(value) else b'"' + re.sub(rb'(["\\])', rb"\\\1", value) + b'"'
