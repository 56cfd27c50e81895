"""Pictures as their decoders leave them in memory, of which Pillow gets no more at a time than is asked for.

A large picture in Pillow's memory takes four bytes a pixel beside what its decoder holds. What becomes a JPEG is cut
out a band at a time (`bands`), what becomes smaller is scaled a band at a time: of neither there is a second whole.
"""

from collections.abc import Callable
from math import ceil
from typing import Any

from PIL import Image

Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels."""

_PIXEL = {"L": 1, "RGB": 3, "RGBX": 4, "RGBA": 4}
"""Bytes of a pixel as decoders write it."""

_PREMULTIPLIED = {"RGBA": "RGBa"}
"""How transparent pixels are scaled: by what shows of them."""

_BAND = 1024 * 1024
"""Pixels of a band that is scaled, about."""

_REACH = {"NEAREST": 1, "BILINEAR": 1, "BOX": 1, "BICUBIC": 2, "LANCZOS": 3}
"""How far a filter looks to either side, in pixels of what it makes (Pillow's supports, rounded up)."""


class Sheet:
    """A decoded picture. `cut(box)` makes Pillow's picture of a part of it; `info` is as Pillow has it."""

    def __init__(self, mode: str, size: tuple[int, int], info: dict[str, Any], cut: Callable[[Box], Any]) -> None:
        self.mode, self.size, self.info = mode, size, info
        self.crop = cut

    def whole(self) -> Any:
        """All of it."""
        made = self.crop((0, 0, *self.size))
        made.info = dict(self.info)
        return made

    def scaled(self, size: tuple[int, int], filter: str) -> Any:
        """All of it, scaled, as Pillow scales the whole: each band sees what is around it."""
        rows = max(1, _BAND * size[1] // (self.size[0] * self.size[1]))
        made: Any = Image.new(self.mode, size)
        for top in range(0, size[1], rows):
            band = self._band(size, top, min(size[1], top + rows), filter)
            made.paste(band.convert(self.mode), (0, top))
        made.info = dict(self.info)
        return made

    def _band(self, size: tuple[int, int], top: int, bottom: int, filter: str) -> Any:
        """The rows `top` to `bottom` of the scaled picture."""
        width, height = self.size
        scale = height / size[1]
        reach = ceil(_REACH[filter] * max(1, scale)) + 1
        above, below = max(0, int(top * scale) - reach), min(height, ceil(bottom * scale) + reach)
        band, by = self.crop((0, above, width, below)), Image.Resampling[filter]
        if filter != "NEAREST":
            band = band.convert(_PREMULTIPLIED.get(self.mode, self.mode))
        across = band.resize((size[0], band.height), by)  # first, as Pillow does where it is left to choose
        box = (0, top * scale - above, size[0], min(bottom * scale - above, band.height))
        return across.resize((size[0], bottom - top), by, box)


def of_buffer(buffer: Any, mode: str, packed: str, size: tuple[int, int], stride: int, info: dict[str, Any]) -> Sheet:
    """The picture whose pixels lie in a buffer as `packed` (Pillow's raw mode), each row `stride` bytes after the last.

    Where they lie as Pillow has them the whole is the buffer itself.
    """
    pixel = _PIXEL[packed]

    def cut(box: Box) -> Any:
        left, top, right, bottom = box
        if mode == packed == "RGBA" and box == (0, 0, *size) and stride == pixel * size[0]:
            return Image.frombuffer(mode, size, buffer, "raw", packed, 0, 1)
        rows = memoryview(buffer)[top * stride + left * pixel : (bottom - 1) * stride + right * pixel]
        return Image.frombytes(mode, (right - left, bottom - top), rows, "raw", packed, stride, 1)

    return Sheet(mode, size, info, cut)
