"""Each colour to each colour, against numpy as the judge: the mean error over all samples, in levels of 255."""

import io

import numpy as np
import pytest
from PIL import Image as Pillow
from PIL import ImageCms

from fixes.icc import matrix_profile
from fixes.made import error, photo
from why400.fixes.pixels.colors import leaves_profile, narrow, recolor

RAMP = np.arange(65536, dtype="<u2").reshape(256, 256)
BT601 = np.array([0.299, 0.587, 0.114])


def array(picture):
    return np.asarray(picture, dtype=float)


def blended(rgba, background):
    alpha = rgba[..., 3:] / 255
    return rgba[..., :3] * alpha + np.array(background, dtype=float) * (1 - alpha)


def gray_alpha():
    picture = photo(mode="RGBA").convert("LA")
    return picture


def transparent_palette():
    picture = photo().quantize(16)
    picture.info["transparency"] = 3
    return picture


@pytest.mark.parametrize(
    ("picture", "args", "wanted", "allowed"),
    [
        pytest.param(
            photo(mode="L"), {"color": "rgb"}, array(photo(mode="L"))[..., None].repeat(3, 2), 0, id="gray to rgb"
        ),
        pytest.param(photo(), {"color": "gray"}, array(photo()) @ BT601, 0.51, id="rgb to gray is BT.601"),
        pytest.param(
            photo(mode="RGBA"),
            {"color": "rgb"},
            blended(array(photo(mode="RGBA")), (255, 255, 255)),
            0.51,
            id="rgba on white",
        ),
        pytest.param(
            photo(mode="RGBA"),
            {"color": "rgb", "background": "#ff8000"},
            blended(array(photo(mode="RGBA")), (255, 128, 0)),
            0.51,
            id="rgba on orange",
        ),
        pytest.param(
            photo(mode="RGBA"),
            {"color": "gray"},
            blended(array(photo(mode="RGBA")), (255, 255, 255)) @ BT601,
            0.8,
            id="rgba to gray",
        ),
        pytest.param(
            gray_alpha(),
            {"color": "rgb"},
            blended(array(gray_alpha().convert("RGBA")), (255, 255, 255)),
            0.51,
            id="gray-alpha to rgb",
        ),
        pytest.param(
            gray_alpha(),
            {"color": "gray", "background": "black"},
            array(gray_alpha())[..., 0] * array(gray_alpha())[..., 1] / 255,
            0.51,
            id="gray-alpha on black",
        ),
        pytest.param(
            photo().quantize(64), {"color": "rgb"}, array(photo().quantize(64).convert("RGB")), 0, id="palette to rgb"
        ),
        pytest.param(
            transparent_palette(),
            {"color": "rgb"},
            blended(array(transparent_palette().convert("RGBA")), (255, 255, 255)),
            0.51,
            id="palette with tRNS on white",
        ),
        pytest.param(photo(mode="1"), {"color": "rgb"}, array(photo(mode="1").convert("RGB")), 0, id="1 bit to rgb"),
        pytest.param(photo(mode="CMYK"), {"color": "rgb"}, array(photo()), 0, id="cmyk without a profile"),
        pytest.param(
            Pillow.fromarray(RAMP), {"color": "gray", "bit_depth": 8}, RAMP / 257, 0.26, id="16 bit gray scaled by 257"
        ),
        pytest.param(
            Pillow.fromarray(RAMP),
            {"color": "rgb"},
            (RAMP / 257)[..., None].repeat(3, 2),
            0.26,
            id="16 bit gray to rgb",
        ),
        pytest.param(
            Pillow.fromarray(RAMP),
            {"color": "gray", "bit_depth": 16},
            RAMP.astype(float),
            0,
            id="16 bit gray that may stay",
        ),
        pytest.param(photo(), {"color": "palette"}, array(photo()), 8, id="rgb to 256 colours"),
    ],
)
def test_pixels(picture, args, wanted, allowed):
    made, _ = recolor(picture, args)
    seen = made.convert("RGB") if made.mode == "P" else made
    assert np.asarray(seen).shape == wanted.shape
    assert error(seen, wanted) <= allowed


def test_16_bit_is_rounded_exactly():
    assert np.array_equal(np.asarray(narrow(Pillow.fromarray(RAMP))), np.round(RAMP / 257))


@pytest.mark.parametrize("color", ["rgb", "rgba", "gray", "gray-alpha", "palette", "cmyk"])
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "I;16", "YCbCr"])
def test_every_mode_comes_to_every_color(mode, color):
    picture = Pillow.fromarray(RAMP) if mode == "I;16" else photo().convert(mode)
    made, _ = recolor(picture, {"color": color})
    modes = {"rgb": "RGB", "rgba": "RGBA", "gray": "L", "gray-alpha": "LA", "palette": "P", "cmyk": "CMYK"}
    assert made.mode == modes[color]


