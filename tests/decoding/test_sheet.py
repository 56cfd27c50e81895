"""Pictures left in their decoders' memory: what is cut out of them is what Pillow has, scaled or not."""

import io
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pillow

from fixes.made import FIXES, OPERATIONS, error, file, image, photo, read, step
from why400.decoding import bands, plugins, still_avif, still_heif, still_webp
from why400.decoding.render import render
from why400.decoding.sheet import Sheet
from why400.fixes.answer import Done
from why400.fixes.formats import FORMATS
from why400.fixes.plan_image import ImageJob, image_job

plugins.ready(FORMATS["heif"])

SIZE = (337, 251)
STILL = {"WEBP": still_webp.sheet, "AVIF": still_avif.sheet, "HEIF": still_heif.sheet}

FILES = {
    "WebP": ("WEBP", "RGB", {"quality": 80}),
    "WebP with alpha": ("WEBP", "RGBA", {"quality": 80}),
    "WebP without loss": ("WEBP", "RGB", {"lossless": True}),
    "WebP without loss, with alpha": ("WEBP", "RGBA", {"lossless": True, "exact": True}),
    "AVIF": ("AVIF", "RGB", {"speed": 10}),
    "AVIF with alpha": ("AVIF", "RGBA", {"speed": 10}),
    "AVIF, all colour": ("AVIF", "RGB", {"speed": 10, "subsampling": "4:4:4"}),
    "AVIF in tiles": ("AVIF", "RGB", {"speed": 10, "tile_rows": 1, "tile_cols": 1}),
    "HEIC": ("HEIF", "RGB", {"quality": 60}),
    "HEIC with alpha": ("HEIF", "RGBA", {"quality": 60}),
    "HEIC in tiles": ("HEIF", "RGB", {"quality": 60, "tile_size": 128}),
    "HEIC, all colour": ("HEIF", "RGB", {"quality": 60, "chroma": 444}),
}


def both(name: str) -> tuple[Sheet, Any]:
    """The sheet of a file, and what Pillow makes of it."""
    form, mode, options = FILES[name]
    data = file(photo(SIZE, mode), form, **options)
    sheet = STILL[form](Pillow.open(io.BytesIO(data)), data)
    assert sheet is not None
    return sheet, read(data)


def shown(picture: Any) -> Any:
    """On white: what cannot be seen does not count."""
    white = Pillow.new("RGBA", picture.size, "white")
    return Pillow.alpha_composite(white, picture.convert("RGBA")).convert("RGB")


def unlike(left: Any, right: Any) -> int:
    assert (left.mode, left.size) == (right.mode, right.size)
    return int(np.abs(np.asarray(left, dtype=int) - np.asarray(right, dtype=int)).max())


@pytest.mark.parametrize("name", FILES)
def test_the_whole_is_what_pillow_has(name: str) -> None:
    sheet, known = both(name)
    assert (sheet.mode, sheet.size) == (known.mode, known.size)
    assert unlike(sheet.whole(), known) == 0


@pytest.mark.parametrize(
    "box", [(0, 0, 337, 16), (0, 240, 337, 251), (0, 101, 337, 102), (33, 0, 50, 251), (336, 250, 337, 251)]
)
@pytest.mark.parametrize("name", FILES)
def test_a_part_is_what_pillow_has_there(name: str, box: tuple[int, int, int, int]) -> None:
    sheet, known = both(name)
    assert unlike(sheet.crop(box), known.crop(box)) == 0


@pytest.mark.parametrize("filter", ["lanczos", "bicubic", "bilinear", "box", "nearest"])
@pytest.mark.parametrize("size", [(336, 250), (100, 75), (224, 31), (7, 5), (1, 1)], ids=str)
@pytest.mark.parametrize("name", ["WebP", "AVIF with alpha"])
def test_scaled_it_is_what_pillow_makes_of_the_whole(
    name: str, size: tuple[int, int], filter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for rounding, where a band begins between two pixels."""
    monkeypatch.setattr("why400.decoding.sheet._BAND", 9_000)
    sheet, known = both(name)
    made, whole = sheet.scaled(size, filter.upper()), known.resize(size, Pillow.Resampling[filter.upper()])
    assert made.mode == whole.mode
    assert error(shown(made), shown(whole)) < 0.3


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
@pytest.mark.parametrize("inner", [(100, 75), (75, 100)], ids=["wide", "high"])
def test_scaled_as_stored_then_turned(orientation: int, inner: tuple[int, int]) -> None:
    exif = Pillow.Exif()
    exif[0x112] = orientation
    data = file(photo(SIZE), "WEBP", lossless=True, exif=exif)
    steps = [
        step("rotate", orientation=orientation),
        step("convert", format="png"),
        step("resize", max_width=inner[0], max_height=inner[1]),
    ]
    work = image_job(image("webp", SIZE, orientation=orientation), steps[orientation == 1 :], FIXES)
    assert isinstance(work, ImageJob)
    made = render(work, data, OPERATIONS)
    assert isinstance(made, Done)
    upright = photo(SIZE).rotate({1: 0, 3: 180, 6: -90, 8: 90}[orientation], expand=True)
    assert (made.width <= inner[0], made.height <= inner[1]) == (True, True)
    assert error(read(made.data), upright.resize((made.width, made.height), 1)) < 1


@pytest.mark.parametrize("name", ["WebP", "WebP with alpha", "AVIF", "AVIF with alpha", "HEIC", "HEIC in tiles"])
def test_in_bands_it_becomes_the_same_jpeg(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form, mode, options = FILES[name]
    data = file(photo(SIZE, mode), form, **options)
    work = image_job(image(form.lower(), SIZE, mode.lower()), [step("convert", format="jpeg", color="rgb")], FIXES)
    assert isinstance(work, ImageJob)
    whole = render(work, data, OPERATIONS)
    monkeypatch.setattr(bands, "BAND", 9_000)
    banded = render(work, data, OPERATIONS)
    assert isinstance(whole, Done)
    assert isinstance(banded, Done)
    assert b"\xff\xdd\0\x04" in banded.data
    assert unlike(read(banded.data), read(whole.data)) == 0


@pytest.mark.parametrize("name", ["WebP", "AVIF", "HEIC"])
def test_where_it_cannot_be_done_pillow_does_it(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    form, mode, options = FILES[name]
    data = file(photo(SIZE, mode), form, **options)
    monkeypatch.setattr(still_webp, "_decode_into", lambda: None)
    monkeypatch.setattr(still_avif, "_library", lambda: None)
    monkeypatch.setattr(still_heif, "_MODES", ())
    assert STILL[form](Pillow.open(io.BytesIO(data)), data) is None
    work = image_job(image(form.lower(), SIZE), [step("convert", format="png")], FIXES)
    assert isinstance(work, ImageJob)
    made = render(work, data, OPERATIONS)
    assert isinstance(made, Done)


@pytest.mark.parametrize("cut", [0.3, 0.9])
@pytest.mark.parametrize("name", ["WebP", "WebP without loss", "AVIF", "HEIC"])
def test_what_is_cut_is_no_sheet(name: str, cut: float) -> None:
    form, mode, options = FILES[name]
    data = file(photo(SIZE, mode), form, **options)
    whole = Pillow.open(io.BytesIO(data))
    with pytest.raises((OSError, ValueError, RuntimeError, SyntaxError)):
        STILL[form](
            Pillow.open(io.BytesIO(data[: int(len(data) * cut)])) if form == "HEIF" else whole,
            data[: int(len(data) * cut)],
        )
