"""Facts that need no rule: what is wrong with a request by itself, and what models often do not take."""

import re
from collections.abc import Iterator

from why400.causes.catalogue import Catalogue
from why400.content.printable import printable
from why400.diagnose.sight import Sight, sight, succeeded
from why400.exchange import Certainty, Claim, Exchange, Image, Outcome
from why400.image.facts import ImageFacts

LARGE = 500_000
"""The smallest limit that widespread servers set on a body by themselves, in bytes (forms in Werkzeug)."""

MANY_PIXELS = 89_478_485
"""Where Pillow starts to warn of decompression bombs."""

_DAMAGE = {
    "truncated": "image.truncated",
    "corrupt": "image.corrupt",
    "text-mangled": "encoding.text-mangled",
    "junk-before": "image.corrupt",
    "junk-after": "image.corrupt",
}
_DOCUMENTS = frozenset(("html", "xml", "json", "git-lfs", "text"))
_RARE = frozenset(
    ("heic", "heif", "avif", "jxl", "jpeg-xl", "jp2", "jpeg2000", "svg", "pdf", "tiff", "psd", "eps", "ico")
)
_SPELLINGS = {"data-uri": "data-uri.unexpected", "base64url": "base64.urlsafe", "hex": "base64.hex"}
_EMPTY_PART = re.compile(
    rb'filename="[^"\r\n]{1,255}"[^\r\n]{0,255}\r\n(?:[A-Za-z-]{1,64}:[^\r\n]{0,255}\r\n){0,4}\r\n\r\n--'
)
_COLORS = {"palette": "image.palette", "gray": "image.gray", "gray-alpha": "image.alpha", "cmyk": "image.cmyk"}


def claims(exchange: Exchange, catalogue: Catalogue) -> tuple[Claim, ...]:
    """What is seen in a refused request. LIKELY where it makes a request wrong, or where the route says so.

    Nothing where fixes ran: what was sent is not what the model saw.
    """
    if succeeded(exchange) or exchange.outcome is Outcome.REJECTED or exchange.seen is None or exchange.fixes:
        return ()
    view = sight(exchange)
    found = [*_of_troubles(view, catalogue), *(claim for claim in _of_request(view) if claim.cause not in view.codes)]
    if view.carries == "nothing" and _wants_body(exchange, view):
        found.append(_possible("http.body-missing", "the request has no body"))
    found += _of_empty_part(exchange, view)
    for image in view.images:
        found += [
            Claim(cause, "facts", grade, f"{words} ({printable(image.at, 80)})")
            for cause, grade, words in (
                *_of_damage(image),
                *_of_type(image),
                *_of_spelling(image, view),
                *_of_picture(image.facts),
            )
        ]
    return tuple(found)


def _of_troubles(view: Sight, catalogue: Catalogue) -> Iterator[Claim]:
    broken = {trouble.offset for trouble in view.troubles if trouble.code == "json.syntax"}
    for trouble in view.troubles:
        cause = catalogue.get(trouble.code)
        breaks = trouble.code == "base64.whitespace" and trouble.offset in broken
        matters = view.ruled or breaks or (cause is not None and cause.invalid)
        where = "" if trouble.offset is None else f", byte {trouble.offset}"
        evidence = f"{printable(trouble.detail, 240)} ({printable(trouble.at, 80)}{where})"
        yield Claim(trouble.code, "facts", Certainty.LIKELY if matters else Certainty.POSSIBLE, evidence)


def _wants_body(exchange: Exchange, view: Sight) -> bool:
    """A body is missed where the method brings one, or where the status says that something was read (or not found)."""
    method = exchange.head.method if exchange.head else ""
    return method in ("POST", "PUT", "PATCH") or view.status in (400, 411, 415, 422)


def _of_request(view: Sight) -> Iterator[Claim]:
    if view.carries not in ("nothing", "form") and not view.media:
        yield _possible("content-type.missing", "there is a body and no Content-Type")
    if view.carries == "json" and _is_not_json(view.media):
        yield Claim(
            "content-type.json-mislabelled",
            "facts",
            Certainty.LIKELY,
            f"the body starts as JSON, Content-Type says {printable(view.media, 64)}",
        )
    if view.carries == "image" and any(image.facts.format != "unknown" for image in view.images):
        yield from _of_image_body(view.media)
    if view.size >= LARGE:
        yield _possible("limit.body-size", f"the body has {view.size} bytes, and limits are met from {LARGE} bytes on")


