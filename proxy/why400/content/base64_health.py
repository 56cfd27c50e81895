"""What is wrong with a base64 text by itself: alphabet, blanks, padding, length, strays (RFC 4648 section 3)."""

import re
from typing import Literal

from why400.content import base64_text
from why400.content.effort import DAMAGED, MARKED, Effort
from why400.content.trouble import Trouble
from why400.value import value

Digits = Literal["either", "standard", "urlsafe", "mixed"]
Padding = Literal["right", "missing", "wrong", "unknown"]

_BLANK = re.compile(rb"[ \t\r\n]")
_ESCAPED = {
    b"%": ("base64.form-damage", "percent-escapes (%2B, %2F, %3D) are left in it"),
    b"&": ("base64.form-damage", "HTML's escapes (&#x2B; &#x2F; &#x3D;) are left in it"),
    b"\\": ("base64.illegal-char", "backslashes stand in it: it was escaped twice for JSON, or printed"),
}
_QUOTED = b"b'\" \t\r\n"
"""What stands before base64 that was printed in quotes."""

_KNOWN = base64_text.DIGITS + b"=" + base64_text.BLANKS


@value
class Text:
    """A text as far as it is at hand, its JSON escapes undone.

    `head` is its start, `tail` its last bytes (of a whole text too, empty while it has not ended). `length` counts
    its bytes, None while that is not known. `whole` says that `head` is all of it.
    """

    head: bytes
    tail: bytes
    length: int | None
    whole: bool


@value
class Spelling:
    """How a text spells bytes in base64.

    `head` is the start of the bytes, `size` their number where it can be told, `alphabet` the kind of digits seen.
    Padding is said apart from the troubles, for it depends on the alphabet that is wanted whether it has to be there.
    Offsets of troubles count from the start of the text.
    """

    head: bytes
    size: int | None
    alphabet: Digits
    padding: Padding
    troubles: tuple[Trouble, ...] = ()


def spelling(text: Text, limit: int, effort: Effort | None = None) -> Spelling:
    """Look at a text as base64, decode at most `limit` bytes of it. A whole text is looked at whole.

    A damaged text is looked at as far as the effort goes.
    """
    return _clean(text, limit) or _damaged(_affordable(text, effort or Effort()), limit)


def _affordable(text: Text, effort: Effort) -> Text:
    marked = any(mark in text.head for mark in base64_text.MARKS)
    price = DAMAGED + MARKED if marked else DAMAGED
    if effort.allows(price * len(text.head)):
        return text
    size = effort.within(len(text.head), price)
    effort.spend(price * size)
    return Text(text.head[:size], text.tail, text.length, False)


