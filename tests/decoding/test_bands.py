"""Pictures made a band at a time: the very pixels of those that are made whole."""

import io

import numpy as np
import pytest
from PIL import Image as Pillow

from fixes.made import FIXES, OPERATIONS, file, image, photo, read, step
from gallery import judge
from why400.decoding import bands
from why400.decoding.render import render
from why400.fixes.answer import Done
from why400.fixes.plan_image import ImageJob, image_job
from why400.image.jpeg import structure

SIZE = (1237, 913)
COLORS = {"RGB": "rgb", "L": "gray", "RGBA": "rgba", "CMYK": "cmyk", "P": "palette", "LA": "gray-alpha"}


def file_of(mode: str, orientation: int = 1) -> tuple[str, bytes]:
    exif = Pillow.Exif()
    exif[0x112] = orientation
    shown = photo(SIZE).quantize(64) if mode == "P" else photo(SIZE, mode)
    form = "jpeg" if mode == "CMYK" else "png"
    return form, file(shown, form, exif=exif)


def job_of(form: str, color: str, orientation: int, *steps: object, **facts: object) -> ImageJob:
    made = image_job(image(form, SIZE, color, orientation=orientation, **facts), steps, FIXES)
    assert isinstance(made, ImageJob)
    return made


def both(work: ImageJob, data: bytes, monkeypatch: pytest.MonkeyPatch, pixels: int = 70_000) -> tuple[Done, Done]:
    """Made whole, and in bands of about so many pixels."""
    whole = render(work, data, OPERATIONS)
    monkeypatch.setattr(bands, "BAND", pixels)
    banded = render(work, data, OPERATIONS)
    assert isinstance(whole, Done)
    assert isinstance(banded, Done)
    return whole, banded


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("mode", COLORS)
def test_bands_are_the_whole(mode: str, orientation: int, monkeypatch: pytest.MonkeyPatch) -> None:
    form, data = file_of(mode, orientation)
    steps = [step("convert", format="jpeg", color="gray" if mode in ("L", "LA") else "rgb")]
    turn = [step("rotate", orientation=orientation)] if orientation > 1 else []
    whole, banded = both(job_of(form, COLORS[mode], orientation, *steps, *turn), data, monkeypatch)
    assert (banded.width, banded.height, banded.lost) == (whole.width, whole.height, whole.lost)
    assert b"\xff\xdd\0\x04" in banded.data
    assert np.array_equal(np.asarray(read(banded.data)), np.asarray(read(whole.data)))
    assert read(banded.data).info.keys() == read(whole.data).info.keys()


@pytest.mark.parametrize("pixels", [1, 20_000, 300_000])
def test_a_foreign_decoder_sees_the_same(pixels: int, monkeypatch: pytest.MonkeyPatch) -> None:
    form, data = file_of("RGB")
    whole, banded = both(job_of(form, "rgb", 1, step("convert", format="jpeg")), data, monkeypatch, pixels)
    assert structure(banded.data) is None
    assert judge.off(judge.seen(banded.data), judge.seen(whole.data)) < 0.01


def test_what_is_lost_in_one_band_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = photo(SIZE).convert("RGBA")
    shown.putpixel((5, 900), (1, 2, 3, 0))
    work = job_of("png", "rgba", 1, step("convert", format="jpeg", color="rgb"))
    whole, banded = both(work, file(shown, "PNG"), monkeypatch)
    assert banded.lost == whole.lost
    assert "transparency" in str(banded.lost)


@pytest.mark.parametrize(
    ("steps", "color"),
    [
        pytest.param([step("convert", format="png")], "rgb", id="to PNG"),
        pytest.param([step("convert", format="jpeg"), step("resize", max_width=900)], "rgb", id="scaled"),
    ],
)
def test_what_is_made_whole(steps: list[object], color: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bands, "BAND", 1)
    assert not bands.in_bands(job_of("png", color, 1, *steps))


def test_black_and_white_of_wide_samples_are_told_from_all_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = np.linspace(0, 1, SIZE[1], dtype=np.float32)[:, None].repeat(SIZE[0], 1)
    Pillow.fromarray(rows).save(out := io.BytesIO(), "TIFF")
    work = job_of("tiff", "gray", 1, step("convert", format="jpeg"), bit_depth=32)
    whole, banded = both(work, out.getvalue(), monkeypatch)
    assert banded.data == whole.data
