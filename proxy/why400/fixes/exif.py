"""The orientation tag inside EXIF bytes (EXIF 2.32 section 4.6.4, TIFF 6.0 section 2). Pure; bounded; never raises."""

import struct

ORIENTATION = 0x0112
PREFIX = b"Exif\x00\x00"


def upright(exif: bytes) -> bytes:
    """The same EXIF with orientation 1; all other bytes stay. Bytes that are no EXIF come back as they are."""
    at = _value_offset(exif)
    if at is None:
        return exif
    offset, order = at
    return exif[:offset] + struct.pack(order + "H", 1) + exif[offset + 2 :]


def _value_offset(exif: bytes) -> tuple[int, str] | None:
    """Where IFD0 keeps the orientation's value, and the byte order."""
    base = len(PREFIX) if exif.startswith(PREFIX) else 0
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(exif[base : base + 4])
    if order is None or len(exif) < base + 8:
        return None
    ifd = base + struct.unpack_from(order + "I", exif, base + 4)[0]
    if ifd + 2 > len(exif):
        return None
    for index in range(struct.unpack_from(order + "H", exif, ifd)[0]):
        entry = ifd + 2 + 12 * index
        if entry + 12 > len(exif):
            return None
        if struct.unpack_from(order + "H", exif, entry)[0] == ORIENTATION:
            return entry + 8, order
    return None
