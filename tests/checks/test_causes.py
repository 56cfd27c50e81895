"""What manuals do not show: which cause it is where several could be."""

from dataclasses import replace

import pytest

from checks.subjects import FOUND, body, image, seen, subject
from rules.kit import tables
from why400.checks.check import Subject
from why400.exchange import Image
from why400.image.facts import Damage
from why400.shapes.bounds import Bounds

PNG = image(format="png")
JPEG = image()


def typed(media_type: str, *images: Image, data: bytes = b"") -> Subject:
    return Subject(seen(*images, media_type=media_type), body(data=data))


# Check, requirement, subject, cause.
CAUSES = {
    "jpeg as png": ("content_type", ("image/jpeg",), typed("image/png", JPEG), "content-type.image-type-wrong"),
    "png, rightly said": ("content_type", ("image/jpeg",), typed("image/png", PNG), "content-type.not-accepted"),
    "curl's form default": (
        "content_type",
        ("image/jpeg",),
        typed("application/x-www-form-urlencoded", JPEG),
        "content-type.image-type-wrong",
    ),
    "image as JSON": ("content_type", ("image/jpeg",), typed("application/json", JPEG), "content-type.image-as-json"),
    "a form in gzip that nobody declared": (
        "form",
        {"parts": ("file",)},
        Subject(seen(media_type="multipart/form-data"), body(44, data=b"\x1f\x8b\x08\0" + bytes(40))),
        "encoding.gzip-undeclared",
    ),
    "image for a form": (
        "content_type",
        ("multipart/form-data",),
        typed("image/jpeg", JPEG),
        "content-type.raw-for-multipart",
    ),
    "form for an image": ("content_type", ("image/*",), typed("multipart/form-data"), "content-type.multipart-for-raw"),
    "JSON as a form": (
        "content_type",
        ("application/json",),
        typed("application/x-www-form-urlencoded", data=b' { "a": 1}'),
        "content-type.json-mislabelled",
    ),
    "JSON as text": (
        "content_type",
        ("application/json",),
        typed("text/plain", data=b"{}"),
        "content-type.json-mislabelled",
    ),
    "text as text": (
        "content_type",
        ("application/json",),
        typed("text/plain", data=b"hello"),
        "content-type.not-accepted",
    ),
    "JSON for a form": (
        "content_type",
        ("multipart/form-data",),
        typed("application/json"),
        "content-type.json-for-multipart",
    ),
    "mangled": (
        "format",
        ("jpeg",),
        subject(image(Damage("text-mangled", 0, "EF BF BD"), format="unknown")),
        "encoding.text-mangled",
    ),
    "bytes in front": (
        "format",
        ("jpeg",),
        subject(image(Damage("junk-before", 2, "2 bytes"), format="unknown")),
        "image.corrupt",
    ),
    "no bytes": ("format", ("jpeg",), subject(image(format="unknown", found=replace(FOUND, size=0))), "image.empty"),
    "a document": (
        "format",
        ("jpeg",),
        subject(image(format="pdf", media_type="application/pdf")),
        "image.format-unsupported",
    ),
    "tensor": (
        "format",
        ("jpeg",),
        subject(image(format="npy", media_type="application/octet-stream")),
        "image.not-an-image",
    ),
    "data URI for bytes": (
        "encoding",
        ("binary",),
        subject(image(found=replace(FOUND, encoding="data-uri"))),
        "data-uri.unexpected",
    ),
    "bytes for a data URI": (
        "encoding",
        ("data-uri",),
        subject(image(found=replace(FOUND, encoding="binary"))),
        "base64.expected",
    ),
    "base64 for base64url": (
        "encoding",
        ("base64url",),
        subject(image(found=replace(FOUND, encoding="base64"))),
        "base64.urlsafe",
    ),
    "palette's index depth": ("bit_depth", (8,), subject(image(color="palette", bit_depth=2)), None),
    "bytes after the end": ("intact", "structure", subject(image(Damage("junk-after", 9, "3 bytes"))), None),
    "general type": (
        "declared_type",
        True,
        subject(image(found=replace(FOUND, declared_type="application/octet-stream"))),
        None,
    ),
}


@pytest.mark.parametrize(("name", "want", "of", "cause"), CAUSES.values(), ids=CAUSES)
def test_cause(name: str, want: object, of: Subject, cause: str | None) -> None:
    mismatch = tables().checks[name].examine(want, of)
    assert (mismatch.cause if mismatch else None) == cause
    assert cause is None or cause in tables().checks[name].causes


# Declared size, bytes so far, ended; what a maximum of 1,000 bytes says.
SIZES = {
    "declared, fits": (1000, 0, False, None),
    "declared, over": (1001, 0, False, "1 KB (1,001 bytes)"),
    "chunked, fits so far": (None, 900, False, None),
    "chunked, grown over": (None, 1001, False, "more than 1 KB (1,000 bytes)"),
    "chunked, ended": (None, 1001, True, "1 KB (1,001 bytes)"),
}


@pytest.mark.parametrize(("declared", "come", "ended", "got"), SIZES.values(), ids=SIZES)
def test_body_size_is_judged_as_soon_as_it_can_be(
    declared: int | None, come: int, ended: bool, got: str | None
) -> None:
    of = subject(of=seen(body_size=declared), carried=body(come, ended))
    mismatch = tables().checks["body_size"].examine(Bounds(None, 1000), of)
    assert (mismatch.got if mismatch else None) == got
