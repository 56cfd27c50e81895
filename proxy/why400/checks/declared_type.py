"""`declared_type`: the media type that is declared for an image is what its bytes are.

    require: { declared_type: true }
    require: { declared_type: [image/jpeg, image/png] }

Declared means: by the request where the body is the image, by the part in a form, by a data URI in JSON. Where nothing
is declared the check holds, and so does a general type (`application/octet-stream`, `image/*`): nothing false is said.
`image/jpg` is what many clients say for `image/jpeg`; it is another name and fails. Where the bytes are no image at
all, that is the mistake, and no label mends it.

Where media types are listed, one of them has to be declared, too: nothing and a general type fail.

    holds: jpeg declared image/jpeg against true
    holds: png declared nothing against true
    fails: png declared image/jpeg against true as content-type.image-type-wrong
    fails: jpeg declared image/jpg against true as content-type.image-type-wrong
    holds: png declared image/png against image/*
    fails: png declared nothing against image/* as content-type.missing
    fails: png declared application/octet-stream against image/* as content-type.image-type-wrong
    fails: webp declared image/webp against [image/jpeg, image/png] as content-type.not-accepted
    fails: html declared image/jpeg against true as image.error-page
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.checks.content_type import MEDIA_TYPE, allows
from why400.checks.format import cause_of
from why400.exchange import Image, Station
from why400.shapes.either import Either
from why400.shapes.flag import Flag
from why400.shapes.many import OneOrMany
from why400.shapes.suggest import listed

Wanted = bool | tuple[str, ...]
"""True: nothing false is to be said. Else the media types of which one has to be said."""

GENERAL = ("application/octet-stream", "binary/octet-stream", "image/*", "*/*")


def examine(want: Wanted, subject: Subject) -> Mismatch | None:
    """Compare the declared type with the bytes' own; an unknown format is another check's affair."""
    image = subject.image
    if image is None or image.facts.media_type is None:
        return None
    declared, own = image.found.declared_type, image.facts.media_type
    if isinstance(want, tuple):
        return _one_of(want, declared, image)
    return None if declared is None or declared in (own, *GENERAL) else _false(declared, image)


def _one_of(want: tuple[str, ...], declared: str | None, image: Image) -> Mismatch | None:
    if not str(image.facts.media_type).startswith("image/"):
        return _false(declared or "nothing", image)
    if declared is None:
        return Mismatch("content-type.missing", "nothing", str(image.facts.media_type), _at(image))
    if declared != image.facts.media_type:
        return _false(declared, image)
    accepted = any(allows(pattern, declared) for pattern in want)
    return None if accepted else Mismatch("content-type.not-accepted", declared[:64], listed(want), _at(image))


def _false(declared: str, image: Image) -> Mismatch:
    own = str(image.facts.media_type)
    cause = "content-type.image-type-wrong" if own.startswith("image/") else cause_of(image)
    return Mismatch(cause, declared[:64], own, _at(image))


def _at(image: Image) -> str:
    return "head" if image.at == "body" else ""


CHECK = Check(
    name="declared_type",
    about="image",
    station=Station.FIRST_BYTES,
    shape=Either(Flag(), ("str", "list"), OneOrMany(MEDIA_TYPE)),
    causes=(
        "content-type.image-type-wrong",
        "content-type.missing",
        "content-type.not-accepted",
        "image.error-page",
        "image.format-unsupported",
        "image.not-an-image",
    ),
    examine=examine,
    says="the image is declared as {got}, wanted is {want}",
    manual=__doc__ or "",
)
