"""A picture as it was asked for: the same bytes for the same words."""

from io import BytesIO
from typing import Any

from PIL import Image

from why400.pictures import png
from why400.pictures.damage import spoil
from why400.pictures.picture import KINDS, Picture, cannot_make

_MODES = {"rgb": "RGB", "rgba": "RGBA", "gray": "L", "gray-alpha": "LA", "palette": "P", "cmyk": "CMYK"}
_ORIENTATION = 0x0112
"""The EXIF tag (EXIF 2.32, section 4.6.4)."""


def make(wanted: Picture) -> bytes:
    """The file. Ask `cannot_make` first: ValueError where no such picture is there."""
    why = cannot_make(wanted)
    if why is not None:
        raise ValueError(why)
    color = wanted.color or KINDS[wanted.format].colors[wanted.bit_depth][0]
    plain_png = wanted.format == "png" and wanted.bit_depth != 8
    data = png.encoded(color, wanted.size, wanted.bit_depth) if plain_png else _by_pillow(wanted, color)
    if wanted.damage is not None:
        data = spoil(data, wanted.damage)
    return data + bytes(max(0, wanted.file_size - len(data)))


def _by_pillow(wanted: Picture, color: str) -> bytes:
    pages = [_canvas(wanted, color, number) for number in range(wanted.frames)]
    options: dict[str, Any] = {}
    if wanted.orientation != 1:
        options["exif"] = _exif(wanted.orientation)
    if wanted.frames > 1:
        options |= {"save_all": True, "append_images": pages[1:]}
    made = BytesIO()
    pages[0].save(made, KINDS[wanted.format].pillow, **options)
    return made.getvalue()


def _canvas(wanted: Picture, color: str, number: int) -> Any:
    """A slope of colours, each page another: it compresses as photos do, and no two frames are one."""
    slope = Image.linear_gradient("L")
    if wanted.bit_depth == 16:
        return slope.resize(wanted.size).convert("I").point(lambda value: value * 257).convert("I;16")
    across, down = slope.rotate(90 + 180 * (number % 2)).resize(wanted.size), slope.resize(wanted.size)
    picture = Image.merge("RGB", (across, down, Image.new("L", wanted.size, (120 + 16 * number) % 256)))
    if color in ("rgba", "gray-alpha"):
        picture.putalpha(down)
    return picture.quantize(256) if color == "palette" else picture.convert(_MODES[color])


def _exif(orientation: int) -> bytes:
    block = Image.Exif()
    block[_ORIENTATION] = orientation
    return block.tobytes()
