"""Image file directories: the tags of TIFF 6.0 (section 2), BigTIFF and EXIF 2.32 (section 4.6.2)."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from why400.image.reader import Source

_WIDTHS = {1: "B", 3: "H", 4: "I", 7: "B", 13: "I", 16: "Q", 18: "Q"}
"""TIFF field types that hold unsigned numbers or bytes: BYTE SHORT LONG UNDEFINED IFD LONG8 IFD8."""

_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes of one value of each type."""

_PRIVATE = 0x8000
"""Tags from here on are anybody's own (section 8)."""

_MOST_ENTRIES = 512
"""Real directories have dozens. The format allows 65,535 (BigTIFF: 2**64), which nobody needs to look through."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a directory is laid out: byte order, and the width of its counts and offsets."""

    order: str
    count: Struct
    entry: Struct
    offset: Struct
    first: int
    """Where the header keeps the first directory's offset."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One tag: its TIFF type, how many values it has, and the bytes of its value field."""

    kind: int
    count: int
    field: bytes


@dataclass(frozen=True, slots=True)
class Directory:
    """The wanted tags of one directory, where it ends, and where the next one is (0: there is none)."""

    entries: dict[int, Entry]
    end: int
    following: int


def _classic(order: str) -> Layout:
    return Layout(order, Struct(order + "H"), Struct(order + "HHI4s"), Struct(order + "I"), 4)


def _big(order: str) -> Layout:
    return Layout(order, Struct(order + "Q"), Struct(order + "HHQ8s"), Struct(order + "Q"), 8)


_LAYOUTS = {
    b"II*\0": _classic("<"),
    b"MM\0*": _classic(">"),
    b"II+\0": _big("<"),
    b"MM\0+": _big(">"),
}


def layout(header: bytes) -> Layout | None:
    """The layout that the first four bytes of a TIFF structure name."""
    return _LAYOUTS.get(header)


def size_at(data: Source, at: int, form: Layout) -> int | None:
    """How many bytes the directory at `at` takes, its link to the next one included. None: its count is not here."""
    if at + form.count.size > len(data):
        return None
    (count,) = form.count.unpack_from(data, at)
    return int(form.count.size + count * form.entry.size + form.offset.size)


def directory(data: Source, at: int, form: Layout, wanted: frozenset[int]) -> Directory | None:
    """The directory at `at`, of which the first 512 entries are looked at. None: it is not all within `data`."""
    size = size_at(data, at, form)
    if size is None or at + size > len(data):
        return None
    start = at + form.count.size
    link = at + size - form.offset.size
    rows = form.entry.iter_unpack(data[start : min(link, start + _MOST_ENTRIES * form.entry.size)] if wanted else b"")
    entries: dict[int, Entry] = {}
    for tag, kind, count, field in rows:
        # Of a tag that stands twice, which the format forbids, the first counts: so do libtiff and Pillow read it.
        if tag in wanted and tag not in entries:
            entries[tag] = Entry(kind, count, field)
    return Directory(entries, at + size, form.offset.unpack_from(data, link)[0])


def values_end(data: Source, at: int, form: Layout, most: int) -> int:
    """Where the values end that the directory at `at` keeps elsewhere: of the first `most`, those that are public."""
    start = at + form.count.size
    entries = min(form.count.unpack_from(data, at)[0], most, (len(data) - start) // form.entry.size)
    rows = form.entry.iter_unpack(data[start : start + entries * form.entry.size])
    sizes = ((field, _SIZES.get(kind, 0) * count) for tag, kind, count, field in rows if tag < _PRIVATE)
    return max((form.offset.unpack(field)[0] + size for field, size in sizes if size > len(field)), default=0)


def place(entry: Entry, form: Layout) -> tuple[int, int] | None:
    """Offset and size of a value that lies outside its entry. None: it lies inside, or its type is not known."""
    width = _WIDTHS.get(entry.kind)
    if width is None:
        return None
    size = entry.count * Struct(width).size
    if size <= len(entry.field):
        return None
    return form.offset.unpack(entry.field)[0], size


def numbers(data: Source, entry: Entry, form: Layout, most: int) -> tuple[int, ...]:
    """The first `most` values of a tag. Empty where they are not within `data` or are no unsigned numbers."""
    width = _WIDTHS.get(entry.kind)
    if width is None:
        return ()
    values = Struct(f"{form.order}{min(entry.count, most)}{width}")
    outside = place(entry, form)
    if outside is None:
        return values.unpack_from(entry.field, 0)
    start = outside[0]
    return values.unpack_from(data, start) if start + values.size <= len(data) else ()


def number(data: Source, entries: dict[int, Entry], tag: int, form: Layout) -> int | None:
    """The first value of a tag, or None."""
    entry = entries.get(tag)
    values = numbers(data, entry, form, 1) if entry is not None else ()
    return values[0] if values else None


def chain(data: Source, form: Layout, wanted: frozenset[int], most: int) -> Iterator[tuple[int, Directory | None]]:
    """Offset and content of each directory from the first on, `most` at most. It ends after one that is not here."""
    at = form.offset.unpack_from(data, form.first)[0] if len(data) >= form.first + form.offset.size else 0
    for _ in range(most):
        if at == 0:
            return
        found = directory(data, at, form, wanted)
        yield at, found
        if found is None:
            return
        at = found.following
