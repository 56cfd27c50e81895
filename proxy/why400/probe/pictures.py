"""Pictures for experiments: drawn here or derived from one that was given, and each the same at every run."""

import io
import struct
import zlib
from dataclasses import dataclass, replace
from typing import Any, Literal

from PIL import Image, ImageDraw

from why400.content.file_names import extension_of
from why400.probe.places import Label

Color = Literal["rgb", "gray", "gray-alpha", "rgba", "palette", "cmyk"]

SIDE = 224
"""The side of drawn pictures: what most image models were trained on, and enough for the others."""

FORMATS = ("jpeg", "png", "webp", "gif", "bmp", "tiff", "avif")
"""What can be made here and is worth asking for."""

HOLDS: dict[str, tuple[str, ...]] = {
    "png": ("rgb", "gray", "gray-alpha", "rgba", "palette"),
    "jpeg": ("rgb", "gray", "cmyk"),
}
"""The colors that are made here, by the format that holds them exactly enough."""

_ORIENTATION = 0x0112
_STROKES: dict[str, tuple[tuple[float, float], ...]] = {
    "7": ((0.2, 0.2), (0.8, 0.2), (0.4, 0.85)),
    "4": ((0.65, 0.85), (0.65, 0.15), (0.2, 0.6), (0.85, 0.6)),
    "2": ((0.2, 0.3), (0.5, 0.15), (0.78, 0.35), (0.2, 0.82), (0.8, 0.82)),
    "1": ((0.35, 0.3), (0.55, 0.15), (0.55, 0.85)),
    "5": ((0.75, 0.15), (0.3, 0.15), (0.3, 0.45), (0.7, 0.5), (0.7, 0.8), (0.25, 0.85)),
    "L": ((0.3, 0.15), (0.3, 0.82), (0.8, 0.82)),
}
SIGNS = tuple(_STROKES)
"""What is drawn: signs that mean something else once they lie on their side."""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image file with what it is."""

    data: bytes
    format: str
    width: int
    height: int
    color: str = "rgb"
    bit_depth: int = 8

    @property
    def media_type(self) -> str:
        """What its bytes are."""
        return f"image/{self.format}"

    @property
    def label(self) -> Label:
        """What an honest client says of it."""
        return Label(self.media_type, f"image.{extension_of(self.media_type, self.format)}")


def drawn(sign: str = SIGNS[0], side: int = SIDE) -> Image.Image:
    """A dark sign on white paper, RGB, without a color in it: gray and RGB of it hold the same."""
    large = 4 * side
    paper = Image.new("L", (large, large), 250)
    points = [(x * large, y * large) for x, y in _STROKES[sign]]
    ImageDraw.Draw(paper).line(points, fill=15, width=max(4, large // 8), joint="curve")
    return paper.resize((side, side), Image.Resampling.BOX).convert("RGB")


def opened(data: bytes) -> Image.Image:
    """A given file as a picture: its first frame, upright, RGB. Raises OSError or ValueError for what is no picture."""
    with Image.open(io.BytesIO(data)) as file:
        turned = file.copy()
        orientation = file.getexif().get(_ORIENTATION, 1)
    for value, turn in _UPRIGHT.items():
        if orientation == value:
            turned = turned.transpose(turn)
    return turned.convert("RGB")


_UPRIGHT = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_270,
    8: Image.Transpose.ROTATE_90,
}


def as_given(data: bytes) -> Picture:
    """A given file, its bytes untouched."""
    with Image.open(io.BytesIO(data)) as file:
        format = (file.format or "").lower()
        return Picture(data, "jpeg" if format == "mpo" else format, file.width, file.height)


def saved(picture: Image.Image, format: str, **options: Any) -> Picture:
    """The picture as a file, without loss where the format can."""
    if format == "gif" and picture.mode == "RGB":
        picture = picture.quantize(256)
    exact: dict[str, dict[str, Any]] = {
        "jpeg": {"quality": 92},
        "webp": {"lossless": True},
        "avif": {"quality": 90},
    }
    out = io.BytesIO()
    picture.save(out, format, **exact.get(format, {}), **options)
    return Picture(out.getvalue(), format, picture.width, picture.height)


def grayish(picture: Image.Image) -> Image.Image:
    """The same without its color, still RGB: what every other kind of color can hold exactly."""
    return picture.convert("L").convert("RGB")


def colored(picture: Image.Image, color: Color, format: str) -> Picture:
    """A grayish picture in another kind of color; where there is alpha, the dark lies on nothing instead of white."""
    gray = picture.convert("L")
    ink = gray.point(lambda level: 255 - level)
    black = Image.new("L", gray.size)
    made = {
        "rgb": lambda: gray.convert("RGB"),
        "gray": lambda: gray,
        "gray-alpha": lambda: Image.merge("LA", (black, ink)),
        "rgba": lambda: Image.merge("RGBA", (black, black, black, ink)),
        "palette": lambda: gray.convert("P"),
        "cmyk": lambda: gray.convert("RGB").convert("CMYK"),
    }[color]()
    return replace(saved(made, format), color=color)


def deep(picture: Image.Image, color: Literal["rgb", "gray"]) -> Picture:
    """A PNG of 16 bits a sample that shows the same (PNG, third edition, section 11.2.2): each level times 257."""
    samples = picture.convert("L" if color == "gray" else "RGB").tobytes()
    wide = b"".join(bytes((sample, sample)) for sample in samples)
    width, height = picture.size
    row = len(wide) // height
    rows = b"".join(b"\0" + wide[start : start + row] for start in range(0, len(wide), row))
    head = struct.pack(">IIBBBBB", width, height, 16, 0 if color == "gray" else 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return Picture(data, "png", width, height, color, 16)


def chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def on_its_side(picture: Image.Image, format: str, tagged: bool) -> Picture:
    """As a phone stores it: the pixels lie on their side; `tagged` says so in EXIF (orientation 6)."""
    turned = picture.transpose(Image.Transpose.ROTATE_90)
    if not tagged:
        return saved(turned, format)
    exif = Image.Exif()
    exif[_ORIENTATION] = 6
    return saved(turned, format, exif=exif)


def moving(picture: Image.Image, format: str) -> Picture:
    """An animation of two frames, the first the picture."""
    other = picture.transpose(Image.Transpose.ROTATE_180)
    if format == "gif":
        picture, other = picture.quantize(256), other.quantize(256)
    return saved(picture, format, save_all=True, append_images=[other], duration=100)


def of_size(picture: Image.Image, width: int, height: int, format: str) -> Picture:
    """The picture in another size."""
    return saved(picture.resize((width, height), Image.Resampling.BOX), format)
