"""What is wrong with a JSON document as such: its charset, what its path's protocol wants in it, its numbers."""

import re
from collections.abc import Iterator

from why400.diagnose.numbers import numbers
from why400.diagnose.protocols import of_protocol
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange

_WIDE = re.compile(rb"(?i);\s{0,4}charset=\"?(utf-?(?:16|32)(?:[lb]e)?|ucs-?[24])")


def in_documents(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """The claims about the document of a request that carries JSON or tensors. Never raises."""
    yield from _of_charset(exchange, view)
    yield from of_protocol(exchange, view)
    yield from numbers(exchange, view)


def _of_charset(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """A charset of two or four bytes a character, and JSON of one: RFC 8259 section 8.1 knows UTF-8 alone."""
    declared = (exchange.head.value(b"content-type") if exchange.head and view.carries == "json" else None) or b""
    wide = _WIDE.search(declared) if b"charset" in declared.lower() else None
    start = bytes(exchange.body[:4])
    if wide and len(start) == 4 and start.isascii() and 0 not in start:
        words = f"Content-Type says {wide[1].decode('ascii')}, the body has one byte a character"
        yield Claim("encoding.charset", "facts", Certainty.LIKELY, words)
