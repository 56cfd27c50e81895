"""AVIF and HEIF (ISO/IEC 23008-12, AV1 image file format): facts of the primary item, from the meta box."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from struct import Struct

from why400.image import icc
from why400.image.boxes import Box, boxes
from why400.image.facts import Color, Damage, ImageFacts, Reading
from why400.image.reader import ALL_PIECES, Reader, Source, junk_after, wanting

_U16 = Struct(">H").unpack_from
_U32 = Struct(">I").unpack_from
_SIZE = Struct(">II").unpack_from
_FRACTIONS = Struct(">IIII").unpack_from
_CODE_POINTS = Struct(">HH").unpack_from

_AVIF_BRANDS = frozenset({b"avif", b"avis"})
_HEIF_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_SEQUENCE_BRANDS = frozenset({b"avis", b"hevc", b"hevx", b"msf1"})
_ALPHA_URNS = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0", b"urn:mpeg:hevc:2015:auxid:1\0")
_TURNED = {
    (0, None): 1,
    (1, None): 8,
    (2, None): 3,
    (3, None): 6,
    (0, 0): 4,
    (0, 1): 2,
    (1, 0): 5,
    (1, 1): 7,
    (2, 0): 2,
    (2, 1): 4,
    (3, 0): 7,
    (3, 1): 5,
}
"""EXIF orientation by quarter turns to the left (irot) and the mirror's axis after them (imir)."""

_MOST_ITEMS = 1024
_MOST_TRACKS = 8
_LARGEST_META = 1 << 20


@dataclass(slots=True)
class _Notes:
    """What the properties of the primary item told."""

    size: tuple[int, int] | None = None
    aperture: tuple[int, int] | None = None
    depth: int | None = None
    channels: int | None = None
    alpha: bool = False
    turns: int = 0
    mirror: int | None = None
    profile: str | None = None
    kinds: dict[str, None] = field(default_factory=dict)


def read(data: Source, complete: bool) -> Reading:
    """The facts of an AVIF or HEIF. Its meta box is needed, which is bounded and stands before the pictures."""
    bare = ImageFacts("avif", "image/avif") if _codec(data) == "avif" else ImageFacts("heif", "image/heic")
    following = 0
    for box in boxes(data, 0, len(data)):
        if box.kind == b"meta":
            if box.end - box.start > _LARGEST_META:
                return bare
            if box.end > len(data):
                return wanting(box.end, data, complete, "its meta box")
            sequence = bytes(data[8:12]) in _SEQUENCE_BRANDS
            return _facts(bare, _notes(data, box), _samples(data) if sequence else 1)
        following = box.end
    return wanting(max(following, len(data)) + 8, data, complete, "its boxes: no meta box")


def structure(data: Source, most: int = ALL_PIECES) -> Damage | None:
    """What is wrong with a whole file: a box that goes beyond its end, no meta box, a rest that is no box."""
    end, kinds = 0, set()
    for box in boxes(data, 0, len(data)):
        if box.end > len(data):
            return Damage("truncated", len(data), f"a box goes up to {box.end}, there are {len(data)} bytes")
        end = box.end
        kinds.add(box.kind)
    if not kinds & {b"meta", b"moov"}:
        return Damage("corrupt", end, "no meta box")
    return junk_after(data, end, "the last box")


def _codec(head: Source) -> str | None:
    """Which of the two the ftyp box names. The generic brand `mif1` leaves it to the compatible ones."""
    if len(head) < 16 or bytes(head[4:8]) != b"ftyp":
        return None
    listed = bytes(head[16 : min(_U32(head, 0)[0], 128)])
    brands = {bytes(head[8:12])} | {listed[at : at + 4] for at in range(0, len(listed), 4)}
    if brands & _AVIF_BRANDS:
        return "avif"
    return "heif" if bytes(head[8:12]) in _HEIF_BRANDS else None


def _notes(data: Source, meta: Box) -> _Notes:
    notes = _Notes()
    parts = {box.kind: box for box in boxes(data, meta.start + 4, meta.end)}
    inner = {box.kind: box for box in _inside(data, parts.get(b"iprp"), 0)}
    properties = list(_inside(data, inner.get(b"ipco"), 0))
    primary = _primary(data, parts.get(b"pitm"))
    for index in _associated(data, inner.get(b"ipma"), primary):
        if 0 < index <= len(properties) and properties[index - 1].end <= meta.end:
            _note(notes, data, properties[index - 1])
    notes.alpha = any(box.kind == b"auxC" and _is_alpha(data, box) for box in properties)
    notes.kinds.update(_item_kinds(data, parts.get(b"iinf")))
    return notes


def _inside(data: Source, box: Box | None, skipped: int) -> Iterator[Box]:
    """The boxes in a box, behind the `skipped` bytes of its own fields."""
    return boxes(data, box.start + skipped, box.end) if box is not None else iter(())


def _primary(data: Source, box: Box | None) -> int | None:
    """The number of the primary item (pitm; a 16-bit number in version 0, 32 bits in version 1)."""
    if box is None or box.end - box.start < 6 or box.start + 8 > len(data):
        return None
    return int((_U32 if data[box.start] else _U16)(data, box.start + 4)[0])


