"""File names in the heads of form parts: extensions that follow a new format, bytes that every server reads. Pure."""

import re
from collections.abc import Callable

_OF_HEIF = ("heic", "heif", "hif", "heics", "heifs")
EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif", "jif"),
    "image/png": ("png", "apng"),
    "image/webp": ("webp",),
    "image/gif": ("gif",),
    "image/bmp": ("bmp", "dib"),
    "image/tiff": ("tif", "tiff"),
    "image/avif": ("avif", "avifs"),
    "image/heic": _OF_HEIF,
    "image/heif": _OF_HEIF,
    "image/jp2": ("jp2", "j2k", "jpf", "jpx"),
    "image/jxl": ("jxl",),
    "image/vnd.microsoft.icon": ("ico",),
    "image/svg+xml": ("svg",),
}
"""What files of a type are called, its usual extension first."""

OF_IMAGES = frozenset(extension for many in EXTENSIONS.values() for extension in many)
"""What files of images are called."""

_NAME = re.compile(rb"""(;[ \t]*filename\*?[ \t]*=[ \t]*)("(?:[^"\\\r\n]|\\.)*"?|[^";\r\n]*)""", re.IGNORECASE)
_EXTENSION = re.compile(rb"\.([A-Za-z0-9]{2,5})(?=\s*\"?\s*$)")


def extension_of(media_type: str, otherwise: str) -> str:
    """The usual extension of an image type, without its dot; `otherwise` for what is none."""
    return EXTENSIONS.get(media_type, (otherwise,))[0]


def following(head: bytes, media_type: str) -> bytes:
    """A part's head where a file name with the extension of another image type gets the right one.

    Everything else of the name stays: its folders, its spelling, and an extension of no image.
    """
    wanted = EXTENSIONS.get(media_type)
    if wanted is None:
        return head

    def renamed(extension: re.Match[bytes]) -> bytes:
        is_wrong = extension[1].decode("ascii").lower() in OF_IMAGES - set(wanted)
        return b"." + wanted[0].encode("ascii") if is_wrong else extension[0]

    return _each(head, lambda value: _EXTENSION.sub(renamed, value))


def readable(head: bytes) -> bytes:
    """A part's head where bytes of a file name that are not UTF-8 become `_`: the name can be told in no other way."""
    return _each(head, lambda value: value if _is_utf8(value) else re.sub(rb"[\x80-\xff]", b"_", value))


def _each(head: bytes, change: Callable[[bytes], bytes]) -> bytes:
    return _NAME.sub(lambda found: found[1] + change(found[2]), head)


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
