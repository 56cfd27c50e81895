"""Which reader an image is for, and what it says. The questions that the house asks of image bytes."""

from why400.image.facts import Damage, Following, ImageFacts, NeedMore, Reading
from why400.image.mangled import (
    cut_signature,
    junk_before,
    line_ends,
    signature_broken,
    signature_damage,
    text_damage,
    through_text,
    written_out,
)
from why400.image.reader import ALL_PIECES, SNIFF, Reader, Readers, Source

_MAGIC = 32
"""Below this many first bytes an unfinished image is not judged: some signatures are that long."""

_LOOSE = ("bmp", "tiff")
"""Formats that may hold pixels as they are, such as dark ones, which are no byte above 7F."""


def look(readers: Readers, head: Source, complete: bool) -> Reading:
    """The facts of an image from its first bytes; `complete` says that `head` is all of it.

    `ImageFacts(format="unknown")` where no reader knows it, and no more bytes would help.
    """
    if len(head) < _MAGIC and not complete:
        return NeedMore(_MAGIC)
    reader = recognise(readers, head)
    if reader is None:
        return _unknown(head, complete)
    if reader.read is None:
        return _written(bytes(head[:SNIFF]), complete) or ImageFacts(reader.name, reader.media_types[0])
    damage = text_damage(head) if head[0] < 0x80 else None
    return damage or reader.read(head, complete)


def damage(readers: Readers, data: Source, *, head_is_good: bool = False, most: int = ALL_PIECES) -> Following:
    """What is broken in a whole image. None: nothing that its structure shows, or no reader knows it.

    `head_is_good` says that `look` has found nothing wrong with its head; `most` is how many pieces may be looked at.
    """
    reader = recognise(readers, data)
    if reader is None:
        return text_damage(data) or signature_broken(data) or junk_before(data)
    if reader.structure is None:
        return None
    reading = None if head_is_good else look(readers, data, complete=True)
    return _explained(reader, data, reading if isinstance(reading, Damage) else reader.structure(data, most))


def _explained(reader: Reader, data: Source, broken: Following) -> Following:
    """A damage of which the bytes show where it comes from."""
    if not isinstance(broken, Damage) or broken.kind in ("text-mangled", "junk-before"):
        return broken
    return line_ends(data) or (None if reader.name in _LOOSE else through_text(data)) or broken


def examine(
    readers: Readers, data: Source, most: int = ALL_PIECES, known: Reader | None = None
) -> tuple[Reading, Following]:
    """What `look` and `damage` say of a whole image, in one pass where its reader can. `known` recognised it."""
    reader = known or recognise(readers, data)
    if reader is not None and reader.whole is not None and data[0] >= 0x80:
        facts, broken = reader.whole(data, most)
        return facts, None if broken is None else _explained(reader, data, broken)
    reading = look(readers, data, complete=True)
    if isinstance(reading, Damage):
        return reading, _explained(reader, data, reading) if reader is not None else reading
    return reading, damage(readers, data, head_is_good=True, most=most)


def recognise(readers: Readers, head: Source) -> Reader | None:
    """The first reader whose magic the bytes have."""
    if not head:
        return None
    first = head[0]
    start = bytes(head[:SNIFF])
    for reader in readers:
        if first in reader.starts and reader.matches(start):
            return reader
    return None


def _unknown(head: Source, complete: bool) -> Reading:
    broken = text_damage(head) or signature_broken(head) or junk_before(head) or _written(bytes(head[:SNIFF]), complete)
    if broken is not None:
        return broken
    return ImageFacts("unknown") if complete or len(head) >= SNIFF else NeedMore(SNIFF)


def _written(start: bytes, complete: bool) -> Damage | None:
    """What bytes that no reader reads have been: a picture's own, as text, or the first few of it."""
    cut = cut_signature(start) if complete and len(start) < _MAGIC else None
    return cut or signature_damage(start) or written_out(start)
