"""Metadata taken out of files on their way through the running proxy; where that is not done here, it is said."""

import io

import pytest
from PIL import Image

from gallery.post import post
from scenarios.processes import Proxy

SECRET = "Jane Doe, 1 Main Street"


def told(format: str) -> bytes:
    """A soft picture whose file names a person."""
    exif = Image.Exif()
    exif[0x13B] = SECRET
    options = {"comment": SECRET.encode()} if format == "GIF" else {"exif": exif}
    shown = Image.radial_gradient("L").quantize(16) if format == "GIF" else Image.radial_gradient("L").convert("RGB")
    made = io.BytesIO()
    shown.save(made, format, **options)
    return made.getvalue()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_what_is_told_is_taken_out(gallery: Proxy, format: str) -> None:
    data = told(format)
    assert SECRET.encode() in data
    came = post(gallery, "/bare", data)
    assert came.outcome == "fixed", came.messages
    assert SECRET.encode() not in came.body
    assert Image.open(io.BytesIO(came.body)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


def test_where_it_cannot_be_it_is_said(gallery: Proxy) -> None:
    """An AVIF whose EXIF lies in another file (iloc, ISO/IEC 14496-12 section 8.11.3)."""
    data = bytearray(told("AVIF"))
    table = data.index(b"iloc")
    rows = data[table + 4] > 1
    last = table + 12 + (2 if rows else 0)
    data[last + 2 : last + 4] = b"\0\1"
    came = post(gallery, "/bare", bytes(data))
    assert (came.outcome, came.cause) == ("rejected", "image.metadata")
    assert "the structure of the file cannot be followed" in came.messages
