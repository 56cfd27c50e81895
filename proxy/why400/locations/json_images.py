"""The images in the long strings of a JSON body."""

import re
from dataclasses import replace

from why400.content.effort import VALUE
from why400.content.json_scan import JsonValue, pointer
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext
from why400.locations.document import Document
from why400.locations.found import Encoding, FoundImage
from why400.locations.pieces import shows_image
from why400.locations.text_value import found_text

MOST_IMAGES = 16
_LOOKED_AT = 64
_PLAUSIBLE = re.compile(
    rb"""\s{0,64}+(?:data:|[bB]?['"]|[A-Za-z0-9+/_=%\\-]{16}|\xc3\xbf|\xc2\x89|\xef\xbf\xbd|GIF8|RIFF|[\w.+-]+/[\w.+-]+;)""",
    re.IGNORECASE,
)


def json_images(context: BodyContext, read: Document) -> tuple[FoundImage, ...]:
    """The long strings that carry a picture, at most 16 of them."""
    found: list[FoundImage] = []
    for value in read.scan.long_strings[:_LOOKED_AT]:
        if _PLAUSIBLE.match(read.data, value.start) and context.effort.allows(VALUE):
            image, _ = value_image(context, read, value, None)
            if image is not None and (_mangled(image) or shows_image(context, image)):
                found.append(image)
        if len(found) == MOST_IMAGES:
            break
    return tuple(found)


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


def _mangled(found: FoundImage) -> bool:
    return any(trouble.code == "base64.expected" for trouble in found.troubles)
