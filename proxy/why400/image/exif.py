"""The two things of EXIF that change what a model sees: orientation and colour space (EXIF 2.32, DCF 2.0)."""

from dataclasses import dataclass

from why400.image import ifd
from why400.image.reader import Source

ORIENTATION = 0x0112
EXIF_POINTER = 0x8769
_COLOR_SPACE = 0xA001
_INTEROPERABILITY_POINTER = 0xA005
_INTEROPERABILITY_INDEX = 0x0001

_MAIN = frozenset({ORIENTATION, EXIF_POINTER})
_DETAIL = frozenset({_COLOR_SPACE, _INTEROPERABILITY_POINTER})
_INTEROPERABILITY = frozenset({_INTEROPERABILITY_INDEX})
_SPACES = {1: "sRGB", 2: "Adobe RGB"}


@dataclass(frozen=True, slots=True)
class Exif:
    """Orientation 1 to 8, and the colour space that the camera names, if any."""

    orientation: int = 1
    space: str | None = None


NOTHING = Exif()


def read(data: Source) -> Exif:
    """What an EXIF block says: a TIFF structure, without the `Exif` marker that JPEG puts in front of it."""
    form = ifd.layout(bytes(data[:4]))
    if form is None or len(data) < form.first + form.offset.size:
        return NOTHING
    main = ifd.directory(data, form.offset.unpack_from(data, form.first)[0], form, _MAIN)
    if main is None:
        return NOTHING
    turn = ifd.number(data, main.entries, ORIENTATION, form)
    return Exif(upright_or(turn), space(data, main.entries, form))


def upright_or(value: int | None) -> int:
    """An orientation tag's value; 1 where it is absent or not one of the eight that exist."""
    return value if value is not None and 1 <= value <= 8 else 1


def space(data: Source, entries: dict[int, ifd.Entry], form: ifd.Layout) -> str | None:
    """The colour space that the EXIF directory behind `entries` names."""
    detail = _behind(data, entries, EXIF_POINTER, form, _DETAIL)
    named = ifd.number(data, detail, _COLOR_SPACE, form)
    if named == 0xFFFF and _interoperability(data, detail, form) == b"R03":
        return "Adobe RGB"  # Cameras write "uncalibrated", and the interoperability index of DCF says which.
    return _SPACES.get(named) if named is not None else None


def _interoperability(data: Source, detail: dict[int, ifd.Entry], form: ifd.Layout) -> bytes:
    index = _behind(data, detail, _INTEROPERABILITY_POINTER, form, _INTEROPERABILITY).get(_INTEROPERABILITY_INDEX)
    return index.field[:3] if index is not None else b""


def _behind(
    data: Source, entries: dict[int, ifd.Entry], pointer: int, form: ifd.Layout, wanted: frozenset[int]
) -> dict[int, ifd.Entry]:
    at = ifd.number(data, entries, pointer, form)
    found = ifd.directory(data, at, form, wanted) if at is not None else None
    return found.entries if found is not None else {}