def _associated(data: Source, box: Box | None, item: int | None) -> list[int]:
    """The 1-based indexes of the properties of `item` (ipma, ISO/IEC 23008-12 section 9.3)."""
    if box is None or box.start + 8 > min(box.end, len(data)):
        return []
    number, step = (_U32, 4) if data[box.start] else (_U16, 2)
    wide = data[box.start + 3] & 1
    at, end = box.start + 8, min(box.end, len(data))
    for _ in range(min(_U32(data, box.start + 4)[0], _MOST_ITEMS)):
        if at + step + 1 > end:
            return []
        found, count = number(data, at)[0], data[at + step]
        at += step + 1
        stop = at + (count << wide)
        if found == item and stop <= end:
            row = bytes(data[at:stop])
            return [_U16(row, i)[0] & 0x7FFF for i in range(0, len(row), 2)] if wide else [byte & 0x7F for byte in row]
        at = stop
    return []


def _note(notes: _Notes, data: Source, box: Box) -> None:
    """Keep what one property tells; the bytes of a property too short for its kind tell nothing."""
    content = bytes(data[box.start : min(box.end, box.start + 4096)])
    if box.kind == b"ispe" and len(content) >= 12:
        notes.size = _SIZE(content, 4)
    elif box.kind == b"clap" and len(content) >= 16:
        notes.aperture = _aperture(content)
    elif box.kind == b"pixi" and len(content) >= 6:
        notes.channels, notes.depth = content[4], content[5]
    elif box.kind == b"irot" and content:
        notes.turns = content[0] & 3
    elif box.kind == b"imir" and content:
        notes.mirror = content[0] & 1
    elif box.kind == b"av1C" and len(content) >= 3:
        notes.depth = notes.depth or (8, 10, 12, 12)[(content[2] >> 6 & 1) + (content[2] >> 5 & 1)]
        notes.channels = notes.channels or (1 if content[2] & 0x10 else 3)
    elif box.kind == b"hvcC" and len(content) >= 18:
        notes.depth = notes.depth or 8 + (content[17] & 7)
        notes.channels = notes.channels or (1 if content[16] & 3 == 0 else 3)
    elif box.kind == b"colr":
        _note_color(notes, content)


def _aperture(content: bytes) -> tuple[int, int] | None:
    """Width and height of the clean aperture: what is left of a picture that was padded (ISO/IEC 14496-12, 12.1.4)."""
    width, by, height, under = _FRACTIONS(content, 0)
    return (width // by, height // under) if by and under and width >= by and height >= under else None


def _note_color(notes: _Notes, content: bytes) -> None:
    """A profile has precedence over code points."""
    if content[:4] in (b"prof", b"rICC"):
        notes.kinds["icc"] = None
        notes.profile = icc.description(content[4:])
    elif content[:4] == b"nclx" and len(content) >= 8 and "icc" not in notes.kinds:
        notes.profile = icc.CODE_POINTS.get(_CODE_POINTS(content, 4))


def _is_alpha(data: Source, box: Box) -> bool:
    content = bytes(data[box.start + 4 : min(box.end, box.start + 64)])
    return content.startswith(_ALPHA_URNS)


def _item_kinds(data: Source, box: Box | None) -> dict[str, None]:
    """EXIF and XMP among the items (iinf, infe of version 2 or 3)."""
    if box is None or box.start >= len(data):
        return {}
    kinds: dict[str, None] = {}
    for item in _inside(data, box, 8 if data[box.start] else 6):
        content = bytes(data[item.start : min(item.end, item.start + 128)])
        kind = content[8:12] if content[:1] == b"\2" else content[10:14]
        if kind == b"Exif":
            kinds["exif"] = None
        elif kind == b"mime" and b"application/rdf+xml" in content:
            kinds["xmp"] = None
    return kinds


def _samples(data: Source) -> int | None:
    """The pictures of a sequence: the samples of its longest track (stsz, ISO/IEC 14496-12 section 8.7.3.2).

    None where the movie box, which stands behind the meta box, is not all here.
    """
    movie = next((box for box in boxes(data, 0, len(data)) if box.kind == b"moov" and box.end <= len(data)), None)
    tables = [table for track in islice(_inside(data, movie, 0), _MOST_TRACKS) for table in _table(data, track)]
    return max((_U32(data, box.start + 8)[0] for box in tables if box.start + 12 <= box.end <= len(data)), default=None)


def _table(data: Source, track: Box) -> Iterator[Box]:
    """The box of a track that counts its samples."""
    box: Box | None = track if track.kind == b"trak" else None
    for kind in (b"mdia", b"minf", b"stbl", b"stsz"):
        box = next((inner for inner in _inside(data, box, 0) if inner.kind == kind), None)
    if box is not None:
        yield box


def _facts(bare: ImageFacts, notes: _Notes, frames: int | None) -> ImageFacts:
    colors: dict[tuple[int | None, bool], Color] = {
        (1, False): "gray",
        (1, True): "gray-alpha",
        (3, False): "rgb",
        (3, True): "rgba",
    }
    width, height = notes.aperture or notes.size or (None, None)
    return replace(
        bare,
        width=width,
        height=height,
        color=colors.get((notes.channels, notes.alpha)),
        bit_depth=notes.depth,
        orientation=_TURNED[notes.turns, notes.mirror],
        frames=frames,
        alpha=notes.alpha,
        profile=notes.profile,
        metadata=tuple(notes.kinds),
    )


READERS = (
    Reader(
        name="avif",
        media_types=("image/avif", "image/avif-sequence"),
        extensions=("avif", "avifs"),
        starts=b"\0",
        matches=lambda head: _codec(head) == "avif",
        read=read,
        structure=structure,
    ),
    Reader(
        name="heif",
        media_types=("image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"),
        extensions=("heic", "heif", "hif"),
        starts=b"\0",
        matches=lambda head: _codec(head) == "heif",
        read=read,
        structure=structure,
    ),
)
