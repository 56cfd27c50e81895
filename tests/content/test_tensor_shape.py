"""A shape against one that is wanted."""

import pytest

from why400.content.tensor_shape import fits, mistake_in

ROWS = {
    "without a batch": ((3, 8, 8), (None, 3, 8, 8), "tensor.rank"),
    "flat": ((192,), (1, 3, 8, 8), "tensor.shape"),
    "channels last": ((1, 8, 8, 3), (None, 3, 8, 8), "tensor.layout"),
    "channels first": ((3, 8, 8), (8, 8, 3), "tensor.layout"),
    "a batch too large": ((9, 3, 8, 8), (1, 3, 8, 8), "tensor.batch"),
    "other sides": ((1, 3, 9, 9), (1, 3, 8, 8), "tensor.shape"),
}


@pytest.mark.parametrize(("got", "wanted", "cause"), ROWS.values(), ids=ROWS)
def test_the_mistake_is_named(got, wanted, cause):
    assert not fits(got, wanted)
    assert mistake_in(got, wanted) == cause


@pytest.mark.parametrize("wanted", [(1, 3, 8, 8), (None, 3, None, None)], ids=["the same", "any"])
def test_what_fits(wanted):
    assert fits((1, 3, 8, 8), wanted)
    assert fits((None, 3, 8, 8), wanted)
