"""Samples wider than 16 bit, or of floating point: narrowed where black and white are known, else refused by name."""

import numpy as np
import pytest
from PIL import Image as Pillow

from why400.fixes.fix import CannotPaint
from why400.fixes.pixels.numbers import narrowed

UNIT = np.linspace(0, 1, 1024, dtype=np.float32).reshape(32, 32)
WIDE = np.arange(0, 65536, 64, dtype=np.int32).reshape(32, 32)
KEPT = "all but 8 bits of its samples (0 was taken for black, {} for white)"


@pytest.mark.parametrize(
    ("samples", "wanted", "words"),
    [
        pytest.param(UNIT, UNIT * 255, KEPT.format(1), id="0 to 1"),
        pytest.param(UNIT / 4, UNIT / 4 * 255, KEPT.format(1), id="dark"),
        pytest.param(np.zeros((4, 4), np.float32), np.zeros((4, 4)), KEPT.format(1), id="black"),
        pytest.param(WIDE, WIDE / 257, KEPT.format(65535), id="16 bit in 32"),
        pytest.param(WIDE.astype(np.uint8), WIDE.astype(np.uint8), None, id="8 bit stay"),
    ],
)
def test_what_becomes_of_samples(samples, wanted, words):
    made, said = narrowed(Pillow.fromarray(samples))
    assert (made.mode, said) == ("L", words)
    assert np.abs(np.asarray(made, dtype=float) - wanted).max() <= 0.51


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        pytest.param(UNIT * 255, "from 0 to 255: only from 0 to 1", id="0 to 255"),
        pytest.param(UNIT - 0.5, "from -0.5 to 0.5: only from 0 to 1", id="below 0"),
        pytest.param(np.where(UNIT > 0.5, np.inf, UNIT).astype(np.float32), "to inf: only", id="infinite"),
        pytest.param(np.where(UNIT > 0.5, np.nan, UNIT).astype(np.float32), "no numbers", id="NaN"),
        pytest.param(WIDE * 2, "from 0 to 130944: what is black", id="beyond 16 bit"),
        pytest.param(WIDE - 1, "from -1 to 65471: what is black", id="below zero"),
        pytest.param(WIDE >> 8, "from 0 to 255: what is black", id="8 or 16 bit"),
    ],
)
def test_ranges_that_nobody_agreed_on_are_refused(samples, words):
    with pytest.raises(CannotPaint) as refused:
        narrowed(Pillow.fromarray(samples))
    assert words in str(refused.value)
