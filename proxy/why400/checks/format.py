"""`format`: what the image's bytes are, whatever is declared.

    require: { format: [jpeg, png] }

Told from the first bytes. Where several are listed, the first is the one that `fix: convert` makes. Bytes that are no
image at all fail, and say what they are if that can be told; a text damage is named as such, for no format is left.
Where the head is damaged beyond reading, that is a finding of its own beside this.

    holds: jpeg against [jpeg, png]
    fails: webp against [jpeg, png] as image.format-mismatch
    fails: heif against jpeg as image.format-unsupported
    fails: html against jpeg as image.error-page
    fails: zip against jpeg as image.not-an-image
    fails: unknown against jpeg as image.not-an-image
    fails: gif of which only the first bytes came against jpeg as image.format-mismatch
"""

from why400.checks.check import Check, Mismatch, Subject
from why400.checks.intact import CAUSES
from why400.exchange import Image, Station
from why400.image.facts import Damage
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.suggest import listed

FORMATS = ("jpeg", "png", "webp", "gif", "bmp", "tiff", "avif", "heif", "jpeg2000", "jpegxl", "ico")
HINTS = {
    "jpg": "jpeg",
    "jfif": "jpeg",
    "tif": "tiff",
    "heic": "heif",
    "jp2": "jpeg2000",
    "jxl": "jpegxl",
    "jpeg-xl": "jpegxl",
}
COMMON = frozenset(("jpeg", "png", "webp", "gif", "bmp", "tiff"))
PAGES = frozenset(("html", "xml", "json", "git-lfs"))
DOCUMENTS = frozenset(("pdf", "eps"))


def examine(want: tuple[str, ...], subject: Subject) -> Mismatch | None:
    """Compare the format of the bytes with the ones wanted."""
    image = subject.image
    if image is None or image.facts.format in want:
        return None
    if image.facts.format not in COMMON:
        return Mismatch(cause_of(image), _words(image), listed(want))
    return Mismatch("image.format-mismatch", _words(image), listed(want), damage=_damage(image))


def cause_of(image: Image) -> str:
    """Why nobody can read the image: it is damaged, else it is what it is."""
    format, damage = image.facts.format, _damage(image)
    if damage is not None:
        return CAUSES[damage.kind]
    if format == "unknown":
        return _unknown(image)
    if format in COMMON:
        return "image.format-mismatch"
    if format in PAGES:
        return "image.error-page"
    is_image = (image.facts.media_type or "").startswith("image/") or format in DOCUMENTS
    return "image.format-unsupported" if is_image else "image.not-an-image"


def _damage(image: Image) -> Damage | None:
    """What is broken where the format shows and the head cannot be read, so that nobody can convert it."""
    facts, found = image.facts, image.damage
    if facts.format == "unknown" or facts.pixels:
        return None
    if found is not None and found.kind in CAUSES:
        return found
    return Damage("corrupt", 0, "its header gives no size") if facts.format in COMMON else None


def _damaged(image: Image) -> str | None:
    return CAUSES.get(image.damage.kind) if image.damage is not None else None


def _unknown(image: Image) -> str:
    return "image.empty" if image.found.size == 0 else _damaged(image) or "image.not-an-image"


def _words(image: Image) -> str:
    if image.found.size == 0:
        return "nothing (no bytes)"
    if image.damage is not None and image.facts.format == "unknown":
        return image.damage.because
    damage = _damage(image)
    if damage is not None:
        return f"{image.facts.format}, and damaged: {damage.because}"
    return "no image" if image.facts.format == "unknown" else image.facts.format


CHECK = Check(
    name="format",
    about="image",
    station=Station.FIRST_BYTES,
    shape=OneOrMany(Choice(FORMATS, HINTS)),
    causes=(
        "encoding.text-mangled",
        "image.corrupt",
        "image.empty",
        "image.truncated",
        "image.error-page",
        "image.format-mismatch",
        "image.format-unsupported",
        "image.not-an-image",
    ),
    examine=examine,
    says="the image is {got}, accepted is {want}",
    manual=__doc__ or "",
)
