"""The images in the parts of a form."""

from dataclasses import replace

from why400.content import base64_text
from why400.content.body import Body
from why400.content.multipart import Form, FormPart, form
from why400.locations.context import BodyContext
from why400.locations.found import FoundImage
from why400.locations.pieces import binary, shows_image
from why400.locations.text_value import found_text, text_image

_TEXT_STARTS = (b"data:", b"b'", b'b"', b"'", b'"')
_GLANCE = 256


def read_form(context: BodyContext, body: Body) -> Form:
    """The body as a form, by the boundary that was declared or else its own."""
    boundary = context.media.boundary if context.media else None
    return context.effort.once(
        "form", body.data, lambda: form(body.data, boundary, body.ended, body.tail, context.effort)
    )


def form_images(context: BodyContext, body: Body, read: Form) -> tuple[FoundImage, ...]:
    """Every part that is a file, is declared as an image, or shows one."""
    found = (part_image(context, body, read, part) for part in read.parts)
    return tuple(
        one for one, part in zip(found, read.parts, strict=True) if not part.empty and _is_one(context, one, part)
    )


def _is_one(context: BodyContext, found: FoundImage, part: FormPart) -> bool:
    declared = part.content_type or ""
    return part.file_name is not None or declared.startswith("image/") or shows_image(context, found)


def part_image(context: BodyContext, body: Body, read: Form, part: FormPart) -> FoundImage:
    """What a part holds, as an image: its bytes, or the text that spells them. With the part's own troubles."""
    own = tuple([trouble for trouble in read.troubles if trouble.at == part.at]) if read.troubles else ()
    found = _encoded(context, body, part)
    if found is None:
        return binary(body, part.start, part.end, part.at, part.content_type, part.file_name, own)
    declared = found.declared_type or part.content_type
    return replace(found, declared_type=declared, file_name=part.file_name, troubles=own + found.troubles)


def _encoded(context: BodyContext, body: Body, part: FormPart) -> FoundImage | None:
    start = bytes(body.data[part.start : part.start + _GLANCE]).lstrip()
    if part.transfer_encoding == "base64":
        return found_text(context, body.data, (part.start, part.end), part.at, None)[0]
    if start[:5].lower().startswith(_TEXT_STARTS) or base64_text.could_be(start):
        return text_image(context, body.data, (part.start, part.end), part.at)
    return None
