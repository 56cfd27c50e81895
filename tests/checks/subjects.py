"""Subjects from a few words, for the tables of the checks and of the review."""

from dataclasses import replace

from why400.checks.check import Subject
from why400.content.body import Body
from why400.exchange import Image, RequestHead, Seen
from why400.image.facts import Damage, ImageFacts
from why400.locations.found import FoundImage

FACTS = ImageFacts("jpeg", "image/jpeg", 640, 480, "rgb", 8)
FOUND = FoundImage("body", "binary", 0, None, b"")
MEDIA_TYPES = {"html": "text/html", "zip": "application/zip", "unknown": None, "jpegxl": "image/jxl"}


def facts(**changes: object) -> ImageFacts:
    """A good picture's facts but for `changes`; the media type follows the format."""
    if "format" in changes:
        changes.setdefault("media_type", MEDIA_TYPES.get(str(changes["format"]), f"image/{changes['format']}"))
    return replace(FACTS, **changes)


def image(damage: Damage | None = None, place: str = "image", found: FoundImage = FOUND, **changes: object) -> Image:
    return Image(found, facts(**changes), damage, place)


def seen(*images: Image, media_type: str | None = "image/jpeg", body_size: int | None = 68_000, **more: object) -> Seen:
    head = RequestHead("POST", b"/predict", (1, 1), ())
    return replace(Seen(head, "/predict", media_type, body_size, images), **more)


def body(size: int = 68_000, ended: bool = True, data: bytes = b"") -> Body:
    return Body(data, size, ended)


def subject(one: Image | None = None, of: Seen | None = None, carried: Body | None = None) -> Subject:
    of = of or (seen(one) if one else seen())
    return Subject(of, carried or body(), one)
