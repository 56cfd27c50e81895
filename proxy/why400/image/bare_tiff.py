"""A TIFF without metadata (TIFF 6.0 section 2, EXIF 2.32 section 4.6): entries go, what they point to is blanked.

Nothing is moved: all offsets stay true, and so does every byte of the picture, which is looked at afterwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from why400.image import ifd
from why400.image.ifd import Layout
from why400.image.tiff import TEXTS

_EXIF, _GPS, _INTEROPERABILITY = 0x8769, 0x8825, 0xA005
_DIRECTORIES = frozenset({_EXIF, _GPS, _INTEROPERABILITY})
_DROPPED = _DIRECTORIES | TEXTS | {0x2BC, 0x83BB, 0x8649}
"""XMP, IPTC and Photoshop's blocks too."""

_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
"""Bytes of a value of each field type; BigTIFF's from 16 on."""

_PICTURE = {0x111: 0x117, 0x144: 0x145}
"""Where strips and tiles begin, and how long they are."""

_MOST_PAGES, _MOST_ENTRIES, _MOST_PLACES = 256, 512, 65_536

Row = tuple[int, int, int, bytes]
"""A directory's entry: tag, field type, how many values, and the field of the value or its offset."""


Place = tuple[int, int]
"""Where something begins and ends in the file."""


@dataclass(frozen=True, slots=True)
class _Directory:
    at: int
    end: int
    rows: list[Row]
    following: int


def bare(data: bytes) -> bytes | None:
    """The file without metadata; None where it cannot be followed, or where its picture would be hit."""
    form = ifd.layout(data[:4])
    pages = None if form is None else _pages(data, form)
    if form is None or pages is None:
        return None
    found = _gone(data, pages, form)
    gone = None if found is None else _sane(data, found)
    kept = _sane(data, (where for page in pages for where in _kept(data, page, form)))
    if gone is None or kept is None:
        return None
    made = bytearray(data)
    for start, end in gone:
        made[start:end] = bytes(end - start)
    for page in pages:
        _rewrite(made, page, form)
    return bytes(made) if all(made[start:end] == data[start:end] for start, end in kept) else None


def _sane(data: bytes, places: Iterable[Place]) -> list[Place] | None:
    """The places as far as they are in the file; None where they are more than a file has room for."""
    found = [(start, min(end, len(data))) for start, end in islice(places, _MOST_PLACES) if start < len(data)]
    size = sum(end - start for start, end in found)
    return found if len(found) < _MOST_PLACES and size <= len(data) else None


def _pages(data: bytes, form: Layout) -> list[_Directory] | None:
    """All directories of pages; None where one is not there, or their chain is too long or loops."""
    pages: list[_Directory] = []
    at = form.offset.unpack_from(data, form.first)[0] if len(data) >= form.first + form.offset.size else 0
    while at:
        page = _directory(data, at, form)
        if page is None or len(pages) == _MOST_PAGES:
            return None
        pages.append(page)
        at = page.following
    return pages or None


def _directory(data: bytes, at: int, form: Layout) -> _Directory | None:
    size = ifd.size_at(data, at, form)
    if size is None or at + size > len(data) or size > _MOST_ENTRIES * form.entry.size:
        return None
    link = at + size - form.offset.size
    rows = list(form.entry.iter_unpack(data[at + form.count.size : link]))
    return _Directory(at, at + size, rows, form.offset.unpack_from(data, link)[0])


def _gone(data: bytes, pages: list[_Directory], form: Layout) -> list[Place] | None:
    """Where the values stand that go; directories that they point to, each once, with all their values.

    None: there are more of them than any file has.
    """
    rows = [row for page in pages for row in page.rows if row[0] in _DROPPED]
    gone: list[Place] = []
    followed: set[int] = set()
    done = 0
    while rows:
        done += 1
        if done + len(rows) > _MOST_PLACES:
            return None
        row = rows.pop()
        below = _below(data, row, form, followed)
        where = _outside(row, form) if below is None else (below.at, below.end)
        gone += [where] if where else []
        rows += below.rows if below else []
    return gone


def _below(data: bytes, row: Row, form: Layout, followed: set[int]) -> _Directory | None:
    """The directory that an entry points to, if it does and that was not met before."""
    if row[0] not in _DIRECTORIES or _pointer(row, form) in followed:
        return None
    followed.add(_pointer(row, form))
    return _directory(data, _pointer(row, form), form)


def _pointer(row: Row, form: Layout) -> int:
    return int(form.offset.unpack(row[3])[0])


def _outside(row: Row, form: Layout) -> Place | None:
    """Where a value stands that is too large for its entry."""
    size = _WIDTHS.get(row[1], 0) * row[2]
    if size <= len(row[3]):
        return None
    start = _pointer(row, form)
    return start, start + size


def _rewrite(made: bytearray, page: _Directory, form: Layout) -> None:
    """The directory with the rows that stay, in its old place."""
    rows = [row for row in page.rows if row[0] not in _DROPPED]
    content = form.count.pack(len(rows)) + b"".join(form.entry.pack(*row) for row in rows)
    content += form.offset.pack(page.following)
    gone = (len(page.rows) - len(rows)) * form.entry.size
    made[page.at : page.at + len(content) + gone] = content + bytes(gone)


def _kept(data: bytes, page: _Directory, form: Layout) -> Iterator[Place]:
    """Where that stands which must not have changed: values of the rows that stay, and the picture."""
    rows = {row[0]: row for row in page.rows if row[0] not in _DROPPED}
    yield from filter(None, (_outside(row, form) for row in rows.values()))
    for starts, sizes in _PICTURE.items():
        if starts in rows and sizes in rows:
            places = [ifd.numbers(data, ifd.Entry(*rows[tag][1:]), form, _MOST_PLACES) for tag in (starts, sizes)]
            yield from ((start, start + size) for start, size in zip(*places, strict=False))
