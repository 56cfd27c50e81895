"""The bytes of a found image, all of them."""

import binascii

from why400.content import base64_text, byte_array, hex_text
from why400.content.body import Body
from why400.content.data_uri import LONGEST_HEAD
from why400.content.json_string import unescape_head
from why400.content.wrapping import payload, wrapping
from why400.locations.found import URLSAFE, FoundImage


def decode_image(body: Body, found: FoundImage) -> bytes | None:
    """The whole image out of a whole body; None where it has no end there, or cannot be read."""
    if found.end is None or found.end > len(body.data):
        return None
    clean = None if found.encoding == "binary" else clean_image(body, found)
    if clean is not None:
        return bytes(clean)
    value = bytes(memoryview(body.data)[found.start : found.end])
    if found.encoding == "binary":
        return binascii.a2b_qp(value) if "multipart.transfer-encoding" in _codes(found) else value
    return byte_array.decode(value) if found.encoding == "byte-array" else _mended(found, value)


def _codes(found: FoundImage) -> frozenset[str]:
    return frozenset(trouble.code for trouble in found.troubles)


def _mended(found: FoundImage, value: bytes) -> bytes | None:
    """The bytes that a text, or the start of one, spells in whatever way."""
    text = payload(unescape_head(value) if found.at.startswith(("json:", "tensor:")) else value)
    if found.encoding == "hex":
        return hex_text.decode(text)
    image = _read(text)
    return _again(image) if image is not None and "base64.double" in _codes(found) else image


def _again(text: bytes) -> bytes | None:
    """The bytes of a text that was spelled once more."""
    digits = hex_text.decode(text)
    return _read(payload(text)) if digits is None else digits


def _read(text: bytes) -> bytes | None:
    """The bytes of base64 of which one reading is left."""
    return base64_text.decode(text) if base64_text.legible(text) else None


def clean_image(body: Body, found: FoundImage) -> bytes | memoryview | None:
    """The same where nothing is to be mended: the body's own bytes, not copied, or what a strict decoder makes of them.

    None for hex and lists, and where it is spelled in another way than its encoding says.
    """
    if found.troubles or found.encoding in ("hex", "byte-array") or found.end is None or found.end > len(body.data):
        return None
    if found.encoding == "binary" or (found.head and len(found.head) == found.size):
        return found.head
    return _strictly(found, _digits(body, found, found.end)) or None


def clean_span(found: FoundImage) -> tuple[int, int] | None:
    """Where the text of an image stands in JSON, if all of it was read and nothing in it had to be mended."""
    if found.end is None or found.troubles or found.encoding in ("binary", "byte-array"):
        return None
    whole = len(found.head) == found.size and found.at.startswith("json:")
    return (found.start, found.end) if whole else None


def longer_head(body: Body, found: FoundImage, size: int) -> bytes | memoryview:
    """The first `size` bytes of an image that is spelled as text, where they can be had; else those that were found."""
    if found.end is None or found.encoding in ("binary", "byte-array"):
        return found.head
    start = memoryview(body.data)[found.start : min(found.end, found.start + 2 * size + LONGEST_HEAD)]
    longer = _mended(found, bytes(start))  # hex takes two characters a byte
    return longer[:size] if longer is not None and len(longer) > len(found.head) else found.head


def _digits(body: Body, found: FoundImage, end: int) -> memoryview:
    """The base64 text of an image, behind the head of a data URI."""
    text = memoryview(body.data)[found.start : end]
    return text[wrapping(bytes(text[:LONGEST_HEAD])).front :] if found.encoding == "data-uri" else text


def _strictly(found: FoundImage, digits: memoryview) -> bytes | None:
    return base64_text.strict(digits, "urlsafe" if found.encoding in URLSAFE else "standard")
