"""Files in, files out, in this process: what a decode worker does."""

import numpy as np
import pytest
from PIL import ExifTags
from PIL import Image as Pillow

from corpus.make import picture as corpus_picture
from decoding.jobs import job
from fixes.icc import matrix_profile
from fixes.made import OPERATIONS, error, file, photo, read, step
from why400.decoding.render import render
from why400.fixes.answer import Done, Failed

P3 = matrix_profile([(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)])


def turned(orientation):
    exif = Pillow.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Make] = "maker"
    return exif.tobytes()


def rendered(work, data):
    answer = render(work, data, OPERATIONS)
    assert isinstance(answer, Done), answer
    return read(answer.data)


RGB, SOFT = photo((128, 96)), photo((128, 96), "RGBA")
FEW = RGB.quantize(64)
ON_WHITE = Pillow.alpha_composite(Pillow.new("RGBA", SOFT.size, "white"), SOFT).convert("RGB")


@pytest.mark.parametrize(
    ("format", "color", "data", "args", "wanted"),
    [
        pytest.param(
            "png", "rgba", file(SOFT, "PNG"), {"format": "jpeg", "color": "rgb"}, (ON_WHITE, 2), id="rgba png to jpeg"
        ),
        pytest.param("png", "rgb", file(RGB, "PNG"), {"format": "jpeg"}, (RGB, 2), id="png to jpeg"),
        pytest.param(
            "jpeg", "rgb", file(RGB, "JPEG"), {"format": "png"}, (read(file(RGB, "JPEG")), 0), id="jpeg to png"
        ),
        pytest.param(
            "jpeg",
            "cmyk",
            file(RGB.convert("CMYK"), "JPEG", quality=95),
            {"color": "rgb"},
            (RGB, 3),
            id="cmyk jpeg (Adobe-inverted) to rgb",
        ),
        pytest.param("jpeg", "rgb", file(RGB, "JPEG"), {"color": "gray"}, (RGB.convert("L"), 1.5), id="jpeg to gray"),
        pytest.param(
            "webp",
            "rgba",
            file(SOFT, "WEBP", lossless=True, exact=True),
            {"format": "png"},
            (SOFT, 0),
            id="webp to png",
        ),
        pytest.param("png", "rgb", file(RGB, "PNG"), {"format": "webp"}, (RGB, 0), id="png to webp without loss"),
        pytest.param("bmp", "rgb", file(RGB, "BMP"), {"format": "png"}, (RGB, 0), id="bmp to png"),
        pytest.param("tiff", "rgb", file(RGB, "TIFF"), {"format": "bmp"}, (RGB, 0), id="tiff to bmp"),
        pytest.param("png", "rgb", file(RGB, "PNG"), {"format": "tiff"}, (RGB, 0), id="png to tiff"),
        pytest.param(
            "gif", "palette", file(FEW, "GIF"), {"color": "rgb"}, (FEW.convert("RGB"), 0), id="gif to rgb png"
        ),
        pytest.param("png", "rgb", file(RGB, "PNG"), {"format": "gif"}, (RGB, 11), id="png to gif"),
    ],
)
def test_conversions(format, color, data, args, wanted):
    picture, allowed = wanted
    made = rendered(job(format, (128, 96), color, step("convert", **args)), data)
    made = made.convert("RGB") if made.mode == "P" else made
    assert made.mode == picture.mode
    assert error(made, picture) <= allowed


@pytest.mark.parametrize("mode", ["L", "RGB", "P"])
@pytest.mark.parametrize(
    ("args", "corner"),
    [
        pytest.param({"fix": "convert", "color": "rgb"}, (255, 255, 255), id="laid on white"),
        pytest.param({"fix": "convert", "format": "jpeg"}, (255, 255, 255), id="jpeg holds no alpha"),
        pytest.param({"fix": "resize", "max_width": 32}, (0, 0, 0, 0), id="kept clear"),
    ],
)
def test_a_transparent_colour(mode, args, corner):
    """PNG tRNS: black is clear, red (or gray) is seen."""
    picture = Pillow.new("RGB", (64, 64), "black")
    picture.paste("red", (32, 0, 64, 64))
    picture = picture.convert(mode) if mode != "P" else picture.quantize(2)
    clear = picture.getpixel((0, 0))
    data = file(picture, "PNG", transparency=clear)
    color = {"L": "gray", "RGB": "rgb", "P": "palette"}[mode]
    made = rendered(job("png", (64, 64), color, step(**args), alpha=True), data)
    close = [
        abs(got - want)
        for got, want in zip(made.convert("RGBA" if len(corner) == 4 else "RGB").getpixel((0, 0)), corner, strict=True)
    ]
    assert max(close) <= 2


@pytest.mark.parametrize("color", ["rgb", "gray"])
def test_16_bit_png(color):
    """Pillow reads 16 bit of colours as their high bytes (at most one level too low); gray comes whole and is scaled."""
    data = corpus_picture(format="png", color=color, depth=16)
    made = rendered(job("png", (64, 48), color, step("convert", bit_depth=8), bit_depth=16), data)
    assert made.mode == ("RGB" if color == "rgb" else "L")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["jpeg", "png", "webp", "tiff"])
