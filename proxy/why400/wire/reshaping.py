"""The last step of `fix: reshape`: a request whose image is put where the route wants it."""

from dataclasses import dataclass
from typing import Any

from why400.content.body import Body
from why400.exchange import RequestHead, Station
from why400.facts import Eyes
from why400.fixes.rework import with_field
from why400.fixes.rewrite import JSON_LENGTH, Rewritten, renewed
from why400.locations.context import Carried, NewBody
from why400.locations.decode import decode_image
from why400.rules.model import Route

LOST = "what stood around the image"


@dataclass(frozen=True, slots=True)
class Moved:
    """A request with its image elsewhere, and what was lost on the way, in words."""

    request: Rewritten
    lost: str | None = None


def reshaped(eyes: Eyes, head: RequestHead, path: str, route: Route, body: bytes, spec: Any) -> Moved:
    """The request with its image at `spec`; as it was where it has not exactly one image, or no such body is there."""
    before = Body(body, len(body), ended=True)
    images = eyes.see(head, path, before, route.images, Station.WHOLE_BODY).seen.images
    data = decode_image(before, images[0].found) if len(images) == 1 else None
    if data is None:
        return Moved(Rewritten(head.fields, body))
    found, location = images[0].found, eyes.locations[type(spec)]
    carried = Carried(spec, data, images[0].facts.media_type or "", found.file_name or "")
    moved = location.move(body, found, carried)
    if moved is not None:
        return Moved(_request(head, moved))
    made = location.make([carried])
    if made is None:
        return Moved(Rewritten(head.fields, body))
    return Moved(_request(head, made), None if found.at == "body" else LOST)


def _request(head: RequestHead, made: NewBody) -> Rewritten:
    length = None if made.json_length is None else b"%d" % made.json_length
    fields = with_field(head.fields, JSON_LENGTH, length)
    return Rewritten(renewed(fields, made.data, made.content_type or None), made.data)
