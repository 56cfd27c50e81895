"""GIF (GIF89a specification): facts from the header and the first blocks; the chain of blocks of a whole file."""

from collections.abc import Iterator
from struct import Struct

from why400.image.facts import Damage, Following, ImageFacts, Reading, Unread
from why400.image.reader import ALL_PIECES, Reader, Source, junk_after, wanting

_SCREEN = Struct("<HHB").unpack_from
_HEADER_END = 13
_EXTENSION, _PICTURE, _TRAILER = 0x21, 0x2C, 0x3B
TRAILER = bytes([_TRAILER])
_CONTROL, _COMMENT, _APPLICATION = 0xF9, 0xFE, 0xFF
_HAS_TABLE, _INTERLACED = 0x80, 0x40
_KINDS = {b"XMP DataXMP": "xmp", b"ICCRGBG1012": "icc"}

_LARGEST_CODE_SIZE = 11
_LONGEST_STRING = 4096
"""A code of the data stands for one pixel more than one before it, and for no more than this (GIF89a, appendix F)."""

_MOST_EXTENSIONS = 256
_SUB_BLOCKS = 8
"""How many sub-blocks are as much work as one block."""

_MOST_COUNTED = 4096
"""Sub-blocks that are followed to count frames: 1 MB of full ones. In a larger file their number is not known."""

_MOST_FOLLOWED = 262_144
"""Sub-blocks that are followed to see whether a file is whole: 64 MB of full ones."""


def read(data: Source, complete: bool) -> Reading:
    """The facts of a GIF: what stands up to the first picture. `frames` is counted in a whole file only."""
    at = _first_block(data)
    alpha, kinds = False, dict[str, None]()
    for _ in range(_MOST_EXTENSIONS):
        if at < len(data) and data[at] not in (_PICTURE, _EXTENSION):
            return Damage("corrupt", at, f"no block can begin with {data[at]:02X}, before any picture")
        if at + 10 > len(data):
            return wanting(at + 10, data, complete, "its blocks, before any picture")
        if data[at] == _PICTURE and not all(_SCREEN(data, 6)[:2]):
            return Damage("corrupt", 6, "a screen without width or height")
        if data[at] == _PICTURE:
            frames = _count(data, at) if complete else None
            return _facts(data, at, alpha, frames, tuple(kinds))
        alpha = alpha or (data[at + 1] == _CONTROL and bool(data[at + 3] & 1))
        kinds.update(_kind(data, at))
        end, _ = _skip(data, at + 2, _MOST_COUNTED)
        if end > len(data):
            return wanting(end, data, complete, "an extension")
        at = end
    return Damage("corrupt", at, f"no picture in {_MOST_EXTENSIONS} blocks")


def structure(data: Source, most: int = ALL_PIECES) -> Following:
    """What is wrong with a whole GIF: a block that is none, a chain that ends before its end, bytes after it."""
    allowed = min(_MOST_FOLLOWED, most * _SUB_BLOCKS)
    at, pictures, left = _first_block(data), 0, allowed
    while at < len(data) and data[at] != _TRAILER:
        if data[at] not in (_PICTURE, _EXTENSION):
            return Damage("corrupt", at, f"no block can begin with {data[at]:02X}")
        block, start = at, _sub_blocks(data, at)
        at, left = _skip(data, start, left - _SUB_BLOCKS)
        if left <= 0:
            return Unread() if allowed < _MOST_FOLLOWED else _endless(at)
        if data[block] == _PICTURE and at <= len(data):
            pictures += 1
            damage = _picture_damage(data, block, start, at)
            if damage is not None:
                return damage
    if at >= len(data):
        return Damage("truncated", len(data), "the file ends before its trailer (3B)")
    if not pictures:
        return Damage("corrupt", at, "no picture data")
    return junk_after(data, at + 1, "the trailer (3B)")


