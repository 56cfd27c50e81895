"""WebP (RFC 9649): facts from the first chunks; sizes and chunks of a whole file."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

from why400.image import exif, icc
from why400.image.exif import NOTHING, Exif
from why400.image.facts import Damage, Following, ImageFacts, NeedMore, Reading, Unread
from why400.image.reader import ALL_PIECES, Reader, Source, junk_after, wanting

_CHUNK = Struct("<4sI").unpack_from
_U32 = Struct("<I").unpack_from
_LOSSY = Struct("<HB3sHH").unpack_from
"""A VP8 frame header: flags and the size of the first partition (three bytes), start code, width, height."""

_ENOUGH = 30
"""File header, first chunk header, and the ten bytes of it that tell the size."""

_ANIMATED, _XMP, _EXIF, _ALPHA, _ICC = 0x02, 0x04, 0x08, 0x10, 0x20
_KINDS = ((_EXIF, "exif"), (_XMP, "xmp"), (_ICC, "icc"))
_PICTURE_HEAD = {b"VP8 ": 10, b"VP8L": 5}
"""How many bytes of a picture tell its size (RFC 6386 section 9.1, RFC 9649 section 3.4)."""

_PICTURES = frozenset({*_PICTURE_HEAD, b"ANMF"})
_TOLD = frozenset({b"ICCP", b"EXIF", b"VP8 ", b"VP8L"})
_MOST_COUNTED = 768
"""Beyond this many chunks the frames of an animation are not counted any more."""

_MOST_CHUNKS = 16384
"""Beyond this many chunks a file is made to keep readers busy."""

Size = tuple[int, int]


@dataclass(slots=True)
class _Notes:
    """What the chunks of an extended file told."""

    canvas: Size
    flags: int
    exif: Exif | None = None
    profile: str | None = None
    frames: int = 0
    seen: bool = False
    """A picture, or the first one of an animation."""

    def done(self, complete: bool) -> bool:
        """Nothing more is expected that a fact depends on; the frames of an animation are counted in whole files."""
        if self.flags & _EXIF and self.exif is None:
            return False
        return self.seen and not (complete and self.flags & _ANIMATED)

    def facts(self, counted: bool) -> ImageFacts:
        """The facts, with the number of frames where all of them were counted."""
        seen = self.exif or NOTHING
        kinds = tuple(kind for flag, kind in _KINDS if self.flags & flag)
        frames = (self.frames if counted else None) if self.flags & _ANIMATED else 1
        return ImageFacts(
            format="webp",
            media_type="image/webp",
            width=self.canvas[0],
            height=self.canvas[1],
            color="rgba" if self.flags & _ALPHA else "rgb",
            bit_depth=8,
            orientation=seen.orientation,
            frames=frames,
            alpha=bool(self.flags & _ALPHA),
            profile=self.profile or seen.space,
            progressive=False,
            metadata=kinds,
        )


def read(data: Source, complete: bool) -> Reading:
    """The facts of a WebP. EXIF stands at the very end of the file: where there is some, the whole file is needed."""
    if len(data) < _ENOUGH:
        return wanting(_ENOUGH, data, complete, "its header")
    kind, length = _CHUNK(data, 12)
    if kind == b"VP8X":
        return _extended(data, complete) if length >= 10 else Damage("corrupt", 16, "a VP8X chunk too short")
    size = _frame_size(data, 12, kind)
    if size is None:
        return Damage("corrupt", 12, "the first chunk is no picture")
    alpha = kind == b"VP8L" and bool(data[24] & 0x10)
    return _Notes(size, _ALPHA if alpha else 0).facts(counted=True)


def structure(data: Source, most: int = ALL_PIECES) -> Following:
    """What is wrong with a whole WebP: the size that it states, chunks that do not fit it, no picture."""
    if len(data) < _ENOUGH:
        return Damage("truncated", len(data), "the file ends inside its header")
    end = 8 + _U32(data, 4)[0]
    if end > len(data):
        return Damage("truncated", len(data), f"the header states {end} bytes, there are {len(data)}")
    pictures = 0
    for count, (at, kind, length) in enumerate(_chunks(data, end)):
        if at + 8 + length > end:
            return Damage("corrupt", at, f"a chunk of {length} bytes goes beyond the end of the file")
        if count == most:
            return Unread()
        if count == _MOST_CHUNKS:
            return Damage("corrupt", at, f"more than {_MOST_CHUNKS} chunks")
        pictures += kind in _PICTURES
        damage = _picture_damage(data, at, kind, length) if kind in _PICTURES else None
        if damage is not None:
            return damage
    if not pictures:
        return Damage("corrupt", 12, "no picture data")
    return junk_after(data, end, "the end that its header states")


def _picture_damage(data: Source, at: int, kind: bytes, length: int) -> Damage | None:
    """What is wrong inside the picture, or the frame of an animation, in a chunk that is whole."""
    if kind == b"ANMF":
        return _frame_damage(data, at, at + 8 + length)
    if length < _PICTURE_HEAD[kind] or _frame_size(data, at, kind) is None:
        return Damage("corrupt", at, f"a chunk {kind.decode().strip()} that does not begin as a picture")
    first = (data[at + 8] | data[at + 9] << 8 | data[at + 10] << 16) >> 5 if kind == b"VP8 " else 0
    if _PICTURE_HEAD[kind] + first > length:
        return Damage("truncated", at + 8 + length, f"its first partition has {first} bytes, beyond its chunk")
    return None


def _frame_damage(data: Source, at: int, end: int) -> Damage | None:
    """A frame's chunks, which begin behind its 16 bytes of place and time (RFC 9649 section 2.7.1.1)."""
    for inside, kind, length in _chunks(data, end, at + 24):
        if inside + 8 + length > end:
            return Damage("corrupt", inside, f"a chunk of {length} bytes goes beyond the end of its frame")
        if kind in _PICTURE_HEAD:
            return _picture_damage(data, inside, kind, length)
    return Damage("corrupt", at, "a frame without a picture")


