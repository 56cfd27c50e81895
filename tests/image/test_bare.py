"""Files without their metadata: whatever comes in, nothing is raised; what is bare stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.make import picture
from why400.image.bare import FORMATS, bare

GOOD = {form: picture(form, orientation=1) for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
def test_a_bare_file_stays_as_it_is(form: str) -> None:
    assert bare(GOOD[form], form) == GOOD[form]


@pytest.mark.parametrize("form", FORMATS)
def test_orientation_goes_with_its_exif(form: str) -> None:
    made = bare(picture(form, orientation=6), form)
    assert made is not None
    assert b"why400" not in made


def test_other_formats_are_left_alone() -> None:
    assert bare(picture("gif", "palette"), "gif") is None


@given(st.binary(max_size=200), st.sampled_from(FORMATS), st.integers(0, 60))
def test_never_raises(data: bytes, form: str, kept: int) -> None:
    bare(data, form)
    bare(GOOD[form][:kept] + data, form)
