import numpy as np
import pytest
from PIL import Image as Pillow

from fixes.made import error, finding, image, photo, step
from why400.fixes.fix import CannotFix
from why400.fixes.resize import FIX
from why400.shapes.bounds import Bounds


def resized(picture, **args):
    settled = FIX.settle(image(size=picture.size), step("resize", **args))
    return FIX.pixels(picture, settled.args)


@pytest.mark.parametrize(
    ("check", "requirement", "size", "wanted"),
    [
        pytest.param("width", Bounds(32, 4096), (8000, 6000), (4096, 3072), id="at most"),
        pytest.param("height", Bounds(32, None), (20, 10), (64, 32), id="at least"),
        pytest.param("width", Bounds(224, 224), (448, 448), (224, 224), id="exactly"),
        pytest.param("width", 224, (448, 448), (224, 224), id="exactly, a bare number"),
    ],
)
def test_what_it_plans_and_foresees(check, requirement, size, wanted):
    planned = FIX.plan(finding(check), requirement, {}, image(size=size))
    after = FIX.foresee(image(size=size), planned).facts
    assert (after.width, after.height) == wanted


def test_a_size_that_is_not_known():
    assert isinstance(FIX.plan(finding("width"), Bounds(1, 9), {}, image(size=(None, None))), CannotFix)


def test_proportions_that_cannot_stay_are_said_at_settling():
    both = step("resize", min_width=224, max_width=224, min_height=224, max_height=224)
    assert "say fit" in FIX.settle(image(size=(640, 480)), both).because


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16"])
@pytest.mark.parametrize("fit", ["keep", "pad", "crop", "stretch"])
def test_every_mode_and_fit(mode, fit):
    picture = Pillow.new("I;16", (64, 48), 40_000) if mode == "I;16" else photo().convert(mode)
    exact = {"min_width": 32, "max_width": 32} | ({} if fit == "keep" else {"min_height": 32, "max_height": 32})
    made, _ = resized(picture, fit=fit, **exact)
    assert made.size == ((32, 24) if fit == "keep" else (32, 32))


def test_no_aliasing():
    """Lines one pixel wide become an even gray, whose mean is theirs."""
    lines = Pillow.fromarray(np.tile(np.array([0, 255], dtype=np.uint8), (64, 320)))
    made, _ = resized(lines, max_width=100, fit="stretch")
    inner = np.asarray(made, dtype=float)[8:-8, 8:-8]
    assert abs(inner.mean() - 127.5) < 1
    assert inner.std() < 8


def test_what_is_transparent_does_not_bleed():
    """Red where seen, green where clear: no green in what is seen after scaling."""
    pixels = np.zeros((64, 64, 4), dtype=np.uint8)
    pixels[:, :32] = (255, 0, 0, 255)
    pixels[:, 32:] = (0, 255, 0, 0)
    made = np.asarray(resized(Pillow.fromarray(pixels), max_width=15)[0]).astype(int)
    assert made[made[..., 3] > 0][:, 1].max() <= 1


def test_padding_is_around_and_of_the_background():
    made, _ = resized(
        Pillow.new("RGB", (64, 32), "red"), fit="pad", background="#0000ff", max_width=32, min_height=32, max_height=32
    )
    column = np.asarray(made)[:, 16]
    assert [tuple(map(int, column[row])) for row in (0, 7, 8, 23, 24)] == [
        (0, 0, 255),
        (0, 0, 255),
        (255, 0, 0),
        (255, 0, 0),
        (0, 0, 255),
    ]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ({"max_width": 32}, "the size 64x48: it is 32x24 now"),
        ({"fit": "stretch", "max_width": 32}, "the size 64x48: it is 32x48 now, its proportions changed"),
        ({"fit": "crop", "max_width": 32, "min_height": 48}, "the size 64x48: it is 32x48 now, its edges cut off"),
    ],
)
def test_what_is_lost_is_said(args, words):
    assert resized(photo(), **args)[1] == words


def test_the_filter_that_is_asked_for():
    soft, hard = (resized(photo(), max_width=16, filter=name)[0] for name in ("lanczos", "nearest"))
    assert error(soft, hard) > 1
