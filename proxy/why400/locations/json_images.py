"""The images in the long strings of a JSON body."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from why400.content import byte_array
from why400.content.effort import LISTED, VALUE
from why400.content.json_scan import JsonValue, pointer
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext
from why400.locations.document import Document
from why400.locations.found import Encoding, FoundImage
from why400.locations.pieces import shows_image
from why400.locations.style import SNIFF
from why400.locations.text_value import found_text

MOST_IMAGES = 16
_LIST_HEAD = 64 * 1024
_LOOKED_AT = 64
_PLAUSIBLE = re.compile(
    rb"""\s{0,64}+(?:data:|[bB]?['"]|[A-Za-z0-9+/_=%\\-]{16}|\xc3\xbf|\xc2\x89|\xef\xbf\xbd|GIF8|RIFF|[\w.+-]+/[\w.+-]+;)""",
    re.IGNORECASE,
)


def json_images(context: BodyContext, read: Document) -> tuple[FoundImage, ...]:
    """The long strings and the lists of bytes that carry a picture, at most 16 of them, strings first."""
    found = _of_strings(context, read)
    lists = (value for value in read.scan.values if value.kind == "array" and value.place)
    for value in islice(lists, _LOOKED_AT if len(found) < MOST_IMAGES else 0):
        image = array_image(context, read, value, None)
        if image is not None:
            found.append(image)
    return tuple(found[:MOST_IMAGES])


def _of_strings(context: BodyContext, read: Document) -> list[FoundImage]:
    found: list[FoundImage] = []
    for value in read.scan.long_strings[:_LOOKED_AT]:
        if _PLAUSIBLE.match(read.data, value.start) and context.effort.allows(VALUE):
            image, _ = value_image(context, read, value, None)
            if image is not None and (_mangled(image) or shows_image(context, image)):
                found.append(image)
        if len(found) == MOST_IMAGES:
            break
    return found


def value_image(
    context: BodyContext, read: Document, value: JsonValue, want: Encoding | None
) -> tuple[FoundImage | None, tuple[Trouble, ...]]:
    """What a string carries, judged by the spelling that is wanted; its place is the one in the body as sent."""
    if read.too_short(value):
        return None, ()
    at = "json:" + pointer(value.place)
    found, troubles = found_text(context, read.data, (value.start, value.end), at, want)
    if found is None or read.in_place:
        return found, troubles
    start, end = read.span(value)
    moved = tuple(replace(one, offset=None) for one in found.troubles)
    return replace(found, start=start, end=end, troubles=moved), moved


def array_image(context: BodyContext, read: Document, value: JsonValue, want: Encoding | None) -> FoundImage | None:
    """The picture that a list of byte values is, or Node's `{"type": "Buffer", "data": […]}`; None for any other."""
    opening = _opening(read.data, value)
    if opening is None or not context.effort.allows(VALUE):
        return None
    most = context.effort.within(_LIST_HEAD, LISTED)
    head = byte_array.head(read.data, opening, value.end, min(most, SNIFF))
    if not context.looks_like_image(head):
        return None
    head = byte_array.head(read.data, opening, value.end, most)
    context.effort.spend(LISTED * len(head))
    at = "json:" + pointer(value.place)
    size = None if value.end is None else byte_array.size(read.data, opening, value.end)
    troubles = tuple(_of_array(read, value, opening, want, at))
    start, end = (value.start, value.end) if read.in_place else (0, None)
    return FoundImage(at, "byte-array", start, end, head, size=size, troubles=troubles)


def _opening(data: bytes | bytearray, value: JsonValue) -> int | None:
    """Where the list begins in a value that may be one of bytes."""
    if value.kind == "object":
        return byte_array.of_buffer(data, value)
    return value.start if value.kind == "array" and byte_array.begins(data, value.start) else None


def _of_array(read: Document, value: JsonValue, opening: int, want: Encoding | None, at: str) -> Iterator[Trouble]:
    if want not in (None, "byte-array"):
        words = "a list of byte values stands where text that spells the image is wanted"
        yield Trouble("json.wrong-type", words, at, value.start)
    elif want is not None and opening != value.start:
        yield Trouble("json.wrong-type", "an object around a list of byte values, want the list", at, value.start)
    elif want is not None and byte_array.is_signed(read.data, opening, value.end):
        yield Trouble("json.value-range", "byte values below 0, want 0 to 255", at, value.start)


def _mangled(found: FoundImage) -> bool:
    return any(trouble.code == "base64.expected" for trouble in found.troubles)
