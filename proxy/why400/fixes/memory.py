"""How much memory work on a picture takes, by what its header claims. Pure; measured with Pillow 13."""

from why400.fixes.formats import FORMATS
from why400.image.facts import Color

_SAMPLES: dict[Color | None, int] = {"gray": 1, "palette": 1, "gray-alpha": 2, "rgb": 3}
"""Samples of a pixel; 4 for the others."""

_COEFFICIENT_BYTES = 2
_LEAST_SAMPLES = 1.5
"""Of a progressive JPEG all coefficients are in memory, at full size, until its last scan (ITU-T T.81 G.1.1.1). There
is one for each sample; of colours that are kept at half the size there are so many to a pixel (4:2:0)."""

RECOLORING = 7
"""Bytes for a pixel beside a picture of which another is made: that, and its alpha while it is laid on a background."""

BAND_BYTES = 12
"""Bytes for a pixel of a band: cut out, turned, recoloured and encoded."""


def held(color: Color | None, depth: int | None) -> int:
    """Bytes for a pixel of a decoded picture, as Pillow keeps it."""
    if color == "gray":
        return {16: 2, 32: 4}.get(depth or 8, 1)
    return 1 if color == "palette" else 4


def least_samples(color: Color | None) -> float:
    """The fewest samples to a pixel that a JPEG of these colours has, as they mostly have."""
    return min(_LEAST_SAMPLES, _SAMPLES.get(color, 4))


def to_decode(
    format: str,
    color: Color | None,
    depth: int | None,
    pixels: int,
    made: int,
    samples: float | None = None,
    weight: float = 0,
) -> int:
    """Bytes to decode a file of so many pixels, where its decoder makes so many of them.

    `samples` of a progressive JPEG: how many there are to a pixel. `weight`: bytes for a pixel where that is known of
    this file; else the least that a file of its format takes.
    """
    kept = held(color, depth)
    if format == "tiff":  # one strip or tile may be the whole picture
        return made * (kept + _SAMPLES.get(color, 4) * -(-(depth or 8) // 8))
    coefficients = int(pixels * _COEFFICIENT_BYTES * samples) if samples else 0
    return coefficients + int(made * max(weight or FORMATS[format].weight, kept))


def to_make(format: str, color: Color, exact: bool) -> float:
    """Bytes for a pixel that an encoder takes beside the picture, with the file that comes of it."""
    if color == "palette":
        return _QUANTIZING
    if format == "webp":
        return _EXACT_WEBP if exact else _WEBP
    return _FILES[format] * _SAMPLES.get(color, 4)


_FILES = {"jpeg": 0.12, "png": 1.1, "bmp": 1.6, "tiff": 1.6}
"""For each sample of 8 bits."""

_WEBP, _EXACT_WEBP, _QUANTIZING = 7, 30, 19
