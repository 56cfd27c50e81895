"""Pictures decoded because a rule asks whether they can be: in a decode worker, as for fixes."""

from collections.abc import Iterable
from dataclasses import replace

from why400 import limits
from why400.checks.format import cause_of
from why400.checks.intact import CAUSES, words
from why400.content.body import Body
from why400.content.coding import uncoded
from why400.exchange import Decoded, Image, RequestHead, Seen, Station
from why400.facts import Eyes
from why400.fixes.answer import Answer, Failed
from why400.fixes.decodable import too_much_together, too_simple, unknown_kind
from why400.fixes.fix import CannotFix
from why400.fixes.formats import FORMATS
from why400.fixes.memory import held
from why400.fixes.plan_image import looked_at
from why400.fixes.rework import with_field
from why400.image.facts import ImageFacts
from why400.locations.decode import decode_image
from why400.rules.model import Route
from why400.wire.aside import aside
from why400.wire.house import House
from why400.wire.looking import LookFailed
from why400.wire.refusal import Refusal

Decodings = tuple[tuple[str, Decoded], ...]


async def decodings(house: House, seen: Seen, route: Route, body: Body) -> Decodings:
    """What came of decoding each image that a rule asks about, by its place. Raises `Refusal`, `LookFailed`."""
    images = [image for image in seen.images if _asked(route, image)]
    if any(image.found.end is None for image in images):
        images, body = await aside(None, _uncoded, house.eyes, seen.head, seen.path, route, body)
    if because := too_much_together(image.facts for image in images):
        return tuple([(image.at, Decoded("limit.count", because)) for image in images])
    found = tuple([(image, await _decoded(house, image, body)) for image in images])
    _count_unknown(house, route, found)
    return tuple((image.at, decoded) for image, decoded in found)


def _count_unknown(house: House, route: Route, found: Iterable[tuple[Image, Decoded]]) -> None:
    """What passes although nobody looked at it is not to pass unnoticed."""
    for image in (image for image, decoded in found if decoded.unknown):
        for rule in route.stations[Station.PIXELS]:
            if rule.on in (None, image.place):
                house.meters.unchecked(route.id, rule.id)


def _asked(route: Route, image: Image) -> bool:
    """A rule asks about it, and it is not known to be damaged already."""
    sound = image.damage is None or image.damage.kind not in CAUSES
    return sound and any(rule.on in (None, image.place) for rule in route.stations[Station.PIXELS])


def _uncoded(eyes: Eyes, head: RequestHead, path: str, route: Route, body: Body) -> tuple[list[Image], Body]:
    """The images in the body without its content coding: where they are, only they say."""
    plain = uncoded(body, head.value(b"content-encoding"), limits.HOLD).body
    if plain is None or not plain.whole:
        return [], body
    bare = replace(head, fields=with_field(head.fields, b"content-encoding", None))
    found = eyes.see(bare, path, plain, route.images, Station.WHOLE_BODY).seen.images
    return [image for image in found if _asked(route, image)], plain


async def _decoded(house: House, image: Image, body: Body) -> Decoded:
    job, cause = looked_at(image), _why_not(image)
    if isinstance(job, CannotFix) and cause != _TOO_LARGE:
        return Decoded(cause, job.because)
    data = await aside(image.found.end, decode_image, body, image.found)
    if data is None:
        return Decoded()
    if isinstance(job, CannotFix):
        return Decoded("" if _may_be_so_large(image.facts, len(data)) else cause, job.because)
    return _told(await house.decoder.run(job, data))


def _may_be_so_large(facts: ImageFacts, size: int) -> bool:
    """The file has bytes for what its header claims. A good picture is not to be rejected for its size alone."""
    return not too_simple(facts.pixels or 0, held(facts.color, facts.bit_depth), size)


def _why_not(image: Image) -> str:
    """The cause of not even trying."""
    if image.facts.format not in FORMATS:
        return cause_of(image)
    if image.facts.pixels is None:
        return "image.corrupt"
    return "image.format-unsupported" if unknown_kind(image.facts) else _TOO_LARGE


def _told(answer: Answer) -> Decoded:
    if not isinstance(answer, Failed):
        return Decoded()
    if answer.damage is not None:
        return Decoded(CAUSES[answer.damage.kind], words(answer.damage))
    if answer.why == "queue-full":
        raise Refusal("limit.overload", 503, f"too many images are being worked on: {answer.because}")
    if answer.why == "unavailable":
        raise LookFailed(answer.because)
    return Decoded(_CAUSES.get(answer.why, "image.bomb"), answer.because)


_TOO_LARGE = "image.too-large"
_CAUSES = {"crashed": "image.corrupt", "unsupported": "image.format-unsupported", "too-large": ""}
