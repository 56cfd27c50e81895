"""`picture(format=…, color=…, …) -> bytes`: one image as asked for, the same bytes for the same words.

Pillow writes what it can; `corpus.by_hand` writes what it cannot (16 bits a colour, odd depths, headers of our own).
`damage` then spoils the bytes as the things of this world do.
"""

import io
import random
import struct
from dataclasses import dataclass
from functools import cache

from PIL import Image, ImageCms

from corpus import by_hand
from corpus.damage import spoil

_MODES = {"rgb": "RGB", "rgba": "RGBA", "gray": "L", "gray-alpha": "LA", "palette": "P", "cmyk": "CMYK"}
_PILLOW_NAMES = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "bmp": "BMP",
    "tiff": "TIFF",
    "avif": "AVIF",
}
_BY_HAND = {("png", 16), ("png", 2), ("png", 4), ("tiff", 16)}


@dataclass(frozen=True, slots=True)
class Case:
    """One picture in words. All of them are true of `bytes()` by construction."""

    format: str = "jpeg"
    color: str = "rgb"
    size: tuple[int, int] = (64, 48)
    depth: int = 8
    orientation: int = 1
    frames: int = 1
    progressive: bool = False
    profile: str | None = None
    lossless: bool = False

    @property
    def id(self) -> str:
        words = [self.format, self.color, "x".join(map(str, self.size)), f"{self.depth}bit"]
        words += [f"turned{self.orientation}"] if self.orientation != 1 else []
        words += [f"{self.frames}frames"] if self.frames != 1 else []
        words += ["progressive"] if self.progressive else []
        words += [self.profile] if self.profile else []
        words += ["lossless"] if self.lossless else []
        return "-".join(words)

    def bytes(self) -> bytes:
        return _encoded(self)


def picture(
    format: str = "jpeg",
    color: str = "rgb",
    size: tuple[int, int] = (64, 48),
    depth: int = 8,
    orientation: int = 1,
    frames: int = 1,
    progressive: bool = False,
    profile: str | None = None,
    lossless: bool = False,
    damage: str | None = None,
) -> bytes:
    """An image of these properties; `damage` is a key of `corpus.damage.DAMAGES`, `profile` is `srgb` or `lab`."""
    case = Case(format, color, size, depth, orientation, frames, progressive, profile, lossless)
    data = case.bytes()
    return data if damage is None else spoil(data, damage)


def canvas(color: str, size: tuple[int, int], seed: int = 0) -> Image.Image:
    """A slope of colour with a little noise on it: it compresses as photos do."""
    noise = random.Random(seed)
    width, height = size
    pixels = bytes(
        value
        for y in range(height)
        for x in range(width)
        for value in (x * 255 // width, y * 255 // height, noise.randrange(200, 232))
    )
    image = Image.frombytes("RGB", size, pixels)
    if color in ("rgba", "gray-alpha"):
        image.putalpha(Image.linear_gradient("L").resize(size))
    return image.quantize(64) if color == "palette" else image.convert(_MODES[color])


@cache
def _encoded(case: Case) -> bytes:
    if case.format == "png" and (
        (case.format, case.depth) in _BY_HAND or (case.depth == 1 and case.color == "palette")
    ):
        return by_hand.png(case.color, case.size, case.depth, adam7=case.progressive)
    if case.format == "png" and case.progressive:
        return by_hand.png(case.color, case.size, case.depth, adam7=True)
    if (case.format, case.depth) in _BY_HAND:
        return by_hand.tiff(case.color, case.size, case.depth)
    if case.format == "bmp" and case.color == "rgba":
        return by_hand.bmp_with_alpha(case.size)
    return _by_pillow(case)


def _by_pillow(case: Case) -> bytes:
    pages = [canvas(case.color, case.size, seed) for seed in range(case.frames)]
    if case.depth == 1:
        pages = [page.convert("1") for page in pages]
    options = _options(case)
    if case.frames > 1:
        options |= {"save_all": True, "append_images": pages[1:]}
    out = io.BytesIO()
    pages[0].save(out, _PILLOW_NAMES[case.format], **options)
    return out.getvalue()


def _options(case: Case) -> dict[str, object]:
    options: dict[str, object] = {}
    if case.orientation != 1:
        options["exif"] = exif(case.orientation)
    if case.profile is not None:
        options["icc_profile"] = profile(case.profile)
    if case.progressive:
        options["progressive"] = True
    if case.format == "webp":
        options["lossless"] = case.lossless
    if case.format == "gif":
        options["interlace"] = int(case.progressive)
    return options


def exif(orientation: int) -> bytes:
    """An EXIF block with an orientation and the words that a camera writes."""
    block = Image.Exif()
    block[0x0112] = orientation
    block[0x010F] = "why400"
    return block.tobytes()


def exif_with_space(color_space: int, index: bytes = b"", order: str = "<") -> bytes:
    """A TIFF structure that names a colour space as cameras do: ColorSpace, and the interoperability index of DCF."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = order + "HHI4s"
    long = struct.Struct(order + "I").pack
    short = struct.pack(order + "HH", color_space, 0)
    main = struct.pack(order + "H", 1) + struct.pack(entry, 0x8769, 4, 1, long(26)) + long(0)
    detail = struct.pack(order + "H", 2) + struct.pack(entry, 0xA001, 3, 1, short)
    detail += struct.pack(entry, 0xA005, 4, 1, long(56)) + long(0)
    inner = struct.pack(order + "H", 1) + struct.pack(entry, 1, 2, 4, index.ljust(4, b"\0")) + long(0)
    return mark + long(8) + main + detail + inner


@cache
def profile(name: str) -> bytes:
    """An ICC profile as littleCMS makes it: `srgb` or `lab`."""
    made = ImageCms.createProfile("sRGB" if name == "srgb" else "LAB")
    return ImageCms.ImageCmsProfile(made).tobytes()
