"""PNG and APNG (PNG specification, third edition): facts up to the first IDAT; chunks and checksums of a whole file."""

from dataclasses import dataclass, field
from struct import Struct
from zlib import crc32

from why400.image import exif, icc
from why400.image.facts import Color, Damage, Following, ImageFacts, NeedMore, Reading, Unread
from why400.image.png_rows import rows_damage
from why400.image.reader import ALL_PIECES, Reader, Source, junk_after, wanting

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_CHUNK = Struct(">I4s").unpack_from
_U32 = Struct(">I").unpack_from
_HEADER = Struct(">I4sIIBBBBBI").unpack_from
_HEADER_END = 33
_LARGEST = 2**31 - 1

_COLORS: dict[int, tuple[Color, frozenset[int]]] = {
    0: ("gray", frozenset({1, 2, 4, 8, 16})),
    2: ("rgb", frozenset({8, 16})),
    3: ("palette", frozenset({1, 2, 4, 8})),
    4: ("gray-alpha", frozenset({8, 16})),
    6: ("rgba", frozenset({8, 16})),
}
_STRONGEST_SPACE = (b"cICP", b"iCCP", b"sRGB", b"eXIf")
"""Which chunk's word on colour holds (section 4.3)."""

_TEXTS = frozenset({b"tEXt", b"zTXt", b"iTXt"})
_TOLD = frozenset({b"tRNS", b"acTL", b"iCCP", b"sRGB", b"cICP", b"eXIf"}) | _TEXTS
_METADATA = _TEXTS | {b"eXIf"}
_NAMES = ((b"XIf", 1), (b"Xt", 2))
"""Letters of these names, and how many stand before them: to look for two is enough."""

_BEHIND, _MOST_BEHIND = 4 * 1024, 8
_XMP = b"XML:com.adobe.xmp\0"

_MOST_BEFORE_PICTURE = 512
"""Chunks that are looked at for facts; a file has dozens."""

_MOST_CHUNKS = 16384
"""128 MiB of the 8 KiB pieces that libpng writes. Beyond this a file is made to keep readers busy."""


