"""Images of a request that has no route: looked for where they can be."""

from why400.content.body import Body
from why400.content.trouble import Trouble
from why400.locations.by_itself import troubles_by_itself
from why400.locations.context import BodyContext, Located
from why400.locations.found import FoundImage
from why400.locations.images import images_in
from why400.locations.opened import opened
from why400.locations.pieces import whole
from why400.locations.style import SNIFF, Style, style

_PICTURELESS = ("text/", "application/json", "application/x-www-form-urlencoded", "application/xml")


def discover(context: BodyContext, body: Body) -> Located:
    """The images of the body, its parts, or the long strings of its JSON, with what is wrong by itself.

    A body of no known style is taken for an image (of a format that nobody knows) unless its type says otherwise.
    """
    plain = opened(context, body)
    if plain.body is None:
        return Located((), troubles_by_itself(context, body))
    kind = style(context, plain.body.data)
    found = _images(context, plain.body, kind)
    at_images = {(trouble.code, trouble.at) for image in found for trouble in image.troubles}
    troubles = tuple(one for one in _troubles(context, body) if (one.code, one.at) not in at_images)
    return Located(found, troubles, not body.ended and not found and len(body.data) < SNIFF)


def _images(context: BodyContext, body: Body, kind: Style) -> tuple[FoundImage, ...]:
    found = images_in(context, body, kind)
    if found or kind not in ("other", "text") or (context.declared or "").startswith(_PICTURELESS):
        return found
    return (whole(context, body),)


def _troubles(context: BodyContext, body: Body) -> tuple[Trouble, ...]:
    return troubles_by_itself(context, body)
