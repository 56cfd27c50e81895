"""HEIC as libheif leaves it: pillow-heif makes Pillow's picture while that is still there (8 bytes a pixel, this 5)."""

from typing import Any

from why400.decoding.sheet import Sheet, of_buffer

_MODES = ("L", "RGB", "RGBA")


def sheet(opened: Any, data: bytes) -> Sheet | None:
    """The main picture of the opened file; None where only Pillow can make it. What its decoder raises passes through.

    Its size is known for certain once it is decoded.
    """
    file = getattr(opened, "_heif_file", None)
    if file is None or opened.mode not in _MODES:
        return None
    picture, opened._heif_file = file[opened.tell()], None
    pixels = picture.data
    return of_buffer(pixels, opened.mode, opened.mode, picture.size, picture.stride, dict(opened.info))
