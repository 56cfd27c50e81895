"""HEIC as libheif leaves it: pillow-heif makes Pillow's picture while that is still there (8 bytes a pixel, this 5)."""

from typing import Any

from why400.decoding.heaviness import weight
from why400.decoding.sheet import Sheet, of_buffer
from why400.decoding.working import growing_by
from why400.image.facts import Color

_SPARE = 64 * 1024 * 1024
"""Bytes that the decoder may take beyond what its file's boxes tell: the pictures in it may be other than those say."""

_MODES = ("L", "RGB", "RGBA")


def sheet(opened: Any, data: bytes) -> Sheet | None:
    """The main picture of the opened file; None where only Pillow can make it. What its decoder raises passes through.

    Its size is known for certain once it is decoded.
    """
    file = getattr(opened, "_heif_file", None)
    if file is None or opened.mode not in _MODES:
        return None
    picture, opened._heif_file = file[opened.tell()], None
    width, height = opened.size
    color: Color = "rgba" if opened.mode == "RGBA" else "rgb"
    with growing_by(int(width * height * weight("heif", color, None, data)) + _SPARE):
        pixels = picture.data
    return of_buffer(pixels, opened.mode, opened.mode, picture.size, picture.stride, dict(opened.info))
