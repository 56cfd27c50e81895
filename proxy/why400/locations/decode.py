"""The bytes of a found image, all of them."""

import binascii

from why400.content import base64_text
from why400.content.body import Body
from why400.content.json_string import unescape
from why400.content.wrapping import payload
from why400.locations.found import FoundImage


def decode_image(body: Body, found: FoundImage) -> bytes | None:
    """The whole image out of a whole body; None where it has no end there, or cannot be read."""
    if found.end is None or found.end > len(body.data):
        return None
    view = memoryview(body.data)[found.start : found.end]
    if found.encoding == "base64" and not found.troubles and (clean := base64_text.strict(view)):
        return clean
    value = bytes(view)
    codes = {trouble.code for trouble in found.troubles}
    if found.encoding == "binary":
        return binascii.a2b_qp(value) if "multipart.transfer-encoding" in codes else value
    text = payload(unescape(value) if found.at.startswith("json:") else value)
    if found.encoding == "hex":
        return _from_hex(text)
    image = base64_text.decode(text)
    if image is not None and "base64.double" in codes:
        return base64_text.decode(payload(image))
    return image


def view_image(body: Body, found: FoundImage) -> bytes | memoryview | None:
    """The same, without a copy where the body holds the image's bytes as they are."""
    if found.encoding == "binary" and found.end == len(body.data) and not found.troubles:
        return memoryview(body.data)[found.start :]
    return decode_image(body, found)


def _from_hex(text: bytes) -> bytes | None:
    try:
        return bytes.fromhex(text.strip().removeprefix(b"0x").decode("ascii"))
    except ValueError:
        return None
