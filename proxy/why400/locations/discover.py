"""Images of a request that has no route: looked for where they can be."""

from why400.content.body import Body
from why400.locations.by_itself import troubles_by_itself
from why400.locations.context import BodyContext, Located
from why400.locations.found import FoundImage
from why400.locations.images import images_in
from why400.locations.opened import looked_into
from why400.locations.pieces import whole
from why400.locations.style import SNIFF, style
from why400.locations.text_value import text_instead
from why400.steps import Steps

_BINARY = ("image/", "application/octet-stream")
_PICTURELESS = ("text/", "application/json", "application/x-www-form-urlencoded", "application/xml")


def discovering(context: BodyContext, body: Body) -> Steps[Located]:
    """The images of the body, its parts, or the long strings of its JSON, with what is wrong by itself.

    A body of no known style is taken for an image (of a format that nobody knows) unless its type says otherwise.
    """
    found = looked_into(context, body, lambda plain: Located(_images(context, plain))).found
    if context.effort.tires():
        yield
    at_images = {(trouble.code, trouble.at) for image in found for trouble in image.troubles}
    troubles = tuple(one for one in troubles_by_itself(context, body, found) if (one.code, one.at) not in at_images)
    return Located(found, troubles, not body.ended and not found and len(body.data) < SNIFF)


def _images(context: BodyContext, body: Body) -> tuple[FoundImage, ...]:
    kind = style(context, body.data)
    found = tuple(_judged(context, one) for one in images_in(context, body, kind))
    if found or kind not in ("other", "text") or (context.declared or "").startswith(_PICTURELESS):
        return found
    return (whole(context, body),)


def _judged(context: BodyContext, found: FoundImage) -> FoundImage:
    """Text is wrong by itself where bytes are declared: some models do take base64 as a body or a form field."""
    declared = context.declared if found.at == "body" else found.declared_type
    in_binary = found.at == "body" or found.file_name is not None
    coded = any(trouble.code == "multipart.transfer-encoding" for trouble in found.troubles)
    if in_binary and not coded and (declared or "").startswith(_BINARY):
        return text_instead(found)
    return found
