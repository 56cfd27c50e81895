"""All images of a body, in whatever style it is sent."""

from why400.content.body import Body
from why400.locations.context import BodyContext
from why400.locations.document import document
from why400.locations.envelope import envelope
from why400.locations.form_images import form_images, read_form
from why400.locations.found import FoundImage
from why400.locations.json_images import json_images
from why400.locations.pieces import whole
from why400.locations.style import Style
from why400.locations.tensor_images import tensor_images
from why400.locations.text_value import text_image


def images_in(context: BodyContext, body: Body, style: Style) -> tuple[FoundImage, ...]:
    """The images that a body of that style holds."""
    if style == "image":
        return (whole(context, body),)
    if style == "form":
        return form_images(context, body, read_form(context, body))
    if style == "json":
        return json_images(context, document(context, body))
    if style == "tensors":
        read = envelope(context, body)
        return () if read is None else tensor_images(context, body, read.tensors)
    if style == "text":
        found = text_in_body(context, body)
        return (found,) if found else ()
    return ()


def text_in_body(context: BodyContext, body: Body) -> FoundImage | None:
    """An image that the whole body spells as text."""
    return text_image(context, body.data, (0, body.size if body.whole else None), "body")
