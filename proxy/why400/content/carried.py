"""How a text carries the bytes of an image: base64 in its kinds, a data URI, hex, or something else altogether."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from why400.content import base64_text, hex_text
from why400.content.base64_health import Digits, Padding, Spelling, Text, spelling
from why400.content.effort import Effort
from why400.content.trouble import Trouble
from why400.content.wrapping import Wrapping, closing, wrapping
from why400.value import value

LooksLikeImage = Callable[[bytes], bool]
Carrier = Literal["base64", "base64url", "data-uri", "hex"]

_GLANCE = 64
_MOST_TIMES = 4
_LONGEST_PATH = 1024
_DOCUMENT = re.compile(rb'\s{0,8}\{\s{0,8}"[^"\\]{0,64}"\s{0,8}:')
_ID = re.compile(rb"\s*[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\s*")
_REFERENCE = re.compile(rb"\s*+(?:[a-z][a-z0-9+.-]{1,19}://|blob:|sandbox:/)", re.IGNORECASE)
_PATH = re.compile(
    rb"[^\x00-\x1f<>|?*\"]+\.(?:jpe?g|jfif|png|gif|webp|bmp|tiff?|heic|heif|avif|ico|svg)$", re.IGNORECASE
)
_PRINTED = re.compile(
    rb"""b?['"]?(?:(?:RIFF|GIF8[79]a|BM|II\*|MM).{0,8}?)?\\+(?:x[0-9a-f]{2}|[0-7]{3}|u00[0-9a-f]{2})""", re.IGNORECASE
)
_AS_TEXT = re.compile(
    rb"\xc3\xbf\xc3\x98\xc3\xbf|(?:\xc2\x89|\xef\xbf\xbd|\xe2\x80\xb0)PNG|\xc2\x89\xef|(?:\xef\xbf\xbd){2}|\xef\xbf\xbd.{0,12}JFIF",
    re.DOTALL,
)
_HEX_STARTS = tuple(b"%c" % digit for digit in b"0123456789abcdefABCDEF\\")
_PERCENT_DATA = re.compile(rb"[^%]{0,16}%(?!2[BF]|3D|0[AD]|20)[0-9A-F]{2}", re.IGNORECASE)
_QUOTED = (b"b'", b'b"', b'"', b"'")


@value
class Carried:
    """What a text carries.

    `encoding` is None where it is no text form of bytes. `alphabet` says which digits of base64 occur, `padding`
    whether it is as it should be. `head` is the start of the bytes, `size` their number where it can be told.
    `declared_type` is the media type of a data URI. Offsets of `troubles` count from the start of the text.
    """

    encoding: Carrier | None
    head: bytes
    size: int | None = None
    declared_type: str | None = None
    alphabet: Digits = "either"
    padding: Padding = "unknown"
    troubles: tuple[Trouble, ...] = ()


def read(text: Text, is_image: LooksLikeImage, limit: int, effort: Effort | None = None) -> Carried:
    """Tell how the text carries bytes, and decode at most `limit` of them. Bounded by what `text` has at hand."""
    effort = effort or Effort()
    if text.head[:5].lower() == b"data:":
        return _wrapped(text, is_image, limit, effort) or Carried(None, b"")
    if hexadecimal := _hex(text, is_image, limit):
        return hexadecimal
    plain = spelling(text, limit, effort)
    odd = plain.troubles or plain.alphabet == "urlsafe"
    if odd and (other := _no_bytes(text, is_image) or _wrapped(text, is_image, limit, effort)):
        return other
    return _twice(_carried(plain), is_image, limit)


def _carried(plain: Spelling) -> Carried:
    encoding: Carrier = "base64url" if plain.alphabet == "urlsafe" else "base64"
    return Carried(encoding, plain.head, plain.size, None, plain.alphabet, plain.padding, plain.troubles)


