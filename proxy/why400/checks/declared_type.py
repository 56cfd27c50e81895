"""`declared_type`: the media type that is declared for an image is what its bytes are.

    require: { declared_type: true }

Declared means: by the request where the body is the image, by the part in a form, by a data URI in JSON. Where nothing
is declared the check holds, and so does a general type (`application/octet-stream`, `image/*`): nothing false is said.
`image/jpg` is what many clients say for `image/jpeg`; it is another name and fails. Where the bytes are no image at
all, that is the mistake, and no label mends it.

    holds: jpeg declared image/jpeg against true
    holds: png declared nothing against true
    fails: png declared image/jpeg against true as content-type.image-type-wrong
    fails: jpeg declared image/jpg against true as content-type.image-type-wrong
    fails: html declared image/jpeg against true as image.error-page
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.checks.format import cause_of
from why400.exchange import Station
from why400.shapes.flag import Flag

GENERAL = ("application/octet-stream", "binary/octet-stream", "image/*", "*/*")


def examine(want: bool, subject: Subject) -> Mismatch | None:
    """Compare the declared type with the bytes' own; an unknown format is another check's affair."""
    image = subject.image
    if image is None or image.facts.media_type is None:
        return None
    declared = image.found.declared_type
    if declared is None or declared == image.facts.media_type or declared in GENERAL:
        return None
    at = "head" if image.at == "body" else ""
    is_image = image.facts.media_type.startswith("image/")
    cause = "content-type.image-type-wrong" if is_image else cause_of(image)
    return Mismatch(cause, declared[:64], image.facts.media_type, at)


CHECK = Check(
    name="declared_type",
    about="image",
    station=Station.FIRST_BYTES,
    shape=Flag(),
    causes=("content-type.image-type-wrong", "image.error-page", "image.format-unsupported", "image.not-an-image"),
    examine=examine,
    says="declared as {got}, the bytes are {want}",
    manual=__doc__ or "",
)
