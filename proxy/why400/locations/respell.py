"""An image's bytes spelled as a location wants them, and put in the place of what was sent."""

import re

import pybase64

from why400.content.byte_array import spelled
from why400.content.json_string import escape
from why400.locations.found import Encoding, FoundImage

_PLAIN = re.compile(rb"[ !#-\[\]-~]*+\Z")
_TRANSFER_ENCODING = re.compile(rb"(?:(?<=\n)|\A)content-transfer-encoding[ \t]*:[^\n]*\n", re.IGNORECASE)
_PART_HEAD = 16 * 1024


def respell(image: bytes, want: Encoding, media_type: str) -> bytes:
    """The image's bytes in that spelling. `media_type` is for a data URI's head, such as `image/png`."""
    if want == "base64":
        return pybase64.b64encode(image)
    if want == "base64url":
        return pybase64.b64encode(image, b"-_")
    if want == "base64url-unpadded":
        return pybase64.b64encode(image, b"-_").rstrip(b"=")
    if want == "data-uri":
        return b"data:" + media_type.encode("ascii", "replace") + b";base64," + pybase64.b64encode(image)
    if want == "byte-array":
        return spelled(image)
    return image.hex().encode("ascii") if want == "hex" else image


def json_value(image: bytes, want: Encoding, media_type: str) -> str | list[int]:
    """The image as a value of a JSON document."""
    return list(image) if want == "byte-array" else respell(image, want, media_type).decode("ascii")


def replace_in_body(
    body: bytes | bytearray, found: FoundImage, value: bytes, spelled_as: Encoding | None = None
) -> bytes | None:
    """The body with another value where the image was; every other byte stays. None where the place has no end.

    In JSON the value is escaped where it must be, and gets or loses its quotes where it becomes text or a list
    (`spelled_as`: as the image was, where nothing is said). A part's Content-Transfer-Encoding, no longer true, is
    taken out.
    """
    if found.end is None:
        return None
    if found.at.startswith("json:"):
        start, end, text = json_text(found, value, spelled_as or found.encoding)
        return bytes(body[:start]) + text + bytes(body[end:])
    before, after = bytes(body[: found.start]), bytes(body[found.end :])
    if any(trouble.code == "multipart.transfer-encoding" for trouble in found.troubles):
        before = _without_transfer_encoding(before)
    return before + value + after


def json_text(found: FoundImage, value: bytes, becomes: Encoding) -> tuple[int, int, bytes]:
    """From where to where of a JSON text another value stands, and how: as text in quotes, or as a list."""
    start, end, was_list = found.start, found.end or found.start, found.encoding == "byte-array"
    if becomes == "byte-array":
        return (start, end, value) if was_list else (start - 1, end + 1, value)
    text = value if _PLAIN.match(value) else escape(value)
    return (start, end, b'"' + text + b'"') if was_list else (start, end, text)


def _without_transfer_encoding(before: bytes) -> bytes:
    fields = list(_TRANSFER_ENCODING.finditer(before, max(len(before) - _PART_HEAD, 0)))
    return before[: fields[-1].start()] + before[fields[-1].end() :] if fields else before