def _no_bytes(text: Text, is_image: LooksLikeImage) -> Carried | None:
    head = text.head[:_LONGEST_PATH]
    if _REFERENCE.match(head):
        return _none("base64.is-reference", "a URL stands where the image's bytes should")
    if text.whole and len(text.head) < _LONGEST_PATH and _PATH.match(head):
        return _none("base64.is-reference", "a file name stands where the image's bytes should")
    if _DOCUMENT.match(head):
        return _none("json.double-encoded", "a JSON document, as text, stands where the image's bytes should")
    if text.whole and _ID.fullmatch(head):
        return _none("base64.is-reference", "an id (a UUID) stands where the image's bytes should")
    if _PRINTED.match(head):
        return _none(
            "base64.expected", "the printed form of the bytes, with backslash escapes, stands where base64 should"
        )
    if _AS_TEXT.match(head) or is_image(head):
        words = "the image's raw bytes, read as text, stand where base64 should"
        return replace(_none("base64.expected", words), head=text.head)
    return None


def _none(code: str, words: str) -> Carried:
    return Carried(None, b"", troubles=(Trouble(code, words, offset=0),))


def _hex(text: Text, is_image: LooksLikeImage, limit: int) -> Carried | None:
    """Hex digits that spell an image. Base64 of a picture is hardly ever hex, so a glance decides for nearly all."""
    if text.head[:1] not in _HEX_STARTS or not is_image(hex_text.start(text.head[: 2 * _GLANCE])):
        return None
    chunk = text.head[: 4 * limit]
    return Carried("hex", hex_text.start(chunk)[:limit], hex_text.size(chunk, text.length))


def _wrapped(text: Text, is_image: LooksLikeImage, limit: int, effort: Effort) -> Carried | None:
    around = wrapping(text.head)
    if not around.front:
        return None
    if around.uri is not None and not around.uri.base64 and _PERCENT_DATA.match(text.head, around.front):
        return _none("data-uri.malformed", "a data URI whose data are percent-escaped bytes, and no base64")
    inner = _twice(_carried(spelling(_inside(text, around), limit, effort)), is_image, limit)
    said = tuple(replace(trouble, offset=_plus(trouble.offset, around.front)) for trouble in inner.troubles)
    if around.uri is None:
        return replace(inner, troubles=around.troubles + said)
    return replace(inner, encoding="data-uri", declared_type=around.uri.media_type, troubles=around.troubles + said)


def _inside(text: Text, around: Wrapping) -> Text:
    head = text.head[around.front :]
    behind = closing(text.tail) if around.quoted else 0
    length = None if text.length is None else text.length - around.front - behind
    if text.whole:
        head = head[: max(len(head) - behind, 0)]
        return Text(head, head[-_GLANCE:], len(head), True)
    return Text(head, text.tail[: len(text.tail) - behind], length, False)


def _plus(offset: int | None, more: int) -> int | None:
    return None if offset is None else offset + more


def _under(head: bytes, limit: int) -> bytes:
    return base64_text.decode_head(head[wrapping(head).front :], limit)


def _twice(carried: Carried, is_image: LooksLikeImage, limit: int) -> Carried:
    """Base64 of base64, up to four times, or of hex digits: the bytes are a text of an image again."""
    start = carried.head[:_GLANCE]
    if not (base64_text.could_be(start) or start.startswith((b"data:", *_QUOTED))) or is_image(carried.head):
        return carried
    if is_image(hexadecimal := hex_text.start(carried.head)):
        size = hex_text.size(carried.head, carried.size)
        trouble = Trouble("base64.double", "encoded twice: its bytes are the hex digits of an image", offset=0)
        return replace(carried, head=hexadecimal, size=size, troubles=(trouble, *carried.troubles))
    inner = _under(carried.head, limit)
    for _ in range(_MOST_TIMES - 2):
        if is_image(inner) or not base64_text.could_be(inner[:_GLANCE]):
            break
        inner = _under(inner, limit)
    if not is_image(inner):
        return carried
    at_hand = carried.size == len(carried.head)
    digits = len(carried.head.rstrip(b"=")) if at_hand else carried.size
    size = None if digits is None else digits * 3 // 4
    double = Trouble("base64.double", "encoded in base64 twice: its bytes are base64 text of an image again", offset=0)
    return replace(carried, head=inner, size=size, troubles=(double, *carried.troubles))
