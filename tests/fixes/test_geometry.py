import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.fixes.geometry import Geometry, Limits, geometry

side = st.integers(1, 20_000)
bound = st.none() | st.integers(1, 5_000)


@pytest.mark.parametrize(
    ("size", "limits", "wanted"),
    [
        pytest.param((640, 480), Limits(32, 4096, 32, 4096), (640, 480), id="inside: as it is"),
        pytest.param((4000, 3000), Limits(max_width=640), (640, 480), id="too wide"),
        pytest.param((3000, 4000), Limits(32, 640, 32, 640), (480, 640), id="the longer side decides"),
        pytest.param((20, 10), Limits(32, 4096, 32, 4096), (64, 32), id="too small: the shorter side decides"),
        pytest.param((500, 500), Limits(224, 224, 224, 224), (224, 224), id="exact square"),
        pytest.param((641, 480), Limits(640, 640, 480, 480), (640, 480), id="a rounding is no change of proportions"),
        pytest.param((640, 480), Limits(224, 224, 224, 224), None, id="exact, other proportions"),
        pytest.param((10_000, 40), Limits(32, 4096, 32, 4096), None, id="a banner cannot be both"),
    ],
)
def test_keep(size, limits, wanted):
    found = geometry(size, limits)
    assert (found and found.size) == wanted


@pytest.mark.parametrize(
    ("fit", "wanted"),
    [
        ("stretch", Geometry((224, 224), (224, 224))),
        ("pad", Geometry((224, 224), (224, 168), (0, 28))),
        ("crop", Geometry((224, 224), (299, 224), (-38, 0))),
    ],
)
def test_other_proportions(fit, wanted):
    assert geometry((640, 480), Limits(224, 224, 224, 224), fit) == wanted


ends = st.tuples(bound, bound).map(lambda pair: pair if None in pair else tuple(sorted(pair)))
limits_of_both = st.tuples(ends, ends).map(lambda pairs: Limits(*pairs[0], *pairs[1]))


@given(st.tuples(side, side), limits_of_both, st.sampled_from(["keep", "stretch", "pad", "crop"]))
def test_what_comes_out_is_inside_the_limits(size, limits, fit):
    found = geometry(size, limits, fit)
    assert found is None or within(found.size, limits)
    assert found is not None or fit == "keep"


def within(size, limits):
    ends = [(limits.min_width, limits.max_width), (limits.min_height, limits.max_height)]
    return all((least or 1) <= value <= (most or value) for value, (least, most) in zip(size, ends, strict=True))
