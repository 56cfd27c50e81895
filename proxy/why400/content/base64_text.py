"""Base64 as clients really send it: decoded strictly where it is clean, leniently where it is not (RFC 4648)."""

import binascii
import re
from typing import Literal

import pybase64

Alphabet = Literal["standard", "urlsafe"]

STANDARD = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
DIGITS = STANDARD + b"-_"
BLANKS = b" \t\r\n"
_DIGITS_AND_BLANKS = DIGITS + b"=" + BLANKS
_URLSAFE = b"-_"
_TO_STANDARD = bytes.maketrans(b"-_", b"+/")
_STRAYS = bytes(set(range(256)) - set(DIGITS + b"="))
_ESCAPES = {
    b"+": rb"%2B|&(?:\#(?:x0*+2B|0*+43)|plus);|\\u002B",
    b"/": rb"%2F|&(?:\#(?:x0*+2F|0*+47)|sol);|\\(?:u002F|/)",
    b"=": rb"%3D|&(?:\#(?:x0*+3D|0*+61)|equals);|\\u003D",
    b"": rb"%(?:0[AD]|20)|&\#(?:x0*+[AD]|0*+1[03]);|\\[nrt]",
}
"""What stands for a sign of base64, or for the line breaks in it, in texts escaped for a URL, for HTML, for JSON."""

_SIGNS = tuple((re.compile(pattern, re.IGNORECASE), sign) for sign, pattern in _ESCAPES.items())
_INVISIBLE = rb"\0|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f]|\xe2\x81\xa0|\xc2[\xa0\xad]"
"""NUL, byte order mark, blanks and marks without width, the blank and the hyphen of typesetters."""

MARKS = b"%&\\"
"""What escapes begin with."""

ESCAPE = re.compile(
    rb"%(?:2[BF]|3D|0[AD]|20)|\\(?:u00(?:2[BF]|3D)|[/nrt])"
    rb"|&(?:\#(?:x0*+(?:2[BF]|3D|A|D)|0*+(?:4[37]|61|1[03]))|plus|sol|equals);",
    re.IGNORECASE,
)
_TOLD = re.compile(rb"(?:[A-Za-z0-9+/=_\- \t\r\n]++|" + ESCAPE.pattern + rb")*+", re.IGNORECASE)
_LEGIBLE = re.compile(rb"(?:[A-Za-z0-9+/_\- \t\r\n]++|" + _INVISIBLE + rb")*+(?:[= \t\r\n]++|" + _INVISIBLE + rb")*+")
_LEAST_TEXT = 16
_FAR = 4096
_GLANCE = 64


def encoded_length(size: int) -> int:
    """How many characters `size` bytes become, padding included."""
    return (size + 2) // 3 * 4


def strict(text: bytes | memoryview, alphabet: Alphabet = "standard") -> bytes | None:
    """The bytes of a clean text, None where a strict decoder would refuse it."""
    if alphabet == "urlsafe" and (b"+" in (text := bytes(text)) or b"/" in text):
        return None  # pybase64 lets the standard digits pass beside the url-safe ones
    try:
        return pybase64.b64decode(text, None if alphabet == "standard" else _URLSAFE, validate=True)
    except (binascii.Error, ValueError):
        return None


def decode_head(text: bytes, limit: int) -> bytes:
    """The first bytes, at most `limit`, of a text in any alphabet, stray characters skipped, up to its padding."""
    chunk = text[: encoded_length(limit)]
    clean = strict(chunk[: len(chunk) // 4 * 4])
    if clean is not None and len(chunk) % 4 == 0:
        return clean[:limit]
    return (decode(text[: 2 * len(chunk)]) or b"")[:limit]


def decode(text: bytes) -> bytes | None:
    """The bytes of a whole text, leniently; None where no digit of base64 is in it.

    Takes both alphabets, missing and excess padding, blanks, percent-escapes, blanks where a form lost its `+`.
    A rest of one character, which holds no whole byte, is dropped.
    """
    clean = strict(text)
    if clean is not None:
        return clean or None
    digits = mended(text)
    digits = digits[: len(digits) - (len(digits) % 4 == 1)]
    if not digits:
        return None
    return strict(digits + b"=" * (-len(digits) % 4))


def mended(text: bytes) -> bytes:
    """The digits of a damaged text in the standard alphabet, without padding and stray characters."""
    text = _unescaped(text)
    if lost_plus(text):
        text = text.strip(BLANKS).replace(b" ", b"+")
    return text.translate(_TO_STANDARD, _STRAYS).partition(b"=")[0]


def legible(text: bytes) -> bool:
    """One reading of the text is left: digits, blanks, escapes, what nobody sees, and one end.

    Where a sign that is none of base64 stands, a digit may have stood too.
    """
    return _LEGIBLE.fullmatch(_unescaped(text)) is not None


def first_stray(text: bytes) -> int | None:
    """Where the first sign stands that is neither a digit, nor padding, nor a blank, nor an escape of one of these."""
    match = _TOLD.match(text)
    end = match.end() if match else 0
    return end if end < len(text) else None


def _unescaped(text: bytes) -> bytes:
    if ESCAPE.search(text) is None:
        return text
    for pattern, sign in _SIGNS:
        text = pattern.sub(sign, text)
    return text


def lost_plus(text: bytes) -> bool:
    """Blanks stand where a form decoder turned `+` into them: no `+` at all, and blanks at odd places.

    Words have a blank sooner than a picture's base64 has a `+`, so a blank among the first 16 characters is none.
    """
    inner = text.strip(BLANKS)
    if inner.find(b" ") < _LEAST_TEXT or inner[:_FAR].translate(None, _DIGITS_AND_BLANKS) or b"+" in inner:
        return False
    return b"-" not in inner and b"_" not in inner and not regular(inner, b" ")


def regular(text: bytes, mark: bytes) -> bool:
    """The mark stands at equal distances, as line breaks do. Looks at the first lines only."""
    lines = text[:4096].split(mark)
    lengths = {len(line) for line in lines[:-1]}
    return len(lengths) == 1 and len(lines[-1]) <= max(lengths) and max(lengths) >= _LEAST_TEXT


def could_be(text: bytes) -> bool:
    """The first 64 characters, blanks aside, are digits of base64 in either alphabet, at least 16 of them."""
    glance = text[:_FAR].lstrip(BLANKS)[:_GLANCE]
    digits = glance.rstrip(BLANKS).rstrip(b"=")
    return len(digits) >= _LEAST_TEXT and not digits.translate(None, DIGITS + b"\r\n")