def blocks(data: Source) -> Iterator[tuple[int, int]]:
    """Where each block begins and ends, the header with its table of colours first, the trailer last.

    They end early where a byte can begin none; the end of the last may lie outside `data`, or at an endless chain.
    """
    at, left = 0, _MOST_FOLLOWED
    end = _first_block(data)
    while left > 0:
        yield at, end
        at = end
        if at >= len(data) or data[at] not in (_PICTURE, _EXTENSION):
            break
        end, left = _skip(data, _sub_blocks(data, at), left - _SUB_BLOCKS)
    if at < len(data) and data[at] == _TRAILER:
        yield at, at + 1


def _picture_damage(data: Source, at: int, start: int, end: int) -> Damage | None:
    """What is wrong with the picture at `at`, whose sub-blocks go from `start` to `end`: no code size, too few data."""
    width, height = _SCREEN(data, at + 5)[:2]
    code_size = data[start - 1]
    if code_size > _LARGEST_CODE_SIZE:
        return Damage("corrupt", start - 1, f"the codes of a picture cannot begin with {code_size} bits")
    codes = (end - start) * 8 // (code_size + 1)
    if width * height > codes * min(codes, _LONGEST_STRING):
        return Damage("truncated", end, f"{end - start} bytes of data cannot hold a picture of {width} x {height}")
    return None


def _endless(at: int) -> Damage:
    return Damage("corrupt", at, f"more than {_MOST_FOLLOWED} sub-blocks")


def _first_block(data: Source) -> int:
    """Where the blocks begin: behind the header and the table of colours, if there is one."""
    if len(data) < _HEADER_END:
        return _HEADER_END
    return _HEADER_END + _table(data[10])


def _table(flags: int) -> int:
    """The size of a table of colours in bytes."""
    return 3 << (flags & 7) + 1 if flags & _HAS_TABLE else 0


def _sub_blocks(data: Source, at: int) -> int:
    """Where the sub-blocks of the block at `at` begin; for a picture, behind its own table and its code size."""
    if data[at] == _EXTENSION:
        return at + 2
    return at + 11 + (_table(data[at + 9]) if at + 9 < len(data) else 0)


def _skip(data: Source, at: int, most: int) -> tuple[int, int]:
    """Where the chain of sub-blocks at `at` ends, and how many of `most` are left. An end outside `data`: it is cut."""
    size = len(data)
    while most > 0:
        if at >= size:
            return at + 1, most
        length = data[at]
        at += length + 1
        if not length:
            return at, most
        most -= 1
    return at, 0


def _count(data: Source, at: int) -> int | None:
    """The number of pictures from `at` on. None where the chain is broken or too long to follow."""
    frames, left = 0, _MOST_COUNTED
    while at < len(data) and left > 0:
        if data[at] == _TRAILER:
            return frames
        if data[at] not in (_PICTURE, _EXTENSION):
            return None
        frames += data[at] == _PICTURE
        at, left = _skip(data, _sub_blocks(data, at), left - _SUB_BLOCKS)
    return None


def _kind(data: Source, at: int) -> dict[str, None]:
    """The kind of metadata in the extension at `at`, if it is some."""
    if data[at + 1] == _COMMENT:
        return {"comment": None}
    kind = _KINDS.get(bytes(data[at + 3 : at + 14])) if data[at + 1] == _APPLICATION else None
    return {kind: None} if kind else {}


def _facts(data: Source, at: int, alpha: bool, frames: int | None, kinds: tuple[str, ...]) -> ImageFacts:
    """All facts, with the first picture's descriptor at `at`."""
    width, height, screen = _SCREEN(data, 6)
    picture = data[at + 9]
    table = screen if screen & _HAS_TABLE else picture
    return ImageFacts(
        format="gif",
        media_type="image/gif",
        width=width,
        height=height,
        color="palette",
        bit_depth=(table & 7) + 1,
        frames=frames,
        alpha=alpha,
        progressive=bool(picture & _INTERLACED),
        metadata=kinds,
    )


READER = Reader(
    name="gif",
    media_types=("image/gif",),
    extensions=("gif",),
    starts=b"G",
    matches=lambda head: head[:6] in (b"GIF89a", b"GIF87a"),
    read=read,
    structure=structure,
)
