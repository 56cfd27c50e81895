import pytest

from fixes.made import finding, image, photo
from why400.fixes.first_frame import FIX
from why400.fixes.fix import CannotFix


@pytest.mark.parametrize(("frames", "words"), [(12, "the other 11 frames"), (None, "all frames but the first")])
def test_what_is_lost_is_said(frames, words):
    planned = FIX.plan(finding("frames"), 1, {}, image("gif", frames=frames))
    assert FIX.pixels(photo(), planned.args)[1] == words


def test_one_frame_is_left():
    subject = image("gif", frames=12)
    assert FIX.foresee(subject, FIX.plan(finding("frames"), 1, {}, subject)).facts.frames == 1


def test_no_image():
    assert isinstance(FIX.plan(finding("frames"), 1, {}, None), CannotFix)
