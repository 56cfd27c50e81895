"""`image: body`: the whole body is the image's own bytes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from why400.content.body import Body
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext, Carried, Located, Location, NewBody
from why400.locations.found import FoundImage
from why400.locations.images import images_in, text_in_body
from why400.locations.opened import looked_into
from why400.locations.pieces import blamed, whole
from why400.locations.style import SNIFF, style
from why400.locations.text_value import text_instead
from why400.shapes.choice import Choice
from why400.shapes.shape import Node, Problem


@dataclass(frozen=True, slots=True)
class Whole:
    """The image is the body."""

    @property
    def at(self) -> str:
        """Where, in the contract's words."""
        return "body"

    @property
    def words(self) -> str:
        """What is wanted, in a few words."""
        return "the image's own bytes as the body"


def read_spec(values: Mapping[str, Node], problems: list[Problem]) -> Whole | None:
    """Read `body: whole`."""
    return Whole() if Choice(("whole",)).read(values["body"], problems) else None


def find(spec: Whole, context: BodyContext, body: Body) -> Located:
    """The body as an image. Sent as text, as a form or as JSON, the image is found there and that is said."""
    return looked_into(context, body, lambda plain: _look(context, plain))


def _look(context: BodyContext, body: Body) -> Located:
    kind = style(context, body.data)
    if kind == "empty":
        trouble = Trouble("image.empty", "the body is empty where an image should be")
        return Located((), (trouble,)) if body.ended else Located(need_more=True)
    if kind == "text" and (found := text_in_body(context, body)):
        return Located((_declared(context, text_instead(found)),))
    if kind == "form":
        return _elsewhere(context, body, "content-type.multipart-for-raw", "a form")
    if kind == "tensors":
        return _elsewhere(context, body, "content-type.not-accepted", "a request with binary tensors")
    if kind == "json" and body.data[:1] != b'"':
        return _elsewhere(context, body, "content-type.not-accepted", "JSON")
    if kind == "json" and (found := text_in_body(context, body)):
        return Located((_declared(context, text_instead(found)),))
    undecided = kind != "image" and not body.ended and len(body.data) < SNIFF
    return Located((whole(context, body),), need_more=undecided)


def _declared(context: BodyContext, found: FoundImage) -> FoundImage:
    """The same, which a data URI says the type of, or else the request."""
    return found if found.declared_type else replace(found, declared_type=context.declared)


def _elsewhere(context: BodyContext, body: Body, code: str, sent: str) -> Located:
    kind = style(context, body.data)
    found = images_in(context, body, kind)
    if not found and not body.ended:
        return Located(need_more=True)
    if not found and kind == "json" and context.media is not None and context.media.is_image:
        return blamed(
            (), Trouble("image.error-page", "JSON was sent as the image: the answer of another server, saved")
        )
    return blamed(found, Trouble(code, f"{sent} was sent where the image's own bytes are wanted"))


def make(images: Sequence[Carried]) -> NewBody | None:
    """The one image's own bytes."""
    return NewBody(images[0].media_type, images[0].data) if len(images) == 1 else None


def move(body: bytes, found: FoundImage, image: Carried) -> NewBody | None:
    """A body that is the image has nowhere to move."""
    return None


LOCATION = Location("body", Whole, read_spec, find, make, move)
