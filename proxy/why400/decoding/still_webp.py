"""WebP of one frame, by libwebp's own function: Pillow knows its decoder of animations alone, which keeps two canvases
beside the frame (14 bytes a pixel, 16 with what Pillow makes of it; this takes 4, of WebP without loss 8).

The function is that of the library that Pillow has loaded already (webp/decode.h, the same since 2010). Where it is
not to be found, Pillow's way is left.
"""

import ctypes
from functools import cache
from typing import Any

from why400.decoding.heaviness import webp_kind
from why400.decoding.sheet import Sheet, of_buffer

_PIXEL = 4
_MODES = {"RGB": "RGBX", "RGBA": "RGBA"}
"""Where there is no alpha the fourth byte is always 255."""


def sheet(opened: Any, data: bytes) -> Sheet | None:
    """The picture of the opened file; None where only Pillow can make it. OSError: it cannot be decoded."""
    decode = _decode_into()
    if decode is None or webp_kind(data) == "animated":
        return None
    opened._decoder = None  # its canvases
    (width, height), mode = opened.size, opened.mode
    pixels = bytearray(width * height * _PIXEL)
    view = (ctypes.c_char * len(pixels)).from_buffer(pixels)
    if not decode(data, len(data), ctypes.addressof(view), len(pixels), width * _PIXEL):
        raise OSError("it could not decode the picture data")
    del view
    return of_buffer(pixels, mode, _MODES[mode], (width, height), width * _PIXEL, dict(opened.info))


@cache
def _decode_into() -> Any:
    """`uint8_t *WebPDecodeRGBAInto(data, data_size, output_buffer, output_buffer_size, output_stride)`."""
    try:
        from PIL import _webp

        found = ctypes.CDLL(_webp.__file__).WebPDecodeRGBAInto
    except (AttributeError, ImportError, OSError):
        return None
    found.restype = ctypes.c_void_p
    found.argtypes = (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int)
    return found
