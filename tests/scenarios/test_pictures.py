"""Whatever kind of picture a client has: with the rules for it, the model reads the digit, however it is sent."""

from collections.abc import Callable

import pytest
from PIL import Image

from scenarios.kit import kit
from scenarios.processes import Proxy
from scenarios.requests import Request, base64_text, form, json_image, raw, send
from why400.demo import samples as draw

PICTURE = kit().picture
TURNED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How the pixels lie in a file of each EXIF orientation, so that a viewer shows the picture upright."""


def turned(orientation: int, kind: str) -> bytes:
    exif = Image.Exif()
    exif[draw.ORIENTATION] = orientation
    return draw.encoded(PICTURE.transpose(TURNED[orientation]), kind, exif=exif)


PICTURES: dict[str, tuple[str, bytes]] = {
    "JPEG, progressive": ("image/jpeg", draw.encoded(PICTURE, "JPEG", progressive=True)),
    "JPEG, gray": ("image/jpeg", draw.jpeg(draw.gray(PICTURE))),
    "JPEG, four inks": ("image/jpeg", draw.cmyk_jpeg(PICTURE)),
    "JPEG, smaller than the model takes": ("image/jpeg", draw.jpeg(PICTURE.resize((7, 7)))),
    "PNG": ("image/png", draw.png(PICTURE)),
    "PNG, 1 bit": ("image/png", draw.png(PICTURE.convert("1"))),
    "PNG, gray": ("image/png", draw.png(draw.gray(PICTURE))),
    "PNG, gray of 16 bits": ("image/png", draw.png(draw.deep_gray(PICTURE))),
    "PNG, gray and alpha": ("image/png", draw.png(draw.gray_transparent(PICTURE))),
    "PNG, palette": ("image/png", draw.png(draw.palette(PICTURE))),
    "PNG, alpha": ("image/png", draw.png(draw.transparent(PICTURE))),
    "WebP": ("image/webp", draw.encoded(PICTURE, "WEBP")),
    "WebP, alpha": ("image/webp", draw.encoded(draw.transparent(PICTURE), "WEBP", lossless=True)),
    "GIF": ("image/gif", draw.encoded(PICTURE, "GIF")),
    "BMP": ("image/bmp", draw.encoded(PICTURE, "BMP")),
    "TIFF": ("image/tiff", draw.encoded(PICTURE, "TIFF")),
    "TIFF, four inks, LZW": ("image/tiff", draw.encoded(PICTURE.convert("CMYK"), "TIFF", compression="tiff_lzw")),
    "TIFF, gray of 16 bits": ("image/tiff", draw.encoded(draw.deep_gray(PICTURE), "TIFF")),
    **{f"JPEG, orientation {which}": ("image/jpeg", turned(which, "JPEG")) for which in TURNED},
    **{f"PNG, orientation {which}": ("image/png", turned(which, "PNG")) for which in TURNED},
}

STYLES: dict[str, Callable[[str, bytes], Request]] = {
    "body": lambda media_type, data: raw(data, media_type),
    "body, undeclared": lambda _, data: raw(data, None),
    "form": lambda media_type, data: form(data, media_type),
    "form, octet-stream": lambda _, data: form(data, "application/octet-stream"),
    "JSON": lambda _, data: json_image(base64_text(data)),
    "JSON, data URI": lambda media_type, data: json_image(f"data:{media_type};base64,{base64_text(data)}"),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("picture", PICTURES)
def test_the_model_reads_the_digit(enforcing: Proxy, picture: str, style: str) -> None:
    answer = send(enforcing.url, STYLES[style](*PICTURES[picture]))
    assert (answer.status, answer.digit) == (200, kit().digit), answer.text
