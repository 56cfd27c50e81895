import pytest

from fixes.made import FIXES, image, step
from why400 import limits
from why400.fixes.fix import CannotFix
from why400.fixes.plan_image import image_job


def job(subject, *steps):
    return image_job(subject, steps, FIXES)


def test_all_that_is_asked_of_one_image_is_one_job_in_the_one_order():
    made = job(
        image("png", (4000, 3000), "rgba", orientation=6),
        step("resize", max_width=640),
        step("convert", color="rgb", background="black"),
        step("resize", max_height=320),
        step("convert", format="jpeg", quality=80),
        step("rotate", orientation=6),
        step("relabel", media_type="image/png"),
    )
    assert [one.fix for one in made.steps] == ["rotate", "convert", "resize"]
    assert made.steps[1].args == {
        "color": "rgb",
        "bit_depth": 8,
        "background": "black",
        "format": "jpeg",
        "quality": 80,
    }
    assert made.steps[2].args["from"] == (3000, 4000)
    assert made.steps[2].args["size"] == (240, 320)
    assert (made.encode.format, made.encode.color, made.encode.quality) == ("jpeg", "rgb", 80)


def test_nothing_to_do_with_pixels():
    assert job(image(), step("relabel", media_type="image/png"), step("recode", encoding="base64")) is None


@pytest.mark.parametrize(
    ("subject", "steps", "words"),
    [
        pytest.param(image("psd"), [step("convert", format="png")], "psd is not decoded", id="format"),
        pytest.param(image("png", (None, 5)), [step("convert", color="rgb")], "does not say its size", id="no size"),
        pytest.param(image("png", (0, 5)), [step("convert", color="rgb")], "claims 0 MP", id="empty"),
        pytest.param(image("webp", (9000, 9000)), [step("convert", color="rgb")], "claims 81 MP", id="too many pixels"),
        pytest.param(
            image("gif", color="palette", frames=12), [step("convert", format="png")], "12 frames", id="frames"
        ),
        pytest.param(
            image(),
            [step("resize", min_width=9, max_width=9, min_height=99, max_height=99)],
            "say fit",
            id="proportions",
        ),
    ],
)
def test_why_not(subject, steps, words):
    found = job(subject, *steps)
    assert isinstance(found, CannotFix)
    assert words in found.because


def test_a_rule_may_give_the_other_frames_up():
    made = job(image("gif", color="palette", frames=12), step("convert", format="png"), step("first_frame", frames=12))
    assert [one.fix for one in made.steps] == ["first_frame", "convert"]


MOST = limits.MAX_PIXELS // 8000


@pytest.mark.parametrize(
    ("facts", "decoded"),
    [
        pytest.param(("png", (8000, MOST), "gray"), True, id="as large as the limit"),
        pytest.param(("png", (8001, MOST), "gray"), False, id="larger"),
        pytest.param(("jpeg", (8000, MOST), "rgb"), True, id="a JPEG"),
        pytest.param(("jpeg", (8001, MOST), "rgb"), False, id="a JPEG, larger"),
        pytest.param(("webp", (5712, 4284), "rgb"), True, id="a WebP that its decoder has memory for"),
        pytest.param(("webp", (8000, 6000), "rgb"), False, id="a WebP that it has not"),
        pytest.param(("avif", (5712, 4284), "rgb"), True, id="an AVIF that it has memory for"),
        pytest.param(("avif", (8000, 6000), "rgb"), False, id="an AVIF that it has not"),
        pytest.param(("png", (6800, 5000), "rgb"), True, id="a PNG that its decoder has memory for"),
        pytest.param(("png", (8000, 6000), "rgb"), False, id="a PNG that it has not"),
        pytest.param(("tiff", (4800, 4000), "rgb"), True, id="a TIFF of one strip that its decoder has memory for"),
        pytest.param(("tiff", (6000, 4000), "rgb"), False, id="a TIFF of one strip that it has not"),
    ],
)
def test_the_headers_claim_decides(facts, decoded):
    assert isinstance(job(image(*facts), step("convert", color="gray")), CannotFix) is not decoded


@pytest.mark.parametrize(
    ("before", "target", "turned"),
    [
        ("jpeg", "png", False),
        ("jpeg", "bmp", True),
        ("jpeg", "gif", True),
        ("tiff", "png", True),
        ("tiff", "jpeg", True),
    ],
)
def test_a_photo_is_turned_where_the_tag_would_be_lost(before, target, turned):
    made = job(image(before, orientation=8), step("convert", format=target))
    assert any(one.fix == "rotate" for one in made.steps) is turned


@pytest.mark.parametrize(
    ("subject", "steps", "draft"),
    [
        pytest.param(image("jpeg", (4000, 3000)), [step("resize", max_width=640)], (640, 480), id="smaller"),
        pytest.param(
            image("jpeg", (4000, 3000), orientation=6),
            [step("rotate", orientation=6), step("resize", max_width=480)],
            (640, 480),
            id="as stored, before it is turned",
        ),
        pytest.param(image("jpeg", (40, 30)), [step("resize", min_width=64)], None, id="larger"),
        pytest.param(image("jpeg", (4000, 3000)), [step("convert", color="gray")], None, id="same size"),
        pytest.param(image("png", (4000, 3000)), [step("resize", max_width=640)], None, id="no jpeg"),
    ],
)
def test_a_jpeg_is_decoded_no_larger_than_needed(subject, steps, draft):
    assert job(subject, *steps).draft == draft


@pytest.mark.parametrize(
    ("subject", "args", "lost"),
    [
        pytest.param(image("png"), {"color": "gray"}, [], id="png to png"),
        pytest.param(image("png"), {"format": "jpeg"}, ["exact pixels (JPEG at quality 90)"], id="png to jpeg"),
        pytest.param(image("png"), {"format": "webp"}, [], id="png to webp is exact"),
        pytest.param(
            image("png", bit_depth=16), {"color": "gray"}, ["the lower 8 of 16 bits (scaled, not cut)"], id="depth"
        ),
        pytest.param(
            image("png", metadata=("exif", "icc", "xmp", "text")),
            {"color": "gray"},
            ["metadata: xmp, text"],
            id="metadata",
        ),
        pytest.param(image("png", metadata=("exif",)), {"format": "bmp"}, ["metadata: exif"], id="no place for exif"),
    ],
)
def test_what_goes_by_itself_is_said(subject, args, lost):
    assert [words for _, words in job(subject, step("convert", **args)).lost] == lost
