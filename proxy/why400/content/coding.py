"""Content codings of a body: what a coded body holds, and whether the declaration is true (RFC 9110 section 8.4)."""

import re
from dataclasses import dataclass

from why400.content.body import Body
from why400.content.inflate import GZIP_MAGIC, ZSTD_MAGIC, State, inflate
from why400.content.trouble import Trouble

GLANCE = 256 * 1024
KNOWN = ("gzip", "deflate", "br", "zstd")
UNDECLARED = "encoding.gzip-undeclared"
CHEAP = ("gzip", "deflate")
"""Brotli takes milliseconds for its window alone, and the library of zstd to be loaded."""

MOST = 4
"""Codings one over another that are taken off."""

_PACKED = GZIP_MAGIC[:1] + ZSTD_MAGIC[:1] + b"x"
"""First bytes of what shows by itself that it is coded: gzip, zstd, and deflate in its usual window of 32 KiB."""

_TEXT = re.compile(rb"[\t\r\n -~]{32}")
"""Brotli (RFC 7932) has no magic, but no stream of it is text from its first byte on."""


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A body without its content coding.

    `body` is what can be read of it, None where the coding is one that is left alone. `coding` names what was taken
    off, or was left alone.
    """

    body: Body | None
    coding: str | None = None
    troubles: tuple[Trouble, ...] = ()


def codings(content_encoding: bytes) -> tuple[str, ...]:
    """The codings that a Content-Encoding lists, in the order they were applied; `identity` is none of them."""
    names = (name.strip().lower() for name in content_encoding.decode("latin-1").split(","))
    return tuple(name.removeprefix("x-") for name in names if name not in ("", "identity"))


def uncoded(body: Body, content_encoding: bytes | None, limit: int = GLANCE, known: tuple[str, ...] = KNOWN) -> Uncoded:
    """Take off the declared codings, at most `limit` bytes of each. A declaration that is false is said and ignored;
    where the body shows another coding, that one is taken off.

    Codings that are not in `known` are left alone, and all that are declared with one.
    """
    names = codings(content_encoding) if content_encoding is not None else ()
    if not names or not body.data:
        return Uncoded(body)
    if false := _false_start(body, names[-1]):
        other = undeclared(body, limit, known) if len(names) == 1 else None
        if other is None or other.body is None:
            return Uncoded(body, None, (false,))
        return Uncoded(other.body, other.coding, (false,))
    if len(names) > MOST or not set(names) <= set(known):
        return Uncoded(None, ", ".join(names))
    return _taken_off(body, names, limit)


def could_be_coded(data: bytes | bytearray) -> bool:
    """The first byte is one of those with which a coding shows itself; of most bodies it is none."""
    return bool(data) and data[0] in _PACKED


def shown(data: bytes | bytearray) -> str | None:
    """The coding that the first bytes show: gzip, zstd, or deflate (RFC 1950 section 2.2). Of br nothing shows."""
    if data[:3] == GZIP_MAGIC:
        return "gzip"
    if data[:4] == ZSTD_MAGIC:
        return "zstd"
    return "deflate" if data[:1] == b"x" and len(data) > 1 and int.from_bytes(data[:2], "big") % 31 == 0 else None


def undeclared(body: Body, limit: int = GLANCE, known: tuple[str, ...] = KNOWN) -> Uncoded | None:
    """What a body holds that starts as a coding does; None where it does not, or cannot be read.

    A coding that is not in `known` is left alone.
    """
    name = shown(body.data)
    if name is None or name not in known:
        return None if name is None else Uncoded(None, name)
    data, state = inflate(name, body.data, limit)
    if state == "corrupt" and not data:
        return None
    trouble = Trouble(UNDECLARED, f"the body is {name}, and no Content-Encoding says so", "body", 0)
    return Uncoded(_as_body(data, state, body), name, (trouble,))


def _false_start(body: Body, name: str) -> Trouble | None:
    """The first bytes are none of that coding's."""
    magics = {"gzip": GZIP_MAGIC, "zstd": ZSTD_MAGIC}
    if name in magics and not magics[name].startswith(body.data[:4][: len(magics[name])]):
        return _false(name, f"the body does not start as {name} does")
    return _false(name, "the body is plain text") if name == "br" and _TEXT.match(body.data) else None


def _taken_off(body: Body, names: tuple[str, ...], limit: int) -> Uncoded:
    plain = body
    for left in range(len(names), 0, -1):
        name, off = names[left - 1], ", ".join(names[left:])
        data, state = inflate(name, plain.data, limit)
        if state == "corrupt":
            under = f" under {off}" if off else ""
            return Uncoded(plain, off or None, (_false(name, f"the body{under} cannot be read as {name}"),))
        if state == "cut" and plain.whole:
            trouble = Trouble("encoding.coding-false", f"the {name} body ends before its {name} stream does", "body")
            return Uncoded(_as_body(data, state, plain), ", ".join(names[left - 1 :]), (trouble,))
        plain = _as_body(data, state, plain)
    return _once_more(plain, names, limit)


def _once_more(plain: Body, names: tuple[str, ...], limit: int) -> Uncoded:
    """What is under the declared codings, and under one more that was not declared."""
    all_of = ", ".join(names)
    name = shown(plain.data)
    if name in (None, "deflate"):
        return Uncoded(plain, all_of)
    words = f"the body under {all_of} is {name} once more"
    data, state = inflate(name, plain.data, limit)
    if state == "corrupt" and not data:
        return Uncoded(plain, all_of)
    trouble = Trouble("encoding.coding-false", f"Content-Encoding says {all_of}, {words}", "body", 0)
    return Uncoded(_as_body(data, state, plain), f"{all_of}, {name}", (trouble,))


def _false(name: str, because: str) -> Trouble:
    return Trouble("encoding.coding-false", f"Content-Encoding says {name}, {because}", "body", 0)


def _as_body(data: bytes, state: State, coded: Body) -> Body:
    size = len(data) + 1 if state == "more" or not coded.whole else len(data)
    return Body(data, size, coded.ended and state != "corrupt")
