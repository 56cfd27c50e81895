"""`content_type`: the request's media type is one of these.

    require: { content_type: [image/jpeg, image/png] }
    require: { content_type: image/* }
    require: { content_type: [application/json, none] }

Parameters (`; charset=…`) take no part and case does not count. A request without the field fails unless `none` is
listed; one that says one type of the list and is of another holds: that is the question of `declared_type`.

    holds: image/jpeg against [image/jpeg, image/png]
    holds: (none) against [application/json, none]
    holds: image/png; q=1 against image/*
    fails: (none) against image/jpeg as content-type.missing
    fails: text/plain against image/jpeg as content-type.not-accepted
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Station
from why400.shapes.many import OneOrMany
from why400.shapes.suggest import listed
from why400.shapes.text import Text

JSON = "application/json"
MULTIPART = "multipart/form-data"
NONE = "none"


def _meant(text: str) -> str:
    """`application/json` for what has parameters, `image/jpeg` for `jpeg`."""
    bare, *parameters = (part.strip() for part in text.split(";"))
    if parameters:
        return f"{bare}, without parameters: they take no part"
    kinds = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "gif": "image/gif"}
    others = {"json": "application/json", "form": "multipart/form-data", "multipart": "multipart/form-data"}
    return (kinds | others).get(bare.lower().lstrip("."), "")


_TYPE_OR_NONE = Text(
    "a media type such as image/jpeg or image/*, or none",
    r"none|[A-Za-z0-9.+-]+/(?:[A-Za-z0-9.+_-]+|\*)",
    127,
    meant=_meant,
)
MEDIA_TYPE = Text("a media type such as image/jpeg or image/*", r"[A-Za-z0-9.+-]+/(?:[A-Za-z0-9.+_-]+|\*)", 127)
_WHITE = b" \t\r\n"


def examine(want: tuple[str, ...], subject: Subject) -> Mismatch | None:
    """Find which of the known mistakes with content types it is; `content-type.not-accepted` where it is none."""
    got = subject.seen.media_type
    if got in want or any(allows(pattern, got or NONE) for pattern in want):
        return None
    wanted = listed(want)
    if got is None:
        return Mismatch("content-type.missing", "no content type", wanted, "head")
    return Mismatch(_cause(got, want, subject), got[:64], wanted, "head")


def allows(pattern: str, media_type: str) -> bool:
    """A media type is the one of a pattern, or one of its kind: `image/*`."""
    pattern = pattern.lower()
    return pattern == media_type or (pattern.endswith("/*") and media_type.startswith(pattern[:-1]))


def _cause(got: str, want: tuple[str, ...], subject: Subject) -> str:
    wants_image = any(pattern.lower().startswith("image/") for pattern in want)
    image = _body_image(subject)
    if image is not None:
        return _over_an_image(got, want, image, wants_image)
    if got == MULTIPART and wants_image:
        return "content-type.multipart-for-raw"
    if JSON in want and got != JSON and _is_json_object(subject):
        return "content-type.json-mislabelled"
    return "content-type.json-for-multipart" if MULTIPART in want and got == JSON else "content-type.not-accepted"


def _body_image(subject: Subject) -> str | None:
    """The media type of the image that the body is."""
    found = (image.facts.media_type for image in subject.seen.images if image.at == "body")
    return next((media_type for media_type in found if media_type is not None), None)


def _over_an_image(got: str, want: tuple[str, ...], image: str, wants_image: bool) -> str:
    if got == JSON:
        return "content-type.image-as-json"
    if MULTIPART in want:
        return "content-type.raw-for-multipart"
    return "content-type.image-type-wrong" if wants_image and got != image else "content-type.not-accepted"


def _is_json_object(subject: Subject) -> bool:
    """The body is JSON alone: with binary tensors behind it, it is rightly called something else."""
    if subject.seen.head.value(b"inference-header-content-length") is not None:
        return False
    start = bytes(subject.body.data[:256]).lstrip(_WHITE)
    return start[:1] == b"{" and start[1:].lstrip(_WHITE)[:1] in (b'"', b"}")


CHECK = Check(
    name="content_type",
    about="request",
    station=Station.HEAD,
    shape=OneOrMany(_TYPE_OR_NONE),
    causes=(
        "content-type.missing",
        "content-type.image-as-json",
        "content-type.raw-for-multipart",
        "content-type.multipart-for-raw",
        "content-type.image-type-wrong",
        "content-type.json-mislabelled",
        "content-type.json-for-multipart",
        "content-type.not-accepted",
    ),
    examine=examine,
    says="the content type is {got}, accepted is {want}",
    status=415,
    manual=__doc__ or "",
)
