"""What stands around a base64 text: a data URI's head, Python's `b'…'`, stray quotes."""

import re
from dataclasses import dataclass

from why400.content import data_uri
from why400.content.data_uri import DataUri
from why400.content.trouble import Trouble

_QUOTE = re.compile(rb"""[ \t\r\n]*+(b?['"])""")
_CLOSING = b"'\" \t\r\n"
_LAYERS = 3


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How many bytes to take off the front of a text, whether quotes stand at its end, the data URI that was found."""

    front: int = 0
    quoted: bool = False
    uri: DataUri | None = None
    troubles: tuple[Trouble, ...] = ()


def wrapping(head: bytes) -> Wrapping:
    """Tell what stands around a text from its start. Takes off a data URI's head and quotes, in whatever order."""
    found = Wrapping()
    for _ in range(_LAYERS):
        rest = head[found.front : found.front + data_uri.LONGEST_HEAD]
        if match := _QUOTE.match(rest):
            found = _unquoted(found, match)
        elif uri := data_uri.parse(rest):
            said = _nested(found.front) if found.uri else (*_odd(uri, rest, found.front), *_malformed(uri))
            found = Wrapping(found.front + uri.payload, found.quoted, found.uri or uri, found.troubles + said)
        else:
            break
    return found


def payload(text: bytes) -> bytes:
    """A whole text without what stands around it."""
    around = wrapping(text[: data_uri.LONGEST_HEAD * 2])
    inner = text[around.front :]
    return inner.rstrip(_CLOSING) if around.quoted else inner


def closing(tail: bytes) -> int:
    """How many bytes of quotes and blanks stand at the end of a text."""
    return len(tail) - len(tail.rstrip(_CLOSING))


def _unquoted(found: Wrapping, match: "re.Match[bytes]") -> Wrapping:
    words = "Python's printed form b'…' of the bytes" if match[1].startswith(b"b") else "quotes inside the value"
    trouble = Trouble("base64.illegal-char", words, offset=found.front + match.start(1))
    return Wrapping(found.front + match.end(), True, found.uri, (*found.troubles, trouble))


def _nested(offset: int) -> tuple[Trouble, ...]:
    return (Trouble("data-uri.malformed", "a data URI within a data URI", offset=offset),)


def _odd(uri: DataUri, rest: bytes, offset: int) -> tuple[Trouble, ...]:
    """A head that is as it should be, once what clients put around it is undone."""
    blanks = Trouble("base64.whitespace", "blanks or line breaks before the data URI", offset=offset)
    words = "percent-escapes (%3A, %3B, %2C) are left in the head of the data URI"
    escaped = Trouble("base64.form-damage", words, offset=offset)
    return (*((blanks,) if rest[:1].isspace() else ()), *((escaped,) if uri.escaped else ()))


def _malformed(uri: DataUri) -> tuple[Trouble, ...]:
    return (Trouble("data-uri.malformed", f"a data URI, but {uri.malformed}", offset=0),) if uri.malformed else ()