@pytest.mark.parametrize(
    ("picture", "args", "words"),
    [
        pytest.param(
            photo(mode="RGBA"),
            {"color": "rgb", "background": "gray"},
            "the transparency, laid on #808080",
            id="transparent",
        ),
        pytest.param(photo().convert("RGBA"), {"color": "rgb"}, None, id="opaque alpha: nothing is lost"),
        pytest.param(photo(), {"color": "gray"}, "the colours (gray is BT.601 luma)", id="colours"),
        pytest.param(photo(), {"color": "palette"}, "all colours but 256", id="few colours"),
        pytest.param(photo(), {"color": "rgb"}, None, id="as it is"),
    ],
)
def test_what_is_lost_is_said(picture, args, words):
    assert recolor(picture, args)[1] == words


@pytest.mark.parametrize("size", [(64, 48), (2100, 2048)], ids=["in one block of memory", "in several"])
@pytest.mark.parametrize(("mode", "color"), [("RGBA", "rgb"), ("RGBA", "gray"), ("LA", "gray"), ("LA", "rgb")])
def test_an_opaque_picture_without_its_alpha_is_the_same_and_its_own(size, mode, color):
    source = photo(size).convert(mode)
    made, _ = recolor(source, {"color": color})
    assert made.tobytes() == source.convert(made.mode).tobytes()
    made.paste(0, (0, 0, 8, 8))
    assert source.tobytes() == photo(size).convert(mode).tobytes()


SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()


def tagged(picture, profile):
    picture.info["icc_profile"] = profile
    return picture


WIDE_SPACE = matrix_profile([(0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03135, 0.00009, 0.82491)])
"""ROMM's primaries: in it the numbers of a colour are far from those of sRGB."""


@pytest.mark.parametrize("color", ["gray", "gray-alpha"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P"])
def test_gray_is_the_luma_of_what_the_profile_shows(mode, color):
    """Of the numbers themselves it would be another; libraries that turn pictures gray take them for sRGB."""
    shown = photo().quantize(64) if mode == "P" else photo(mode=mode)
    made, _ = recolor(tagged(shown, WIDE_SPACE), {"color": color})
    in_srgb = ImageCms.profileToProfile(
        shown.convert("RGB"), io.BytesIO(WIDE_SPACE), ImageCms.createProfile("sRGB"), outputMode="RGB"
    )
    if mode == "RGB" or color == "gray-alpha":
        assert error(made.getchannel("L"), in_srgb.convert("L")) <= 0.6
    assert "icc_profile" not in made.info
    plain, _ = recolor(tagged(shown.copy(), b""), {"color": color})
    assert error(made.getchannel("L"), plain.getchannel("L")) > 2


def test_gray_of_srgb_goes_the_short_way():
    assert not leaves_profile(tagged(photo(), SRGB), "gray")


@pytest.mark.parametrize(
    ("picture", "args", "kept", "said"),
    [
        pytest.param(
            tagged(photo(mode="RGBA"), SRGB),
            {"color": "rgb", "background": "white"},
            True,
            "transparency",
            id="rgba to rgb: same space",
        ),
        pytest.param(tagged(photo(), SRGB), {"color": "gray"}, False, "describes other pixels", id="rgb to gray"),
        pytest.param(tagged(photo(), SRGB), {"profile": "srgb"}, False, None, id="converted"),
        pytest.param(
            tagged(photo(mode="CMYK"), LAB),
            {"color": "rgb"},
            False,
            "could not be used",
            id="cmyk with a profile of another kind",
        ),
        pytest.param(
            tagged(photo(), b"junk"), {"profile": "srgb"}, False, "could not be used", id="a profile that is none"
        ),
    ],
)
def test_the_profile_stays_only_with_pixels_of_its_space(picture, args, kept, said):
    made, lost = recolor(picture, args)
    assert ("icc_profile" in made.info) is kept
    assert said in lost if said else lost is None


def test_a_wide_gamut_is_brought_to_srgb():
    """P3 to sRGB by its matrix (SMPTE EG 432-1), with numpy as the judge."""
    wide = photo()
    made, _ = recolor(tagged(wide.copy(), display_p3()), {"profile": "srgb"})
    assert error(made, p3_to_srgb(array(wide))) <= 1.0


def display_p3():
    from fixes.icc import matrix_profile

    return matrix_profile([(0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)])


def p3_to_srgb(levels):
    """Both have the sRGB curve and white, so only the primaries change."""
    light = np.where(levels / 255 <= 0.04045, levels / 255 / 12.92, ((levels / 255 + 0.055) / 1.055) ** 2.4)
    matrix = np.array([[1.2249, -0.2247, 0.0], [-0.0420, 1.0419, 0.0], [-0.0197, -0.0786, 1.0979]])
    linear = np.clip(light @ matrix.T, 0, 1)
    return 255 * np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
