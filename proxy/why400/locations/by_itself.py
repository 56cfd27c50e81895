"""What is wrong with a body whoever receives it: the built-in observations that need no route (design section 5)."""

from collections.abc import Sequence

from why400.content import json_health
from why400.content.body import Body
from why400.content.effort import HEALTH
from why400.content.tensor_health import health
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext
from why400.locations.decode import clean_span
from why400.locations.document import scanned
from why400.locations.envelope import Envelope, envelope
from why400.locations.form_images import read_form
from why400.locations.found import FoundImage
from why400.locations.opened import opened
from why400.locations.style import Style, style


def troubles_by_itself(context: BodyContext, body: Body, found: Sequence[FoundImage] = ()) -> tuple[Trouble, ...]:
    """Troubles of declaration, coding and framing, given the images that were found in the body.

    JSON is parsed only for a `thorough` look at a whole body.
    """
    plain = opened(context, body)
    if plain.body is None:
        return _declaration(context, body, "other")
    kind = style(context, plain.body.data)
    return _declaration(context, plain.body, kind) + plain.troubles + _framing(context, plain.body, kind, found)


def _declaration(context: BodyContext, body: Body, kind: Style) -> tuple[Trouble, ...]:
    if context.media is None:
        words = "the request has a body and no Content-Type"
        return (Trouble("content-type.missing", words, "head"),) if body.data else ()
    if context.media.is_json and kind == "image":
        words = "Content-Type says JSON, the body is the raw bytes of an image"
        return (Trouble("content-type.image-as-json", words, "head"),)
    if kind == "json" and context.media.is_form and context.media.boundary is None:
        words = "Content-Type says a form and names no boundary, the body is JSON"
        return (Trouble("multipart.no-boundary", words, "head"),)
    if kind == "json" and not context.media.is_json and not context.media.is_form and _is_object(context, body):
        words = "the body is JSON, Content-Type says something else"
        return (Trouble("content-type.json-mislabelled", words, "head"),)
    return ()


def _is_object(context: BodyContext, body: Body) -> bool:
    found = scanned(context, body.data)
    return found.root == "object" and found.broken_at is None and (found.root_end is not None or not body.whole)


def _framing(context: BodyContext, body: Body, kind: Style, found: Sequence[FoundImage]) -> tuple[Trouble, ...]:
    if kind == "form":
        return read_form(context, body).troubles
    read = envelope(context, body) if kind in ("json", "tensors") else None
    if read is not None:
        return _of_tensors(context, body, read, found)
    declared_json = context.media is not None and context.media.is_json
    is_json = kind == "json" or (declared_json and kind != "image")
    return _of_json(context, body.data, found) if body.whole and is_json else ()


def _of_json(context: BodyContext, text: bytes | bytearray, found: Sequence[FoundImage]) -> tuple[Trouble, ...]:
    if not context.thorough or not text:
        return ()
    clean = [span for one in found if (span := clean_span(one)) is not None]
    weight = len(text) - sum(end - start for start, end in clean)
    if clean and context.effort.allows(HEALTH * weight) and json_health.strict_object(text, clean) is not None:
        return json_health.duplicates(scanned(context, text))
    return json_health.health(bytes(text)).troubles if context.effort.allows(HEALTH * len(text)) else ()


def _of_tensors(context: BodyContext, body: Body, read: Envelope, found: Sequence[FoundImage]) -> tuple[Trouble, ...]:
    """Of a V2 request: its JSON, without what stands behind it, and what it says of its tensors."""
    of_json = _of_json(context, read.text, found) if body.whole else ()
    return read.troubles + of_json + health(read.tensors, body, context.effort, thorough=context.thorough)
