"""Samples that are neither 8 nor 16 bit (TIFF), brought to 8 where what is black and white can be told from them."""

from typing import Any

from PIL import ImageMath

from why400.fixes.fix import CannotPaint

NUMBERS = ("F", "I")
"""Pillow's modes for them: 32-bit floating point, and integers of 32 bit or with a sign."""


def narrowed(picture: Any) -> tuple[Any, str | None]:
    """The picture with 8 bits a sample, and what was taken for black and white; others come back as they are."""
    if picture.mode not in NUMBERS:
        return picture, None
    made, white = (_from_fractions(picture), 1) if picture.mode == "F" else (_from_integers(picture), 65535)
    made.info = dict(picture.info)
    return made, f"all but 8 bits of its samples (0 was taken for black, {white} for white)"


def _from_fractions(picture: Any) -> Any:
    """Samples from 0 to 1, rounded to 255ths: so images are kept where they are computed with."""
    low, high = picture.getextrema()
    if low < 0 or high > 1:
        raise CannotPaint(
            f"its samples are floating point numbers from {low:g} to {high:g}: only from 0 to 1 is it known what is "
            "black and white; scale them before they are sent"
        )
    if ImageMath.lambda_eval(lambda of: of["it"] == of["it"], it=picture).getextrema()[0] == 0:
        raise CannotPaint("some of its samples are no numbers (NaN), which are neither black nor white")
    return picture.point(lambda level: level * 255 + 0.5).convert("L")


def _from_integers(picture: Any) -> Any:
    """Samples of 16 bit in wider ones; those that would fit into 8 may be meant as such."""
    low, high = picture.getextrema()
    if low < 0 or not 255 < high <= 65535:
        raise CannotPaint(
            f"its samples are wide numbers from {low} to {high}: what is black and white nobody agreed on; "
            "send them as 8 or 16 bit"
        )
    return picture.point([(level + 128) // 257 for level in range(65536)], "L")