def _clean(text: Text, limit: int) -> Spelling | None:
    """The reading of a text in which no character is out of place; None where one is."""
    tail = text.tail.rstrip(b"=")
    pads = len(text.tail) - len(tail)
    if text.whole:
        chunk = text.head if len(text.head) % 4 == 0 else text.head[: len(text.head) - pads]
    else:
        chunk = text.head[: min(len(text.head), base64_text.encoded_length(limit)) // 4 * 4]
    standard = _digits(chunk, "standard")
    decoded = _digits(chunk, "urlsafe") if standard is None else standard
    if decoded is None or tail.translate(None, base64_text.DIGITS):
        return None
    digits = None if text.length is None else text.length - pads
    alphabet: Digits = "urlsafe" if standard is None else "standard" if b"/" in chunk or b"+" in chunk else "either"
    return Spelling(decoded[:limit], _size(digits), alphabet, _padding(digits, pads), _length(digits))


def _digits(chunk: bytes, alphabet: base64_text.Alphabet) -> bytes | None:
    rest = len(chunk) % 4
    return base64_text.strict(chunk[:-1] if rest == 1 else chunk + b"=" * (-rest % 4), alphabet)


def _damaged(text: Text, limit: int) -> Spelling:
    chunk = text.head if text.whole else text.head[: base64_text.encoded_length(limit)]
    head = (base64_text.decode(chunk) or b"")[:limit]
    digits = len(base64_text.mended(chunk)) if text.whole else None
    ending = chunk.rstrip(base64_text.BLANKS)
    padding = _padding(digits, len(ending) - len(ending.rstrip(b"=")))
    troubles = _form_damage(chunk) or _blanks(chunk, text)
    troubles += _strays(chunk) + _mixed(chunk) + _inner_padding(chunk)
    if not troubles:
        troubles = _strays(text.tail, None)
    if any(trouble.code in ("base64.form-damage", "base64.illegal-char") for trouble in troubles):
        alphabet = _alphabet(chunk)
        if alphabet == "urlsafe" and not base64_text.could_be(chunk.lstrip(_QUOTED)):
            alphabet = "either"  # a dash in words or numbers
        return Spelling(head, _size(digits), alphabet, "unknown", troubles)
    return Spelling(head, _size(digits), _alphabet(chunk), padding, troubles + _length(digits))


def _size(digits: int | None) -> int | None:
    return None if digits is None else digits * 3 // 4


def _padding(digits: int | None, pads: int) -> Padding:
    if digits is None or digits % 4 == 1:
        return "unknown"
    if pads == -digits % 4:
        return "right"
    return "wrong" if pads else "missing"


def _length(digits: int | None) -> tuple[Trouble, ...]:
    if digits is None or digits % 4 != 1:
        return ()
    words = f"{digits} digits of base64: one more than a multiple of 4 cannot be, so the text was cut or grew"
    return (Trouble("base64.length", words),)


def _form_damage(chunk: bytes) -> tuple[Trouble, ...]:
    if match := base64_text.ESCAPE.search(chunk):
        code, words = _ESCAPED[match[0][:1]]
        return (Trouble(code, words, offset=match.start()),)
    if base64_text.lost_plus(chunk):
        words = "blanks stand where `+` should: a form decoder took them away"
        return (Trouble("base64.form-damage", words, offset=chunk.find(b" ")),)
    return ()


def _blanks(chunk: bytes, text: Text) -> tuple[Trouble, ...]:
    """Blanks and line breaks: around it, at regular places, or as words have them."""
    inner = chunk.strip(base64_text.BLANKS)
    lead = len(chunk) - len(chunk.lstrip(base64_text.BLANKS))
    match = _BLANK.search(inner)
    if match is None:
        if len(inner) < len(chunk):
            return (_whitespace("blanks or line breaks around it", 0 if lead else len(inner)),)
        inside = _BLANK.search(text.tail)
        return (_whitespace("blanks or line breaks near its end", None),) if inside else ()
    kind, mark = ("line breaks", b"\n") if match[0] in b"\r\n" else ("blanks", match[0])
    offset = lead + match.start()
    if base64_text.regular(inner, mark):
        return (_whitespace(f"{kind} after every {match.start()} characters", offset),)
    if kind == "line breaks":
        return (_whitespace("line breaks in it", offset),)
    return (Trouble("base64.illegal-char", "blanks in it as between words: this is no base64", offset=offset),)


def _whitespace(words: str, offset: int | None) -> Trouble:
    return Trouble("base64.whitespace", words, offset=offset)


def _strays(chunk: bytes, base: int | None = 0) -> tuple[Trouble, ...]:
    if not chunk.translate(None, _KNOWN):
        return ()
    stray = base64_text.first_stray(chunk)
    if stray is None:
        return ()
    offset = None if base is None else base + stray
    return (Trouble("base64.illegal-char", f"the byte 0x{chunk[stray]:02X} is no digit of base64", offset=offset),)


def _alphabet(chunk: bytes) -> Digits:
    urlsafe = b"-" in chunk or b"_" in chunk
    standard = b"+" in chunk or b"/" in chunk
    if urlsafe:
        return "mixed" if standard else "urlsafe"
    return "standard" if standard else "either"


def _mixed(chunk: bytes) -> tuple[Trouble, ...]:
    if _alphabet(chunk) != "mixed":
        return ()
    return (Trouble("base64.illegal-char", "digits of both alphabets: `+` or `/`, and also `-` or `_`"),)


def _inner_padding(chunk: bytes) -> tuple[Trouble, ...]:
    first = chunk.find(b"=")
    if first < 0 or not base64_text.ESCAPE.sub(b"", chunk[first:]).strip(b"=" + base64_text.BLANKS):
        return ()
    words = "padding in the middle: two texts were joined"
    return (Trouble("base64.illegal-char", words, offset=first),)
