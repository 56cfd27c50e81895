"""The shape that a reply asks for, in the words of many runtimes, and which mistake it shows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.diagnose.shapes import mistaken, said, wanted

_ORT = "Got invalid dimensions for input: x for the following indices\n index: 1 Got: 8 Expected: 3\n index: 3 Got: 3 Expected: 8"
ASKED = {
    "own words": ((1, 8, 8, 3), "expected shape (-1, 3, 8, 8), got (1, 8, 8, 3)", "[?,3,8,8]", "tensor.layout"),
    "own words, no batch": ((3, 8, 8), "expected shape (-1, 3, 8, 8), got (3, 8, 8)", "[?,3,8,8]", "tensor.rank"),
    "Triton": ((1, 3, 8, 4), "Expected [-1,3,8,8], got [1,3,8,4]. NOTE: x", "[?,3,8,8]", "tensor.shape"),
    "got before expected": (
        (9, 3, 8, 8),
        "unexpected shape: [9,3,8,8], expected [1,3,8,8]",
        "[1,3,8,8]",
        "tensor.batch",
    ),
    "ONNX Runtime, lengths": ((1, 8, 8, 3), _ORT, "[1,3,8,8]", "tensor.layout"),
    "ONNX Runtime, rank": (
        (3, 8, 8),
        "Invalid rank for input: x Got: 3 Expected: 4 Please fix",
        "4 dimensions",
        "tensor.rank",
    ),
    "TensorFlow, rank": ((8, 8, 3), "input must be 4-dimensional[8,8,3]", "4 dimensions", "tensor.rank"),
    "TensorFlow, channels": (
        (1, 3, 8, 8),
        "input depth must be evenly divisible by filter depth: 8 vs 3",
        "3 channels",
        "tensor.layout",
    ),
    "Keras, rank": ((8, 8, 3), "expected min_ndim=4, found ndim=3. Full shape received: (8, 8, 3)", "4 dimensions", "tensor.rank"),
    "Keras, axis": (
        (1, 8, 8, 1),
        "expected axis -1 of input shape to have value 3, but received input with shape (1, 8, 8, 1)",
        "3 channels",
        "tensor.shape",
    ),
    "Keras, shape": (
        (1, 10, 10, 3),
        "expected shape=(None, 8, 8, 3), found shape=(1, 10, 10, 3)",
        "[?,8,8,3]",
        "tensor.shape",
    ),
    "torch, rank": (
        (2, 3),
        "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [2, 3]",
        "3 dimensions",
        "tensor.rank",
    ),
    "torch, channels": (
        (1, 8, 8, 3),
        "Given groups=1, weight of size [16, 3, 3, 3], expected input[1, 8, 8, 3] to have 3 channels, but got 8 channels",
        "3 channels",
        "tensor.layout",
    ),
    "numpy": ((1, 10, 10, 3), "cannot reshape array of size 300 into shape (1,8,8,3)", "[1,8,8,3]", "tensor.shape"),
}  # fmt: skip


@pytest.mark.parametrize(("sent", "words", "asked", "cause"), ASKED.values(), ids=ASKED)
def test_what_is_asked_for(sent, words, asked, cause):
    found = wanted(words.encode(), sent)
    assert found is not None
    assert (found.words, mistaken(sent, found)) == (asked, cause)


NOT_ASKED = {
    "other words": ((1, 3, 8, 8), "something else"),
    "the shape that was sent": ((1, 3, 8, 8), "expected shape (-1, 3, 8, 8)"),
    "the rank that was sent": ((1, 3, 8, 8), "Expected 4D input"),
    "the request's own pixels": ((2, 2, 3), '"msg":"Input should be valid bytes","input":[[[200,30,40],[200,30,40]]]'),
    "lengths of another tensor": ((1, 3, 8, 8), "index: 1 Got: 7 Expected: 3"),
    "nothing": ((1,), ""),
}


@pytest.mark.parametrize(("sent", "words"), NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_is_not_asked_for(sent, words):
    assert wanted(words.encode(), sent) is None


def test_a_shape_in_words():
    assert said((1, None, 224)) == "[1,?,224]"


@given(st.binary(max_size=300), st.lists(st.none() | st.integers(0, 300), max_size=6))
def test_no_reply_makes_it_fail(words, sent):
    found = wanted(words, tuple(sent))
    assert found is None or mistaken(tuple(sent), found).startswith("tensor.")
