"""The name of an ICC profile (ICC.1:2022 sections 7.2, 9.2.41, 10.15), from as much of the profile as is at hand."""

from struct import Struct
from zlib import decompressobj
from zlib import error as ZlibError

from why400.image.reader import Source

CODE_POINTS = {(1, 13): "sRGB", (12, 13): "Display P3", (9, 16): "BT.2100 PQ", (9, 18): "BT.2100 HLG"}
"""Names of colour spaces that are told by numbers: colour primaries and transfer function (ITU-T H.273)."""

_U32 = Struct(">I").unpack_from
_TAG = Struct(">4sII").iter_unpack
_RECORD = Struct(">II").unpack_from
_TAG_TABLE = 128
_MOST_TAGS = 100
_LONGEST_NAME = 200
_FIRST_LOOK = 1024
_MOST_INFLATED = 65536


def description(profile: Source) -> str | None:
    """The text of the profile's `desc` tag, at most 200 characters. None where it is not there or not readable."""
    place = _place(profile)
    if place is None:
        return None
    start, size = place
    tag = bytes(profile[start : start + size])
    text = _plain(tag) if tag[:4] == b"desc" else _localized(tag) if tag[:4] == b"mluc" else ""
    return "".join(character for character in text if character.isprintable()).strip()[:_LONGEST_NAME] or None


def deflated_description(compressed: Source) -> str | None:
    """The same of a profile as PNG carries it (zlib). At most 64 KiB are inflated, whatever the stream claims."""
    inflate = decompressobj()
    try:
        profile = inflate.decompress(compressed, _FIRST_LOOK)
        place = _place(profile)
        missing = 0 if place is None else min(sum(place), _MOST_INFLATED) - len(profile)
        if missing > 0:
            profile += inflate.decompress(inflate.unconsumed_tail, missing)
    except ZlibError:
        return None
    return description(profile)


def _place(profile: Source) -> tuple[int, int] | None:
    if len(profile) < _TAG_TABLE + 4 or bytes(profile[36:40]) != b"acsp":
        return None
    count = min(_U32(profile, _TAG_TABLE)[0], _MOST_TAGS, (len(profile) - _TAG_TABLE - 4) // 12)
    for name, start, size in _TAG(profile[_TAG_TABLE + 4 : _TAG_TABLE + 4 + 12 * count]):
        if name == b"desc":
            return start, min(size, 4096)
    return None


def _plain(tag: bytes) -> str:
    """Version 2: a counted ASCII string."""
    if len(tag) < 12:
        return ""
    return tag[12 : 12 + min(_U32(tag, 8)[0], _LONGEST_NAME)].split(b"\0", 1)[0].decode("ascii", "replace")


def _localized(tag: bytes) -> str:
    """Version 4: the first of a list of UTF-16 strings."""
    if len(tag) < 28:
        return ""
    size, start = _RECORD(tag, 20)
    return tag[start : start + min(size, 2 * _LONGEST_NAME)].decode("utf-16-be", "replace")
