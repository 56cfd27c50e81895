"""AVIF by libavif's own functions: Pillow makes all of the picture three times, the decoder's, a copy and its own (8
bytes a pixel); here the decoder's stays as it is, luma and colour apart (1.5 to 3), and parts of it become pixels.

The functions are those of the library that Pillow has loaded already, its structures those of avif/avif.h 1.0 to 1.4:
of `avifDecoder` the place of its image, `avifRGBImage` and `avifCropRect`. Of any other version Pillow's way is left,
and so it is where a tiny picture does not become what Pillow makes of it.
"""

import ctypes
from ctypes import c_char_p, c_int, c_size_t, c_uint32, c_void_p
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from why400.decoding.sheet import Box, Sheet

_VERSIONS = tuple(f"1.{minor}." for minor in range(5))
_STRICT_AT, _IMAGE_AT = 40, 48
"""`avifDecoder`: ten fields of four bytes, the flags of what is not forgiven, then the pointer to its image."""

_FORGIVEN = 0b11
"""AVIF_STRICT_PIXI_REQUIRED and AVIF_STRICT_CLAP_VALID, which Pillow clears too: good encoders' files lack the one."""

_FORMATS = {"RGB": 0, "RGBA": 1}
"""`avifRGBFormat`."""

_AROUND = 2
"""Rows and columns around a part, of even number: colour at half the size is blended with its neighbours."""


class _Pixels(ctypes.Structure):
    """`avifRGBImage`, with room for what later versions add."""

    _fields_ = (
        *((name, c_uint32) for name in ("width", "height", "depth")),
        *((name, c_int) for name in ("format", "upsampling", "downsampling", "avoid_libyuv", "ignore_alpha")),
        *((name, c_int) for name in ("premultiplied", "is_float", "max_threads")),
        ("pixels", c_void_p),
        ("row_bytes", c_uint32),
        ("room", c_uint32 * 16),
    )


class _Rect(ctypes.Structure):
    """`avifCropRect`."""

    _fields_ = tuple((name, c_uint32) for name in ("x", "y", "width", "height"))


class _Decoder:
    """libavif's decoder of one file, its first picture decoded, as long as this object lives. OSError: it cannot."""

    def __init__(self, library: Any, data: bytes) -> None:
        self._library, self._data = library, data
        self._decoder = library.avifDecoderCreate()
        self._view = library.avifImageCreateEmpty()
        c_uint32.from_address(self._decoder + _STRICT_AT).value &= ~_FORGIVEN
        self._done(library.avifDecoderSetIOMemory(self._decoder, data, len(data)))
        self._done(library.avifDecoderParse(self._decoder))
        self._done(library.avifDecoderNextImage(self._decoder))
        self._image = c_void_p.from_address(self._decoder + _IMAGE_AT)

    def __del__(self) -> None:
        self._library.avifImageDestroy(self._view)
        self._library.avifDecoderDestroy(self._decoder)

    def _done(self, result: int) -> None:
        if result:
            raise OSError(self._library.avifResultToString(result).decode())

    def part(self, mode: str, box: Box) -> Any:
        """Pillow's picture of a box that begins and ends at even numbers or the edge."""
        width, height = box[2] - box[0], box[3] - box[1]
        self._done(self._library.avifImageSetViewRect(self._view, self._image, _Rect(*box[:2], width, height)))
        wanted = _Pixels()
        self._library.avifRGBImageSetDefaults(wanted, self._view)
        wanted.depth, wanted.format, wanted.row_bytes = 8, _FORMATS[mode], width * len(mode)
        pixels = bytearray(wanted.row_bytes * height)
        view = (ctypes.c_char * len(pixels)).from_buffer(pixels)
        wanted.pixels = ctypes.addressof(view)
        self._done(self._library.avifImageYUVToRGB(self._view, wanted))
        return Image.frombytes(mode, (width, height), pixels)


def sheet(opened: Any, data: bytes) -> Sheet | None:
    """The first picture of the opened file; None where only Pillow can make it. OSError: it cannot be decoded."""
    library = _library()
    if library is None or opened.mode not in _FORMATS or not _is_as_pillow_makes_it():
        return None
    opened._decoder = None
    return _sheet(_Decoder(library, data), opened.mode, opened.size, dict(opened.info))


def _sheet(decoder: _Decoder, mode: str, size: tuple[int, int], info: dict[str, Any]) -> Sheet:
    def cut(box: Box) -> Any:
        left, top = (max(0, edge - _AROUND) & ~1 for edge in box[:2])
        right, bottom = (min(most, (edge + _AROUND + 1) & ~1) for most, edge in zip(size, box[2:], strict=True))
        part = decoder.part(mode, (left, top, right, bottom))
        within = (box[0] - left, box[1] - top, box[2] - left, box[3] - top)
        return part if within == (0, 0, *part.size) else part.crop(within)

    return Sheet(mode, size, info, cut)


@cache
def _is_as_pillow_makes_it() -> bool:
    """Asked once in the life of a worker, of a picture of our own."""
    made = BytesIO()
    picture = Image.radial_gradient("L").resize((37, 23))
    Image.merge("RGB", (picture, picture.rotate(90), picture.rotate(180))).save(made, "AVIF", quality=60, speed=10)
    known = Image.open(made)
    known.load()
    found = _sheet(_Decoder(_library(), made.getvalue()), known.mode, known.size, {})
    return bool(found.whole().tobytes() == known.tobytes())


@cache
def _library() -> Any:
    """libavif, of a version whose structures are known."""
    try:
        from PIL import _avif

        library = ctypes.CDLL(_avif.__file__)
        library.avifVersion.restype = c_char_p
        if not library.avifVersion().decode().startswith(_VERSIONS):
            return None
        for name, result, arguments in _FUNCTIONS:
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
    except (AttributeError, ImportError, OSError):
        return None
    return library


_PIXELS, _RECT = ctypes.POINTER(_Pixels), ctypes.POINTER(_Rect)
_FUNCTIONS = (
    ("avifDecoderCreate", c_void_p, ()),
    ("avifDecoderSetIOMemory", c_int, (c_void_p, c_char_p, c_size_t)),
    ("avifDecoderParse", c_int, (c_void_p,)),
    ("avifDecoderNextImage", c_int, (c_void_p,)),
    ("avifDecoderDestroy", None, (c_void_p,)),
    ("avifImageCreateEmpty", c_void_p, ()),
    ("avifImageSetViewRect", c_int, (c_void_p, c_void_p, _RECT)),
    ("avifImageYUVToRGB", c_int, (c_void_p, _PIXELS)),
    ("avifImageDestroy", None, (c_void_p,)),
    ("avifRGBImageSetDefaults", None, (_PIXELS, c_void_p)),
    ("avifResultToString", c_char_p, (c_int,)),
)