@dataclass(slots=True)
class _Notes:
    """What the chunks before the picture data told."""

    alpha: bool
    frames: int = 1
    orientation: int = 1
    spaces: dict[bytes, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()

    @property
    def space(self) -> str | None:
        """The strongest word on colour."""
        if not self.spaces:
            return None
        return next((self.spaces[chunk] for chunk in _STRONGEST_SPACE if chunk in self.spaces), None)


def read(data: Source, complete: bool) -> Reading:
    """The facts of a PNG. `frames` of an APNG is what its acTL chunk claims, which is what players go by.

    EXIF and texts may stand behind the picture too; they are seen in the last 4 KiB of a whole file.
    """
    if len(data) < _HEADER_END:
        return wanting(_HEADER_END, data, complete, "its header")
    damage = _header_damage(data)
    if damage is not None:
        return damage
    _, _, width, height, depth, kind, _, _, interlace, _ = _HEADER(data, 8)
    color = _COLORS[kind][0]
    notes = _Notes(alpha=kind in (4, 6))
    missing = _tell(data, complete, notes)
    if isinstance(missing, Damage):
        return missing
    if complete:
        _tell_behind(data, notes)
    facts = ImageFacts(
        "png",
        "image/png",
        width,
        height,
        color,
        depth,
        notes.orientation,
        notes.frames,
        notes.alpha,
        notes.space,
        interlace == 1,
        notes.kinds,
    )
    return facts if missing is None else NeedMore(missing.upto, facts)


def structure(data: Source, most: int = ALL_PIECES) -> Following:
    """What is wrong with a whole PNG: a checksum, the order of chunks, a cut, bytes after the end."""
    if len(data) < _HEADER_END:
        return Damage("truncated", len(data), "the file ends inside its header")
    view = memoryview(data)
    at, previous, seen = 8, b"", {b""}
    for _ in range(min(most, _MOST_CHUNKS)):
        if at + 12 > len(view):
            return Damage("truncated", len(view), f"the file ends after its {_name(previous)} chunk: no IEND chunk")
        length, kind = _CHUNK(view, at)
        damage = _chunk_damage(view, at, length, kind) or _order_damage(at, kind, previous, seen, view[25])
        if damage is None and kind == b"IDAT" and previous != b"IDAT":
            damage = _rows_damage(view, at, length)
        if damage is not None:
            return damage
        at += 12 + length
        if kind == b"IEND":
            return junk_after(data, at, "the IEND chunk")
        previous = kind
        seen.add(kind)
    return Unread() if most < _MOST_CHUNKS else Damage("corrupt", at, f"more than {_MOST_CHUNKS} chunks")


def _header_damage(data: Source) -> Damage | None:
    length, name, width, height, depth, kind, _, _, _, checksum = _HEADER(data, 8)
    if name != b"IHDR" or length != 13:
        return Damage("corrupt", 8, f"the first chunk is {_name(name)} of {length} bytes, not IHDR of 13")
    if crc32(bytes(data[12:29])) != checksum:
        return Damage("corrupt", 29, "the checksum of the IHDR chunk does not fit")
    if kind not in _COLORS or depth not in _COLORS[kind][1]:
        return Damage("corrupt", 24, f"no PNG has colour type {kind} with {depth} bits")
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        return Damage("corrupt", 16, f"a size of {width} x {height}")
    return None


def _tell(data: Source, complete: bool, notes: _Notes) -> NeedMore | Damage | None:
    """Walk the chunks up to the picture data. None: all of them were there, or enough of them."""
    at = _HEADER_END
    for _ in range(_MOST_BEFORE_PICTURE):
        if at + 8 > len(data):
            return wanting(at + 8, data, complete, "its chunks, before any picture data")
        length, kind = _CHUNK(data, at)
        if kind == b"IDAT":
            return None
        if kind == b"IEND" or length > _LARGEST:
            return Damage("corrupt", at, "no picture data" if kind == b"IEND" else f"a chunk of {length} bytes")
        end = at + 8 + length
        if kind in _TOLD:
            if end > len(data):
                return wanting(end, data, complete, f"its {_name(kind)} chunk")
            _note(notes, kind, memoryview(data)[at + 8 : end])
        at = end + 4
    return None


def _tell_behind(data: Source, notes: _Notes) -> None:
    """Find the chunks of metadata behind the picture, by their names and checksums."""
    start = max(len(data) - _BEHIND, _HEADER_END)
    tail = bytes(data[start:])
    for letters, before in _NAMES:
        at = tail.find(letters)
        for _ in range(_MOST_BEHIND):
            if at < 0:
                break
            _note_behind(notes, memoryview(tail), at - before)
            at = tail.find(letters, at + 1)


def _note_behind(notes: _Notes, tail: memoryview, at: int) -> None:
    """Keep what the chunk tells whose name stands at `at`, if it is one."""
    kind = bytes(tail[at : at + 4]) if at >= 4 else b""
    length = _U32(tail, at - 4)[0] if kind in _METADATA else len(tail)
    end = at + 4 + length
    if end + 4 <= len(tail) and crc32(tail[at:end]) == _U32(tail, end)[0]:
        _note(notes, kind, tail[at + 4 : end])


def _note(notes: _Notes, kind: bytes, content: memoryview) -> None:
    if kind == b"tRNS":
        notes.alpha = True
    elif kind == b"acTL" and len(content) >= 4:
        notes.frames = _U32(content, 0)[0] or 1
    elif kind == b"sRGB":
        notes.spaces[kind] = "sRGB"
    elif kind == b"cICP" and len(content) >= 2:
        notes.spaces[kind] = icc.CODE_POINTS.get((content[0], content[1]), f"cICP {content[0]}/{content[1]}")
    elif kind == b"iCCP" and _is_new(notes, "icc"):
        notes.spaces[kind] = _profile(content) or "unnamed"
    elif kind == b"eXIf" and _is_new(notes, "exif"):
        _note_exif(notes, content)
    elif kind in _TEXTS:
        _is_new(notes, "xmp" if bytes(content[: len(_XMP)]) == _XMP else "text")


def _is_new(notes: _Notes, kind: str) -> bool:
    """Keep the kind of metadata, and say whether it is the first of it: a second one is not looked into."""
    if kind in notes.kinds:
        return False
    notes.kinds = (*notes.kinds, kind)
    return True


def _note_exif(notes: _Notes, content: memoryview) -> None:
    seen = exif.read(content)
    notes.orientation = seen.orientation
    if seen.space is not None:
        notes.spaces[b"eXIf"] = seen.space


def _profile(content: memoryview) -> str | None:
    """The profile's own name; the chunk's keyword (at most 79 bytes, then a method byte) where it has none."""
    keyword = bytes(content[:80]).split(b"\0", 1)[0]
    name = icc.deflated_description(content[len(keyword) + 2 :])
    return name or "".join(filter(str.isprintable, keyword.decode("latin-1"))) or None


def _chunk_damage(view: memoryview, at: int, length: int, kind: bytes) -> Damage | None:
    if length > _LARGEST or not kind.isalpha():
        return Damage("corrupt", at, f"no chunk can have the name {_name(kind)} and {length} bytes")
    if at + 12 + length > len(view):
        return Damage("truncated", len(view), f"the file ends inside its {_name(kind)} chunk")
    if crc32(view[at + 4 : at + 8 + length]) != _U32(view, at + 8 + length)[0]:
        return Damage("corrupt", at + 8 + length, f"the checksum of a {_name(kind)} chunk does not fit")
    return None


def _rows_damage(view: memoryview, at: int, length: int) -> Damage | None:
    """What the first chunk of the picture says against the size in the header."""
    _, _, width, height, depth, kind, _, _, interlace, _ = _HEADER(view, 8)
    alone = bytes(view[at + 16 + length : at + 20 + length]) != b"IDAT"
    chunk = view[at + 8 : at + 8 + length]
    return None if interlace else rows_damage(chunk, width, height, depth, kind, all_of_it=alone)


def _order_damage(at: int, kind: bytes, previous: bytes, seen: set[bytes], color: int) -> Damage | None:
    """Section 5.6: IHDR first and once, a palette before its picture, the IDAT chunks together, IEND after them."""
    if (kind == b"IHDR") != (at == 8):
        return Damage("corrupt", at, "IHDR is not the first chunk, or stands there twice")
    if kind == b"IDAT" and previous != b"IDAT" and b"IDAT" in seen:
        return Damage("corrupt", at, "the IDAT chunks do not follow each other")
    if kind == b"IDAT" and color == 3 and b"PLTE" not in seen:
        return Damage("corrupt", at, "an indexed picture without a palette")
    if kind == b"IEND" and b"IDAT" not in seen:
        return Damage("corrupt", at, "no picture data")
    return None


def _name(kind: bytes) -> str:
    """A chunk's name for people: four letters, or what stands in their place."""
    return kind.decode("ascii") if kind.isalpha() else f"0x{kind.hex()}"


READER = Reader(
    name="png",
    media_types=("image/png", "image/apng", "image/x-png", "image/vnd.mozilla.apng"),
    extensions=("png", "apng"),
    starts=b"\x89",
    matches=lambda head: head[:8] == SIGNATURE and head[12:16] != b"CgBI",
    read=read,
    structure=structure,
)
