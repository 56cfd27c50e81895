"""`fix: strip`, on the real path: no metadata left, and not a bit of the picture changed."""

import io

import pytest
from PIL import Image, PngImagePlugin

from corpus.make import exif, profile
from wire.stage import play_received, reply, request

OK = reply(b"{}")
LINES = "mode: enforce\nimage: body\nrules:\n  bare: { require: { metadata: none }, fix: strip }\n"
TURNED = "  upright: { require: { orientation: upright }, fix: rotate }\n"


def picture(form: str, orientation: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(
        out, form, exif=exif(orientation), icc_profile=profile("srgb"), **options
    )
    return out.getvalue()


def text() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "somebody")
    return info


PICTURES = {
    "jpeg": picture("JPEG", comment=b"hello"),
    "png": picture("PNG", pnginfo=text()),
    "webp": picture("WEBP", xmp=b"<x/>"),
}


@pytest.mark.parametrize("form", PICTURES)
async def test_metadata_goes_and_the_picture_stays(form: str) -> None:
    data = PICTURES[form]
    ((exchange, received),) = await play_received(LINES, OK, request(data, f"Content-Type: image/{form}"))
    assert exchange.outcome == "fixed", exchange.findings
    assert received is not None
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(received.body))
    assert before.tobytes() == after.tobytes()
    assert (len(after.getexif()), after.info.get("comment"), after.info.get("Author")) == (0, None, None)
    assert after.info["icc_profile"] == profile("srgb")


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [(LINES, "rejected"), (LINES.replace("  bare", f"{TURNED}  bare"), "fixed")],
    ids=["alone", "turned first"],
)
async def test_a_turned_picture_is_turned_first(lines: str, outcome: str) -> None:
    ((exchange, _),) = await play_received(lines, OK, request(picture("JPEG", 6), "Content-Type: image/jpeg"))
    assert exchange.outcome == outcome
