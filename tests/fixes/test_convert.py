import pytest

from fixes.made import finding, image, step
from why400.fixes.convert import FIX
from why400.fixes.fix import CannotFix


@pytest.mark.parametrize(
    ("check", "requirement", "aim"),
    [
        pytest.param("format", ("jpeg", "png"), {"format": "jpeg"}, id="the first listed"),
        pytest.param("format", ("avif", "png"), {"format": "png"}, id="the first that can be made"),
        pytest.param("color", ("rgb",), {"color": "rgb"}, id="color"),
        pytest.param("color", "gray", {"color": "gray"}, id="a bare word"),
        pytest.param("bit_depth", 8, {"bit_depth": 8}, id="depth"),
        pytest.param("profile", "sRGB", {"profile": "srgb"}, id="profile"),
    ],
)
def test_it_aims_at(check, requirement, aim):
    planned = FIX.plan(finding(check), requirement, {"background": "black"}, image("webp"))
    assert planned.args == {**aim, "background": "black"}


@pytest.mark.parametrize(
    ("check", "requirement", "subject"),
    [
        pytest.param("format", ("avif",), image(), id="a format that is not made"),
        pytest.param("profile", "AdobeRGB", image(), id="a profile that is not made"),
        pytest.param("bit_depth", 12, image(), id="a depth that is not made"),
        pytest.param("format", ("jpeg",), image("html", color=None), id="no image"),
        pytest.param("format", ("jpeg",), image("psd"), id="a format that is not decoded"),
        pytest.param("format", ("jpeg",), None, id="nothing there"),
        pytest.param("width", 5, image(), id="a check that it does not serve"),
    ],
)
def test_it_does_not_serve(check, requirement, subject):
    assert isinstance(FIX.plan(finding(check), requirement, {}, subject), CannotFix)


@pytest.mark.parametrize(
    ("before", "args", "wanted"),
    [
        pytest.param(
            image("png", color="rgba"), {"format": "jpeg"}, ("jpeg", "rgb", 8, False), id="jpeg holds no alpha"
        ),
        pytest.param(image("png", color="gray-alpha"), {"format": "jpeg"}, ("jpeg", "gray", 8, False), id="but gray"),
        pytest.param(
            image("gif", color="palette"), {"color": "rgb"}, ("png", "rgb", 8, False), id="gif holds only palettes"
        ),
        pytest.param(image("jpeg"), {"color": "rgba"}, ("png", "rgba", 8, False), id="alpha needs png"),
        pytest.param(image("jpeg", color="cmyk"), {"format": "png"}, ("png", "rgb", 8, False), id="png holds no cmyk"),
        pytest.param(
            image("png", color="gray", bit_depth=16),
            {"format": "tiff"},
            ("tiff", "gray", 16, False),
            id="16 bit gray stays",
        ),
        pytest.param(
            image("png", color="gray", bit_depth=16), {"bit_depth": 8}, ("png", "gray", 8, False), id="16 bit to 8"
        ),
        pytest.param(
            image("png", color="rgb", bit_depth=16),
            {"color": "gray"},
            ("png", "gray", 8, False),
            id="16 bit of colours is read as 8",
        ),
        pytest.param(
            image("webp", color="rgba"), {"format": "png"}, ("png", "rgba", 8, True), id="alpha stays where it can"
        ),
    ],
)
def test_what_it_foresees(before, args, wanted):
    facts = FIX.foresee(before, step("convert", **args)).facts
    assert (facts.format, facts.color, facts.bit_depth, facts.alpha) == wanted


def test_a_format_without_exif_comes_out_upright():
    facts = FIX.foresee(image(size=(64, 48), orientation=6), step("convert", format="bmp")).facts
    assert (facts.width, facts.height, facts.orientation) == (48, 64, 1)