def test_a_turned_photo_comes_out_upright_once(format, orientation):
    """A red corner, stored as a camera held any way stores it, is at the top left in the end."""
    upright = Pillow.new("RGB", (64, 32), "white")
    upright.paste((255, 0, 0), (0, 0, 16, 16))
    undo = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    stored = upright.transpose(undo[orientation]) if orientation > 1 else upright
    data = file(stored, format.upper(), exif=turned(orientation))
    steps = [step("rotate", orientation=orientation)] if orientation > 1 else []
    work = job(format, stored.size, "rgb", *steps, step("convert", format="png"), orientation=orientation)
    made = rendered(work, data)
    assert made.size == (64, 32)
    assert made.getexif().get(ExifTags.Base.Orientation, 1) == 1
    assert error(made, upright) < 3


@pytest.mark.parametrize(
    ("steps", "orientation"),
    [([step("convert", color="gray")], 6), ([step("rotate", orientation=6)], 1)],
    ids=["left alone: the tag stays", "turned: the tag says upright"],
)
def test_exif_travels_with_the_pixels(steps, orientation):
    made = rendered(job("jpeg", (128, 96), "rgb", *steps, orientation=6), file(RGB, "JPEG", exif=turned(6)))
    exif = made.getexif()
    assert (exif[ExifTags.Base.Orientation], exif[ExifTags.Base.Make]) == (orientation, "maker")


@pytest.mark.parametrize(
    ("args", "kept"),
    [({"format": "png"}, True), ({"color": "gray"}, False), ({"profile": "srgb"}, False)],
    ids=["other format", "other pixels", "converted"],
)
def test_the_profile_travels_while_the_pixels_stay_in_its_space(args, kept):
    made = rendered(job("jpeg", (128, 96), "rgb", step("convert", **args)), file(RGB, "JPEG", icc_profile=P3))
    assert ("icc_profile" in made.info) is kept


def test_a_large_jpeg_decoded_small_is_as_good_as_one_decoded_whole():
    large = photo((2000, 1500))
    data = file(large, "JPEG", quality=95)
    made = rendered(
        job("jpeg", (2000, 1500), "rgb", step("resize", max_width=320), step("convert", format="png")), data
    )
    assert error(made, read(data).resize((320, 240), Pillow.Resampling.LANCZOS)) < 2


def test_what_is_lost_is_said_by_the_fix_that_loses_it():
    work = job("png", (128, 96), "rgba", step("convert", format="jpeg"), step("resize", max_width=64))
    assert render(work, file(SOFT, "PNG"), OPERATIONS).lost == (
        ("resize", "exact pixels (JPEG at quality 90); the size 128x96: it is 64x48 now"),
        ("convert", "the transparency, laid on #ffffff"),
    )


WHOLE = file(RGB, "PNG")
FILM = file(RGB.quantize(8), "GIF", save_all=True, append_images=[RGB.transpose(0).quantize(8)])


@pytest.mark.parametrize(
    ("work", "data", "why", "words"),
    [
        pytest.param(job("png", (128, 96)), WHOLE[:2000], "decoder", "truncated", id="cut"),
        pytest.param(job("png", (128, 96)), b"", "decoder", "does not take it for png", id="empty"),
        pytest.param(
            job("jpeg", (128, 96)), WHOLE, "decoder", "does not take it for jpeg", id="another format than the header's"
        ),
        pytest.param(
            job("png", (96, 128)), WHOLE, "decoder", "its decoder 128x96", id="another size than the header's"
        ),
        pytest.param(
            job("gif", (128, 96), "palette"),
            FILM,
            "refused",
            "more than one frame",
            id="frames that the header does not count",
        ),
        pytest.param(
            job("tiff", (8, 8), "gray"),
            file(Pillow.new("F", (8, 8), 4.5), "TIFF"),
            "refused",
            "from 4.5 to 4.5: only from 0 to 1",
            id="floating point beyond white",
        ),
    ],
)
def test_what_cannot_be_done_is_said(work, data, why, words):
    answer = render(work, data, OPERATIONS)
    assert isinstance(answer, Failed)
    assert (answer.why, words in answer.because) == (why, True)


@pytest.mark.parametrize("position", range(40, len(WHOLE), len(WHOLE) // 40))
def test_flipped_bytes_never_raise(position):
    damaged = bytearray(WHOLE)
    damaged[position] ^= 0xFF
    assert isinstance(render(job("png", (128, 96)), bytes(damaged), OPERATIONS), Done | Failed)


def test_the_first_frame_is_what_is_kept():
    work = job("gif", (128, 96), "palette", step("first_frame", frames=2), step("convert", color="rgb"), frames=2)
    assert np.array_equal(np.asarray(rendered(work, FILM)), np.asarray(RGB.quantize(8).convert("RGB")))


def test_a_jpeg_of_many_scans_is_not_decoded():
    many = file(photo((400, 300)), "JPEG", progressive=True) + b"\xff\xda" * 6000
    answer = render(job("jpeg", (400, 300)), many, OPERATIONS)
    assert (answer.why, "scans" in answer.because) == ("refused", True)
