"""What a file's own bytes say of how much memory its decoder takes."""

import pytest

from corpus.by_hand import riff
from decoding.jobs import job
from fixes.made import file, photo, step
from why400.decoding import plugins
from why400.decoding.heaviness import webp_kind, weight
from why400.decoding.job import refusal
from why400.fixes.fix import Step
from why400.fixes.formats import FORMATS

plugins.ready(FORMATS["heif"])

SOFT = photo((64, 48))
CLEAR = photo((64, 48), "RGBA")


def heic(picture: object = SOFT, **options: object) -> bytes:
    return file(picture, "HEIF", **options)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(file(SOFT, "WEBP"), "lossy", id="with loss"),
        pytest.param(file(SOFT, "WEBP", lossless=True), "lossless", id="without"),
        pytest.param(file(CLEAR, "WEBP"), "lossy", id="with alpha"),
        pytest.param(file(CLEAR, "WEBP", lossless=True, exif=b"Exif\0\0"), "lossless", id="without, and EXIF"),
        pytest.param(file(SOFT, "WEBP", save_all=True, append_images=[CLEAR]), "animated", id="animated"),
        pytest.param(riff((b"ICCP", b"VP8 " * 9), (b"VP8L", b"/")), "lossless", id="its name in a profile"),
        pytest.param(riff((b"EXIF", b"no picture")), "lossless", id="without a picture"),
        pytest.param(b"RIFF", "lossless", id="nothing"),
        pytest.param(b"", "lossless", id="not even that"),
    ],
)
def test_the_kinds_of_webp(data: bytes, kind: str) -> None:
    assert webp_kind(data) == kind


@pytest.mark.parametrize(
    ("format", "color", "depth", "data", "bytes_a_pixel"),
    [
        pytest.param("webp", "rgb", 8, file(SOFT, "WEBP"), 4.2, id="webp"),
        pytest.param("webp", "rgba", 8, file(CLEAR, "WEBP"), 6.5, id="webp with alpha"),
        pytest.param("webp", "rgba", 8, file(CLEAR, "WEBP", lossless=True), 8.6, id="webp without loss"),
        pytest.param("avif", "rgb", 8, b"", 4.1, id="avif"),
        pytest.param("avif", "rgba", 10, b"", 12.4, id="avif of 10 bits, with alpha"),
        pytest.param("heif", "rgb", 8, heic(), 5.2, id="heic"),
        pytest.param("heif", "rgb", 8, heic(chroma=444), 9.6, id="heic, all colour"),
        pytest.param("heif", "rgb", 8, heic(photo((192, 144)), tile_size=64), 4.6, id="heic in tiles"),
        pytest.param("heif", "rgb", 8, b"no box", 15.6, id="heic of which nothing is known"),
        pytest.param("heif", "rgb", 8, b"hvcC", 15.6, id="heic that ends there"),
        pytest.param("png", "rgb", 8, b"", 0, id="others"),
    ],
)
def test_bytes_a_pixel(format: str, color: str, depth: int, data: bytes, bytes_a_pixel: float) -> None:
    assert weight(format, color, depth, data) == pytest.approx(bytes_a_pixel)


PHONE = b"ftypheic" + b"grid" + b"hvcC" + bytes(16) + b"\xfd\xf8\xf8"
"""The head of a picture in tiles of 4:2:0 and 8 bits (ISO/IEC 14496-15 section 8.3.3.1)."""


@pytest.mark.parametrize(
    ("format", "size", "head", "asked"),
    [
        pytest.param("heif", (5712, 4284), PHONE, step("convert", format="jpeg"), id="24 MP HEIC, to JPEG"),
        pytest.param("heif", (5712, 4284), PHONE, step("resize", max_width=640), id="24 MP HEIC, made small"),
        pytest.param("webp", (5712, 4284), riff((b"VP8 ", b"")), step("convert", format="jpeg"), id="24 MP WebP"),
        pytest.param("webp", (4032, 3024), b"", step("resize", max_width=640), id="12 MP WebP of any kind"),
        pytest.param("webp", (4032, 3024), b"", step("convert", format="png"), id="12 MP WebP, to PNG"),
    ],
)
def test_what_phones_make_is_worked_on(format: str, size: tuple[int, int], head: bytes, asked: Step) -> None:
    assert refusal(job(format, size, "rgb", asked), head.ljust(3_000_000, b"\0")) is None