def _chunks(data: Source, end: int, at: int = 12) -> Iterator[tuple[int, bytes, int]]:
    """Offset, name and length of each chunk whose header is within `data` and `end`, one more than the most."""
    for _ in range(_MOST_CHUNKS + 1):
        if at + 8 > min(end, len(data)):
            return
        kind, length = _CHUNK(data, at)
        yield at, kind, length
        at += 8 + length + (length & 1)


def _extended(data: Source, complete: bool) -> Reading:
    """A file that begins with a VP8X chunk: the canvas and flags there, the rest in the chunks behind it."""
    flags = data[20]
    notes = _Notes((_u24(data, 24) + 1, _u24(data, 27) + 1), flags)
    end = 8 + _U32(data, 4)[0]
    at = 20 + _U32(data, 16)[0]
    for _ in range(_MOST_COUNTED):
        if notes.done(complete):
            return notes.facts(counted=False)
        at += at & 1
        if at + 8 > end:
            return notes.facts(counted=True) if notes.seen else Damage("corrupt", 20, "no picture data")
        if at + 8 > len(data):
            return _waiting(at + 8, data, complete, notes)
        kind, length = _CHUNK(data, at)
        needed = at + 8 + (length if kind in (b"ICCP", b"EXIF") else 10)
        if kind in _TOLD and needed > len(data):
            return _waiting(needed, data, complete, notes)
        damage = _note(notes, data, at, kind, length)
        if damage is not None:
            return damage
        at += 8 + length
    return notes.facts(counted=False)


def _waiting(upto: int, data: Source, complete: bool, notes: _Notes) -> Reading:
    """Wait for more chunks; a file that ends there has its facts all the same, if there was a picture in it."""
    missing = wanting(upto, data, complete, "its chunks")
    if isinstance(missing, NeedMore):
        return NeedMore(missing.upto, notes.facts(counted=False))
    return notes.facts(counted=False) if notes.seen else missing


def _note(notes: _Notes, data: Source, at: int, kind: bytes, length: int) -> Damage | None:
    if kind == b"ICCP" and notes.profile is None:
        notes.profile = icc.description(memoryview(data)[at + 8 : at + 8 + length])
    elif kind == b"EXIF":
        notes.exif = _exif(memoryview(data)[at + 8 : at + 8 + length])
    elif kind == b"ANMF":
        notes.frames += 1
        notes.seen = True
    elif kind in (b"VP8 ", b"VP8L"):
        notes.seen = True
        size = _frame_size(data, at, kind)
        if size != notes.canvas and not notes.flags & _ANIMATED:
            return Damage("corrupt", at, f"the header says {_by(notes.canvas)}, the picture in it {_by(size)}")
    return None


def _frame_size(data: Source, at: int, kind: bytes) -> Size | None:
    """Width and height of the VP8 or VP8L chunk at `at`, of which ten bytes are there (RFC 6386 9.1, RFC 9649 3.4)."""
    if kind == b"VP8 ":
        tag, _, start_code, width, height = _LOSSY(data, at + 8)
        return (width & 0x3FFF, height & 0x3FFF) if start_code == b"\x9d\x01\x2a" and not tag & 1 else None
    if kind == b"VP8L" and data[at + 8] == 0x2F:
        (bits,) = _U32(data, at + 9)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _exif(content: memoryview) -> Exif:
    """Some writers put the marker of JPEG in front."""
    return exif.read(content[6:] if bytes(content[:6]) == b"Exif\0\0" else content)


def _u24(data: Source, at: int) -> int:
    return data[at] | data[at + 1] << 8 | data[at + 2] << 16


def _by(size: Size | None) -> str:
    return f"{size[0]} x {size[1]}" if size else "nothing"


READER = Reader(
    name="webp",
    media_types=("image/webp",),
    extensions=("webp",),
    starts=b"R",
    matches=lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP",
    read=read,
    structure=structure,
)