def _of_image_body(media: str) -> Iterator[Claim]:
    if media.endswith("json"):
        yield Claim("content-type.image-as-json", "facts", Certainty.LIKELY, "the body of a JSON request is an image")
    elif media and not media.startswith(("image/", "multipart/")):
        vague = media == "application/octet-stream"
        cause = "content-type.not-accepted" if vague else "content-type.image-type-wrong"
        yield _possible(cause, f"the body is an image, Content-Type says {printable(media, 64)}")


def _is_not_json(media: str) -> bool:
    return bool(media) and not media.endswith(("/json", "+json", "/x-ndjson", "/jsonlines"))


def _of_damage(image: Image) -> Iterator[tuple[str, Certainty, str]]:
    if image.damage:
        cause = _DAMAGE[image.damage.kind]
        yield (
            cause,
            Certainty.LIKELY,
            f"{printable(image.damage.because, 160)}, byte {image.damage.offset} of the image",
        )


def _of_empty_part(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """A part with a file name and no bytes. Browsers send an empty name where no file was chosen: that one is sound."""
    if view.carries == "form" and "multipart.empty-part" not in view.codes:
        part = _EMPTY_PART.search(bytes(exchange.body[:4096]))
        if part:
            words = f"the part at byte {part.start()} has a file name and no bytes"
            yield Claim("multipart.empty-part", "facts", Certainty.LIKELY, words)


def _of_spelling(image: Image, view: Sight) -> Iterator[tuple[str, Certainty, str]]:
    """Spellings that are sound by themselves, and that a decoder of plain base64 does not take."""
    cause = _SPELLINGS.get(image.found.encoding)
    if cause and not view.ruled and cause not in view.codes:
        yield cause, Certainty.POSSIBLE, f"the image is spelled as {image.found.encoding}"


def _of_type(image: Image) -> Iterator[tuple[str, Certainty, str]]:
    declared, real = image.found.declared_type, image.facts.media_type
    if declared and real and declared.startswith("image/") and declared != real and real.startswith("image/"):
        words = f"declared as {printable(declared, 64)}, the bytes are {real}"
        yield "content-type.image-type-wrong", Certainty.POSSIBLE, words


def _of_picture(facts: ImageFacts) -> Iterator[tuple[str, Certainty, str]]:
    """What the picture is like; that it is no JPEG counts only where nothing else is unusual about it."""
    unusual = tuple(_of_facts(facts))
    if not unusual and facts.format not in ("jpeg", "unknown"):
        yield (
            "image.format-mismatch",
            Certainty.POSSIBLE,
            f"the format is {facts.format}, and some models take only JPEG",
        )
    yield from unusual


def _of_facts(facts: ImageFacts) -> Iterator[tuple[str, Certainty, str]]:
    if facts.format in _DOCUMENTS:
        yield "image.error-page", Certainty.LIKELY, f"the bytes are {facts.format}, no image"
    elif facts.format == "unknown":
        yield "image.not-an-image", Certainty.POSSIBLE, "the first bytes are those of no picture that is known here"
    elif facts.format in _RARE:
        yield "image.format-unsupported", Certainty.POSSIBLE, f"the format is {facts.format}"
    if facts.color in _COLORS:
        yield _COLORS[facts.color], Certainty.POSSIBLE, f"the colour is {facts.color}"
    if facts.alpha and facts.color != "gray-alpha":
        yield "image.alpha", Certainty.POSSIBLE, f"the image is {facts.color or 'of a colour'} with transparency"
    if facts.bit_depth not in (None, 8) and facts.color != "palette":
        yield "image.depth", Certainty.POSSIBLE, f"the samples have {facts.bit_depth} bits"
    if (facts.frames or 1) > 1:
        yield "image.frames", Certainty.POSSIBLE, f"the file has {facts.frames} frames"
    if (facts.pixels or 0) > MANY_PIXELS:
        yield "image.bomb", Certainty.POSSIBLE, f"the header claims {facts.width} by {facts.height} pixels"


def _possible(cause: str, evidence: str) -> Claim:
    return Claim(cause, "facts", Certainty.POSSIBLE, evidence)
