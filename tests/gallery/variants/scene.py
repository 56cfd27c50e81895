"""The one picture that all variants show, and what it becomes in them."""

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from why400.fixes.pixels import spaces

SIZE = (40, 30)


@dataclass(frozen=True, slots=True)
class Variant:
    """A file, the pixels (height, width, 3) that it shows, how far from them a good conversion may be (mean levels)."""

    name: str
    data: bytes
    shows: np.ndarray
    allowed: float = 0.0


def colors() -> np.ndarray:
    """Soft slopes of three colours from 0 to 255, bright and dark in every corner."""
    width, height = SIZE
    x, y = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    planes = (x, y, 0.5 + 0.5 * np.sin(6 * x + 4 * y))
    return (np.stack(planes, axis=-1) * 255).round().astype(np.uint8)


def grays() -> np.ndarray:
    return np.asarray(Image.fromarray(colors()).convert("L"))


def alpha() -> np.ndarray:
    """Clear on the left, opaque on the right."""
    width, height = SIZE
    return np.tile(np.linspace(0, 255, width).round().astype(np.uint8), (height, 1))


def rgb(plane: np.ndarray) -> np.ndarray:
    """A gray plane as it is seen."""
    return np.repeat(plane[..., None], 3, axis=-1)


def on_white(pixels: np.ndarray, opacity: np.ndarray) -> np.ndarray:
    share = opacity[..., None].astype(float) / 255
    return (pixels * share + 255 * (1 - share)).round().astype(np.uint8)


def few(count: int) -> tuple[np.ndarray, np.ndarray]:
    """The scene in so many colours: the index of each pixel, and the table of colours (count, 3)."""
    made = Image.fromarray(colors()).quantize(count)
    table = np.asarray(made.getpalette() or [], dtype=np.uint8).reshape(-1, 3)[:count]
    return np.asarray(made), table


def saved(picture: Any, format: str, **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def picture(pixels: np.ndarray, mode: str | None = None) -> Any:
    made = Image.fromarray(np.ascontiguousarray(pixels))
    return made.convert(mode) if mode else made


def in_space(name: str) -> bytes:
    made = spaces.profile(name)
    assert made is not None
    return made


_TO_XYZ = {
    "sRGB": ((0.4360747, 0.3850649, 0.1430804), (0.2225045, 0.7168786, 0.0606169), (0.0139322, 0.0971045, 0.7141733)),
    "Display P3": ((0.51512, 0.29198, 0.15710), (0.24120, 0.69225, 0.06657), (-0.00105, 0.04189, 0.78407)),
    "Adobe RGB": ((0.60974, 0.20528, 0.14919), (0.31111, 0.62567, 0.06322), (0.01947, 0.06087, 0.74457)),
}
"""RGB to XYZ at D50 (B. Lindbloom's tables)."""


def as_srgb(pixels: np.ndarray, space: str) -> np.ndarray:
    """Pixels of another space in sRGB by plain arithmetic, out-of-gamut colours clipped."""
    values = pixels / 255.0
    linear = (
        values ** (563 / 256)
        if space == "Adobe RGB"
        else np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    )
    there, here = np.array(_TO_XYZ[space]), np.linalg.inv(np.array(_TO_XYZ["sRGB"]))
    linear = np.clip(linear @ (here @ there).T, 0, 1)
    made = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return (made * 255).round().astype(np.uint8)
