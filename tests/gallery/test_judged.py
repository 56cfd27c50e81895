"""Good pictures of every kind through the running proxy: what the model gets is what a person sees in them."""

import pytest

from corpus.cases import good
from gallery import judge
from gallery.exhibits import REFUSED, Exhibit, exhibits
from gallery.post import post
from scenarios.processes import Proxy

ALL = list(exhibits())
JPEG = 6
"""Mean levels that writing a JPEG of quality 90 may cost, on pictures as small and as noisy as some of these."""


def test_there_are_enough_of_them() -> None:
    assert len(ALL) >= 380
    assert len(ALL) + len([case for case in good() if case.format == "bmp"]) >= 400


@pytest.mark.parametrize("exhibit", ALL, ids=lambda one: f"{one.kind}: {one.name}")
def test_as_png_it_is_what_the_judge_sees(gallery: Proxy, exhibit: Exhibit) -> None:
    came = post(gallery, "/judged", exhibit.data)
    assert came.outcome in ("fixed", "forwarded"), came.messages
    got, wanted = judge.seen(came.body), exhibit.shows()
    assert got.shape == wanted.shape
    assert judge.off(got, wanted) <= exhibit.allowed


@pytest.mark.parametrize("exhibit", ALL, ids=lambda one: f"{one.kind}: {one.name}")
def test_as_jpeg_it_is_near_to_that(gallery: Proxy, exhibit: Exhibit) -> None:
    """The profile travels with the pixels, and the judge reads it; what is right already is not touched."""
    came = post(gallery, "/photo", exhibit.data)
    if came.outcome == "forwarded":
        assert came.body == exhibit.data
        return
    assert came.outcome == "fixed", came.messages
    got, wanted = judge.seen(came.body), exhibit.shows()
    assert got.shape == wanted.shape
    assert judge.off(got, wanted) <= exhibit.allowed + JPEG


@pytest.mark.parametrize("case", [case for case in good() if case.id in REFUSED], ids=lambda case: case.id)
def test_what_is_not_read_here_is_said(gallery: Proxy, case) -> None:
    came = post(gallery, "/judged", case.bytes())
    assert (came.outcome, came.cause) == ("rejected", "image.format-mismatch")
    assert "this kind of tiff (gray-alpha, 16 bit) is not decoded here" in came.messages
