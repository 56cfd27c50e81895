"""An independent judge of pixels: libvips reads a file by itself and makes of it what a person sees.

Upright, first frame, sRGB of 8 bits, transparency on white. What libvips itself does otherwise than people agreed on is
done here by hand: 16 bits to 8 by division by 257, CMYK without a profile by the plain formula.
"""

from typing import Any

import numpy as np
import pyvips

from gallery.variants.scene import on_white


def seen(data: bytes, **options: Any) -> np.ndarray:
    """The pixels (height, width, 3) of a file's first frame."""
    image = pyvips.Image.new_from_buffer(data, "", **options)
    image = _eight_bits(image.autorot())
    alpha = image[-1] if image.hasalpha() else None
    colors = _colors(image[: image.bands - 1] if alpha is not None else image)
    pixels = colors.rint().cast("uchar").numpy()[..., :3]
    return pixels if alpha is None else on_white(pixels, alpha.cast("uchar").numpy())


def _eight_bits(image: Any) -> Any:
    if image.format != "ushort":
        return image
    narrow = {"rgb16": "srgb", "grey16": "b-w"}.get(image.interpretation, image.interpretation)
    return (image / 257).rint().cast("uchar").copy(interpretation=narrow)


def _colors(image: Any) -> Any:
    """Three bands of sRGB, through the embedded profile where there is one."""
    if image.get_typeof("icc-profile-data"):
        return image.icc_transform("srgb", embedded=True, intent="perceptual")
    if image.interpretation == "cmyk" or image.bands == 4:
        inks = 255 - image
        return (inks[:3] * inks[3] / 255).copy(interpretation="srgb")
    if image.bands == 1:
        return image.bandjoin([image, image]).copy(interpretation="srgb")
    return image.colourspace("srgb")


def off(got: np.ndarray, wanted: np.ndarray) -> float:
    """The mean difference of all samples, in levels of 255."""
    return float(np.abs(got.astype(float) - wanted.astype(float)).mean())
