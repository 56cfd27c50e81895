"""In which style a body is sent, told from its bytes first and from its declaration second."""

import re
from typing import Literal

from why400.content import base64_text
from why400.content.multipart import sniffed_boundary
from why400.locations.context import BodyContext

Style = Literal["empty", "image", "form", "json", "tensors", "text", "other"]

SNIFF = 512
_JSON_START = re.compile(rb"""\s*(?:"|\{(?!\\)|\[\s*(?:[\[{"'\]\d-]|true|false|null|None|True|False|NaN|$))""")
"""A list in brackets goes on as one: `[object FormData]` and `[InternetShortcut]` do not; `{\\rtf1` is no object."""

_TEXT_STARTS = (b"data:", b"b'", b'b"', b"'")
_UTF8_BOM = b"\xef\xbb\xbf"


def style(context: BodyContext, data: bytes | bytearray) -> Style:
    """The style: a picture's own bytes, a form, JSON, text that could spell bytes, or something else.

    `tensors` is JSON with the bytes of tensors behind it, as the head says.
    """
    known: Style | None = context.effort.noted("style", data)
    if known is None:
        known = _style(context, data, bytes(data[:SNIFF]))
        context.effort.note("style", data, known)
    return known


def _style(context: BodyContext, data: bytes | bytearray, start: bytes) -> Style:
    if not start:
        return "empty"
    if context.looks_like_image(start):
        return "image"
    text = start.removeprefix(_UTF8_BOM).lstrip()
    if starts_json(text):
        return "json" if context.json_length is None else "tensors"
    if (context.media is not None and context.media.is_form) or _is_form(data, text):
        return "form"
    if text[:5].lower().startswith(_TEXT_STARTS) or base64_text.could_be(text):
        return "text"
    return "json" if context.media is not None and context.media.is_json and _could_be_json(start) else "other"


def starts_json(start: bytes) -> bool:
    """These first bytes of a body are those of JSON, strict or nearly so."""
    return _JSON_START.match(start) is not None


def _is_form(data: bytes | bytearray, text: bytes) -> bool:
    return text.startswith(b"--") and sniffed_boundary(data) is not None


def _could_be_json(start: bytes) -> bool:
    """Text in a wide charset, or lax JSON: anything but plain binary."""
    return b"\0" not in start or start[:2] in (b"\xff\xfe", b"\xfe\xff") or start[:4].count(0) >= 2
