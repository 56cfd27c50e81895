"""An AVIF or HEIC without its metadata: items of the meta box go, nothing else moves (ISO/IEC 14496-12 section 8.11).

Where pictures lie is told from the beginning of the file. So what is taken out of the meta box is made up by a `free`
box at its end, and the bytes of the items themselves become zeros where they stand.
"""

import struct
from dataclasses import dataclass

from why400.image.boxes import Box, boxes

_FREE = 8
_META_FIELDS = 4
_KINDS = (b"Exif",)
_MOST_PLACES = 2048
"""Of items in a file: a phone's picture is a grid of some hundred."""
_XMP = b"application/rdf+xml"


@dataclass(frozen=True, slots=True)
class _Item:
    """A row of the table of places (iloc): its own bytes, and where the item's bytes stand, in the file or in idat."""

    number: int
    row: bytes
    inside: bool
    places: tuple[tuple[int, int], ...]


def bare(data: bytes) -> bytes | None:
    """The file without EXIF and XMP; None where its structure cannot be followed."""
    meta = next((box for box in boxes(data, 0, len(data)) if box.kind == b"meta"), None)
    if meta is None or meta.end > len(data):
        return None
    try:
        return _without(data, meta)
    except (struct.error, IndexError):
        return None


def _without(data: bytes, meta: Box) -> bytes | None:
    parts = list(boxes(data, meta.start + _META_FIELDS, meta.end))
    named = {box.kind: box for box in parts}
    if not named.keys() >= {b"iinf", b"iloc"} or parts[-1].end != meta.end:
        return None
    gone = _metadata(data, named[b"iinf"])
    if not gone:
        return data
    places = _places(data, named[b"iloc"])
    made = bytearray(data)
    if places is None or not _blank(made, places, gone, named.get(b"idat")):
        return None
    changed = {
        b"iinf": lambda box: _names(data, box, gone),
        b"iloc": lambda box: _table(data, box, [item.row for item in places if item.number not in gone]),
        b"iref": lambda box: _links(data, box, gone),
    }
    inner, last = bytearray(), meta.start + _META_FIELDS
    for box in parts:
        write = changed.get(box.kind)
        inner += _boxed(box.kind, write(box)) if write else bytes(made[last : box.end])
        last = box.end
    room = meta.end - meta.start - _META_FIELDS - len(inner)
    if room < _FREE:
        return None
    made[meta.start + _META_FIELDS : meta.end] = inner + _boxed(b"free", bytes(room - _FREE))
    return bytes(made)


def _boxed(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _items(data: bytes, table: Box) -> list[tuple[Box, int]]:
    """The rows of the table of names (iinf) with the numbers of their items, 16 bits up to version 2 (infe)."""
    rows = _rows(data, table, 8 if data[table.start] else 6)
    return [(row, struct.unpack_from(">I" if data[row.start] > 2 else ">H", data, row.start + 4)[0]) for row in rows]


def _rows(data: bytes, table: Box, fields: int) -> list[Box]:
    """The boxes in a box, behind its own fields. IndexError: they are not all that is in it."""
    rows = list(boxes(data, table.start + fields, table.end))
    if (rows[-1].end if rows else table.start + fields) != table.end:
        raise IndexError
    return rows


def _metadata(data: bytes, table: Box) -> frozenset[int]:
    """The numbers of the items that are metadata."""
    found = []
    for row, number in _items(data, table):
        content = data[row.start : row.end]
        kind = content[10:14] if content[0] > 2 else content[8:12]
        if kind in _KINDS or (kind == b"mime" and _XMP in content):
            found.append(number)
    return frozenset(found)


def _names(data: bytes, table: Box, gone: frozenset[int]) -> bytes:
    kept = [data[row.start - 8 : row.end] for row, number in _items(data, table) if number not in gone]
    return _table(data, table, kept, 0, ">I" if data[table.start] else ">H")


def _table(data: bytes, table: Box, rows: list[bytes], fields: int = 2, number: str = "") -> bytes:
    """A table's own fields, the number of its rows, and these."""
    number = number or (">I" if data[table.start] > 1 else ">H")
    head = data[table.start : table.start + 4 + fields]
    return head + struct.pack(number, len(rows)) + b"".join(rows)


def _links(data: bytes, table: Box, gone: frozenset[int]) -> bytes:
    """The references between items (iref) but for those of items that go."""
    number = ">I" if data[table.start] else ">H"
    kept = data[table.start : table.start + 4]
    for link in _rows(data, table, 4):
        if struct.unpack_from(number, data, link.start)[0] not in gone:
            kept += data[link.start - 8 : link.end]
    return kept


def _places(data: bytes, table: Box) -> list[_Item] | None:
    """The rows of iloc (section 8.11.3); None where one says what is not followed here."""
    version, sizes = data[table.start], data[table.start + 4 : table.start + 6]
    wide = (sizes[0] >> 4, sizes[0] & 15, sizes[1] >> 4, sizes[1] & 15 if version else 0)
    at = table.start + 6
    count = int.from_bytes(data[at : at + (4 if version > 1 else 2)])
    at += 4 if version > 1 else 2
    items: list[_Item] = []
    known = 0
    for _ in range(count):
        read = _Reader(data, at, table.end)
        number = read.number(4 if version > 1 else 2)
        method = read.number(2) & 15 if version else 0
        elsewhere, base = read.number(2), read.number(wide[2])
        places: list[tuple[int, int]] = []
        parts = read.number(2)
        if method > 1 or elsewhere or (known := known + parts + 1) > _MOST_PLACES:
            return None
        for _ in range(parts):
            read.number(wide[3])
            places.append((base + read.number(wide[0]), read.number(wide[1])))
        items.append(_Item(number, data[at : read.at], method == 1, tuple(places)))
        at = read.at
    return items


@dataclass(slots=True)
class _Reader:
    """Numbers one after the other. IndexError: there are no more."""

    data: bytes
    at: int
    end: int

    def number(self, size: int) -> int:
        self.at += size
        if self.at > self.end:
            raise IndexError
        return int.from_bytes(self.data[self.at - size : self.at])


def _blank(made: bytearray, items: list[_Item], gone: frozenset[int], idat: Box | None) -> bool:
    """Make zeros of the bytes of items that go; False where others have a part in them, or there are none."""
    spans = [(item.number in gone, *span) for item in items for span in _spans(item, idat, len(made))]
    kept = sorted(span[1:] for span in spans if not span[0])
    for goes, start, end in spans:
        if goes and (end > len(made) or any(start < other_end and other < end for other, other_end in kept)):
            return False
    for goes, start, end in spans:
        if goes:
            made[start:end] = bytes(end - start)
    return True


def _spans(item: _Item, idat: Box | None, size: int) -> list[tuple[int, int]]:
    """Where an item's bytes begin and end in the file; a length of 0 is all that is left."""
    offset = idat.start if item.inside and idat else 0
    return [(offset + start, offset + start + length if length else size) for start, length in item.places]
