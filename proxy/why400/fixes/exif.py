"""Tags inside EXIF bytes (EXIF 2.32 section 4.6, TIFF 6.0 section 2). Pure; bounded; never raises."""

import struct

ORIENTATION, EXIF_POINTER, COLOR_SPACE = 0x0112, 0x8769, 0xA001
PREFIX = b"Exif\x00\x00"
_SRGB = 1


def upright(exif: bytes) -> bytes:
    """The same EXIF with orientation 1; all other bytes stay. Bytes that are no EXIF come back as they are."""
    return _changed(exif, (ORIENTATION,), 1)


def in_srgb(exif: bytes) -> bytes:
    """The same EXIF, which says sRGB where it said something of a colour space."""
    return _changed(exif, (EXIF_POINTER, COLOR_SPACE), _SRGB)


def _changed(exif: bytes, path: tuple[int, ...], value: int) -> bytes:
    """The SHORT at the end of a path of tags, the first in IFD0, changed where it is there."""
    base = len(PREFIX) if exif.startswith(PREFIX) else 0
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(exif[base : base + 4])
    if order is None or len(exif) < base + 8:
        return exif
    at = base + 4
    for tag in path:
        pointer = _pointer(exif, at, order)
        found = None if pointer is None else _value_of(exif, base + pointer, tag, order)
        if found is None:
            return exif
        at = found
    return exif[:at] + struct.pack(order + "H", value) + exif[at + 2 :]


def _pointer(exif: bytes, at: int, order: str) -> int | None:
    return None if at + 4 > len(exif) else int(struct.unpack_from(order + "I", exif, at)[0])


def _value_of(exif: bytes, ifd: int, tag: int, order: str) -> int | None:
    """Where the directory at `ifd` keeps the value of a tag."""
    if ifd + 2 > len(exif):
        return None
    for index in range(struct.unpack_from(order + "H", exif, ifd)[0]):
        entry = ifd + 2 + 12 * index
        if entry + 12 > len(exif):
            return None
        if struct.unpack_from(order + "H", exif, entry)[0] == tag:
            return entry + 8
    return None
