"""Which refused requests a safe fix could save, and what the model has to say of them then.

A fix is safe where one reading is left (the column "safe fix" of the cause's row). The right answer is the model's own
to the picture that was meant: the good one, or the other picture as plain RGB on white.
"""

import io

from PIL import Image

from upstreams.endpoint import Endpoint
from upstreams.mistakes import Mistake

LABELS = ("red", "green", "blue")
_RAW = Endpoint("/", "raw")
_SAVABLE = frozenset(
    (
        "content-type.missing",
        "content-type.json-mislabelled",
        "content-type.image-type-wrong",
        "content-type.raw-for-multipart",
        "content-type.multipart-for-raw",
        "content-type.json-for-multipart",
        "multipart.no-boundary",
        "multipart.boundary-mismatch",
        "multipart.no-final-boundary",
        "multipart.bare-lf",
        "multipart.part-name",
        "multipart.no-filename",
        "multipart.transfer-encoding",
        "base64.unexpected",
        "base64.double",
        "base64.padding",
        "base64.urlsafe",
        "base64.whitespace",
        "base64.form-damage",
        "base64.hex",
        "data-uri.unexpected",
        "data-uri.required",
        "data-uri.malformed",
        "encoding.gzip-undeclared",
        "encoding.coding-false",
        "encoding.charset",
        "json.lax",
        "json.bom",
        "json.double-encoded",
        "json.field-name",
        "json.wrong-nesting",
        "json.list-vs-single",
        "image.alpha",
        "image.palette",
        "image.gray",
        "image.cmyk",
        "image.depth",
        "image.frames",
    )
)
_LOST = frozenset(
    (
        "path as text part",
        "gzip file as image",
        "base64 of gzip",
        "latin-1",
        "bytes as numbers",
        "missing quote",
        "percent escaped json",
        "truncated gif",
        "two texts",
        "wrong part and cut",
        "broken lines and cut",
        "no boundary and cut",
        "page under a wrong key",
    )
)
"""Mistakes with such a cause that have lost the picture, or leave more than one reading."""

_ALONE = frozenset(
    (
        "raw instead of form",
        "json instead of form",
        "urlencoded instead of form",
        "json called form",
        "last dashes lost",
    )
)
"""Mistakes that send nothing but the image."""


def is_savable(mistake: Mistake, where: Endpoint) -> bool:
    """A safe fix could make a good request of it. What stands beside an image in a form nobody can make up."""
    lost = mistake.name in _LOST or (bool(where.beside) and mistake.name in _ALONE)
    return mistake.causes[0] in _SAVABLE and not lost


def right_labels(mistake: Mistake, good: bytes) -> tuple[str, ...]:
    """What the model may say of it once it is saved: the label of the picture that was meant; all where it is gray."""
    if "image.gray" in mistake.causes and "raw" not in mistake.styles:
        return LABELS
    picture = _picture(mistake.make(_RAW, good).body if "raw" in mistake.styles else good) or _picture(good)
    assert picture is not None
    means = [sum(channel.histogram()[value] * value for value in range(256)) for channel in picture.split()]
    strongest = max(means)
    near = [label for label, mean in zip(LABELS, means, strict=True) if mean >= 0.97 * strongest]
    return tuple(near)


def _picture(data: bytes) -> Image.Image | None:
    try:
        picture = Image.open(io.BytesIO(data)).convert("RGBA")
    except (OSError, ValueError):
        return None
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")
