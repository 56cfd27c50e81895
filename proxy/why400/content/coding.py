"""Content codings of a body: what a gzip or deflate body holds, and whether the declaration is true (RFC 9110 8.4)."""

import re
import zlib
from dataclasses import dataclass
from typing import Literal

from why400.content.body import Body
from why400.content.trouble import Trouble

GZIP_MAGIC = b"\x1f\x8b\x08"
ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
GLANCE = 256 * 1024
_NAMES = {b"gzip": "gzip", b"x-gzip": "gzip", b"deflate": "deflate", b"identity": None, b"": None}
_AUTO = zlib.MAX_WBITS | 32
_RAW = -zlib.MAX_WBITS
_TEXT = re.compile(rb"[\t\r\n -~]{32}")
"""Brotli (RFC 7932) has no magic, but no stream of it is text from its first byte on."""

State = Literal["cut", "corrupt", "more", "ended"]


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A body without its content coding.

    `body` is what can be read of it, None where the coding is one that is left alone (br, zstd, several at once).
    `coding` is the coding that was taken off.
    """

    body: Body | None
    coding: str | None = None
    troubles: tuple[Trouble, ...] = ()


def uncoded(body: Body, content_encoding: bytes | None, limit: int = GLANCE) -> Uncoded:
    """Take off the declared coding, at most `limit` bytes of it. A declaration that is false is said and ignored."""
    if content_encoding is None:
        return Uncoded(body)
    name = content_encoding.strip().lower()
    if name == b"zstd" and body.data and not ZSTD_MAGIC.startswith(body.data[:4]):  # RFC 8878 section 3.1.1
        return _false(body, "Content-Encoding says zstd, the body does not start as zstd does")
    if name == b"br" and _TEXT.match(body.data):
        return _false(body, "Content-Encoding says br, the body is plain text")
    if name not in _NAMES:
        return Uncoded(None, name.decode("latin-1"))
    coding = _NAMES[name]
    if coding is None or not body.data:
        return Uncoded(body)
    return _inflated(body, coding, limit)


def gzipped_undeclared(body: Body, limit: int = GLANCE) -> Uncoded | None:
    """What a body holds that starts as gzip (RFC 1952 section 2.3.1); None where it does not or cannot be read."""
    if body.data[:3] != GZIP_MAGIC:
        return None
    data, state = _inflate(body.data, _AUTO, limit)
    if state == "corrupt" and not data:
        return None
    trouble = Trouble("encoding.gzip-undeclared", "the body is gzip, and no Content-Encoding says so", "body", 0)
    return Uncoded(_as_body(data, state, body), "gzip", (trouble,))


def _inflated(body: Body, coding: str, limit: int) -> Uncoded:
    if coding == "gzip" and not GZIP_MAGIC.startswith(body.data[:3]):
        return _false(body, f"Content-Encoding says {coding}, the body does not start as {coding} does")
    data, state = _inflate(body.data, _AUTO, limit)
    if state == "corrupt" and not data:
        data, state = _inflate(body.data, _RAW, limit)
    if state == "corrupt":
        return _false(body, f"Content-Encoding says {coding}, the body cannot be read as {coding}")
    troubles: tuple[Trouble, ...] = ()
    if state == "cut" and body.whole:
        troubles = (
            Trouble("encoding.coding-false", f"the {coding} body ends before its {coding} stream does", "body"),
        )
    return Uncoded(_as_body(data, state, body), coding, troubles)


def _false(body: Body, detail: str) -> Uncoded:
    return Uncoded(body, None, (Trouble("encoding.coding-false", detail, "body", 0),))


def _inflate(data: bytes | bytearray, window: int, limit: int) -> tuple[bytes, State]:
    inflater = zlib.decompressobj(window)
    try:
        out = inflater.decompress(data, limit)
    except zlib.error:
        return b"", "corrupt"
    if inflater.eof:
        return out, "ended"
    return out, "more" if inflater.unconsumed_tail or len(out) == limit else "cut"


def _as_body(data: bytes, state: State, coded: Body) -> Body:
    ended = coded.ended and state in ("ended", "cut", "more")
    size = len(data) + 1 if state == "more" or not coded.whole else len(data)
    return Body(data, size, ended)
