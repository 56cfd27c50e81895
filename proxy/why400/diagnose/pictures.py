"""Facts of an image that models often do not take, or that no decoder can."""

import re
from collections.abc import Iterator

from why400.content.printable import printable
from why400.exchange import Certainty, Image
from why400.image.facts import ImageFacts

MANY_PIXELS = 89_478_485
"""Where Pillow starts to warn of decompression bombs."""

TINY, WIDE = 16, 4096
"""Sides below the one and above the other, in pixels, are met at the limits of many models."""

Observed = tuple[str, Certainty, str]
"""A fact (the code of the cause that it could be, and behind a blank what is special about it), how far it goes by
itself, and the fact in words."""

_DAMAGE = {
    "truncated": "image.truncated",
    "corrupt": "image.corrupt",
    "text-mangled": "encoding.text-mangled",
    "junk-before": "image.corrupt",
    "junk-after": "image.corrupt",
}
_ERROR_PAGES = frozenset(("html", "xml", "json", "git-lfs"))
_COMMON = frozenset(("jpeg", "png", "gif", "webp", "bmp"))
_HARDLY_EVER_READ = frozenset(
    (
        *(
            "heic",
            "heif",
            "jpegxl",
            "jpegls",
            "jpegxr",
            "svg",
            "pdf",
            "psd",
            "eps",
            "openexr",
            "radiance",
            "dds",
            "icns",
        ),
        *("icns", "cgbi", "jng", "qoi", "fits", "dpx", "xcf", "bpg", "flif", "wmf", "emf", "camera-raw"),
    )
)
_PORTABLE = "image/x-portable-"
_LAST_WORD = re.compile(r"[/.-]")
_COLORS = {"palette": "image.palette", "gray": "image.gray", "gray-alpha": "image.alpha", "cmyk": "image.cmyk"}


def observed(image: Image) -> Iterator[Observed]:
    """What is wrong with an image or unusual about it. Formats that Pillow and OpenCV do not read are likely causes."""
    kind = tuple(_of_kind(image))
    if image.damage and image.facts.format not in _HARDLY_EVER_READ and not _is_text_instead(image):
        words = f"{printable(image.damage.because, 160)}, byte {image.damage.offset} of the image"
        harmless = image.damage.kind == "junk-after"  # decoders stop at the end of the picture
        yield _DAMAGE[image.damage.kind], Certainty.POSSIBLE if harmless else Certainty.LIKELY, words
    yield from _of_type(image)
    yield from kind
    unusual = tuple(_of_samples(image.facts))
    if not kind and not unusual and not image.damage and image.facts.format != "jpeg":
        words = f"the format is {image.facts.format}, and some models take only JPEG"
        yield f"image.format-mismatch {image.facts.format}", Certainty.POSSIBLE, words
    yield from unusual


def _is_text_instead(image: Image) -> bool:
    """The bytes went through text because they were put where base64 is wanted: that is the mistake."""
    return any(trouble.code == "base64.expected" for trouble in image.found.troubles)


def _of_type(image: Image) -> Iterator[Observed]:
    """The type declared for it, against its bytes. A vague type is wrong only where a server looks at it."""
    declared, real = image.found.declared_type or "", image.facts.media_type or ""
    if real.startswith("image/") and declared.startswith("image/") and not _is_same(declared, real):
        words = f"declared as {printable(declared, 64)}, the bytes are {real}"
        yield f"content-type.image-type-wrong {real}", Certainty.POSSIBLE, words
    elif real.startswith("image/") and declared and _is_its_own(image) and not declared.startswith("image/"):
        words = f"declared as {printable(declared, 64)}, the bytes are {real}"
        kind = "octets" if declared == "application/octet-stream" else "other"
        yield f"content-type.image-type-wrong {kind}", Certainty.POSSIBLE, words


def _is_its_own(image: Image) -> bool:
    """The type was declared for this image alone: by its part, or its data URI."""
    return image.at.startswith("part:") or image.found.encoding == "data-uri"


def _is_same(declared: str, real: str) -> bool:
    """Portable bitmaps, graymaps and pixmaps go by the name of any of them, and rare formats by several names."""
    if declared == real or (declared.startswith(_PORTABLE) and real.startswith(_PORTABLE)):
        return True
    vendors = real.startswith(("image/vnd.", "image/x-"))
    return vendors and _LAST_WORD.split(declared)[-1] == _LAST_WORD.split(real)[-1]


def _of_kind(image: Image) -> Iterator[Observed]:
    """What kind of file the bytes are, where it is not a common kind of picture."""
    facts = image.facts
    if image.found.size == 0 and not any(trouble.code == "base64.illegal-char" for trouble in image.found.troubles):
        yield "image.empty", Certainty.LIKELY, "the image has no bytes"
    elif facts.format in _ERROR_PAGES:
        yield "image.error-page", Certainty.LIKELY, f"the bytes are {facts.format}, no image"
    elif facts.format in _HARDLY_EVER_READ:
        words = f"the format is {facts.format}, which hardly any model server reads"
        yield f"image.format-unsupported {facts.format}", Certainty.LIKELY, words
    elif facts.format == "unknown":
        if not image.damage:
            grade = Certainty.LIKELY if (image.found.declared_type or "").startswith("image/") else Certainty.POSSIBLE
            yield "image.not-an-image", grade, "the first bytes are those of no picture that is known here"
    elif not (facts.media_type or "").startswith("image/") and not _is_text_instead(image):
        yield "image.not-an-image", Certainty.LIKELY, f"the bytes are {facts.format}, no picture"
    elif facts.format not in _COMMON:
        yield f"image.format-unsupported {facts.format}", Certainty.POSSIBLE, f"the format is {facts.format}"
    elif facts.format == "jpeg" and (facts.coding or facts.bit_depth == 12):
        yield from _of_coding(facts)


def _of_coding(facts: ImageFacts) -> Iterator[Observed]:
    """A JPEG as few decoders know it (ITU-T T.81 allows what JFIF does not); most of them read arithmetic coding."""
    kind = facts.coding or f"{facts.bit_depth} bit"
    grade = Certainty.POSSIBLE if kind == "arithmetic" and facts.bit_depth != 12 else Certainty.LIKELY
    yield f"image.format-unsupported {kind}", grade, f"a JPEG of a kind that few decoders know: {kind}"


def _of_samples(facts: ImageFacts) -> Iterator[Observed]:
    if facts.color in _COLORS:
        yield _COLORS[facts.color], Certainty.POSSIBLE, f"the colour is {facts.color}"
    if facts.alpha and facts.color != "gray-alpha":
        yield "image.alpha", Certainty.POSSIBLE, f"the image is {facts.color or 'of a colour'} with transparency"
    if facts.bit_depth not in (None, 8) and facts.color != "palette":
        yield f"image.depth {facts.bit_depth}", Certainty.POSSIBLE, f"the samples have {facts.bit_depth} bits"
    if (facts.frames or 1) > 1:
        yield "image.frames", Certainty.POSSIBLE, f"the file has {facts.frames} frames"
    if 0 < min(facts.width or 0, facts.height or 0) < TINY:
        yield "image.too-small", Certainty.POSSIBLE, f"the image has {facts.width} by {facts.height} pixels"
    if max(facts.width or 0, facts.height or 0) > WIDE:
        yield "image.too-large", Certainty.POSSIBLE, f"the image has {facts.width} by {facts.height} pixels"
    if (facts.pixels or 0) > MANY_PIXELS:
        yield "image.bomb", Certainty.LIKELY, f"the header claims {facts.width} by {facts.height} pixels"
