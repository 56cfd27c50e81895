"""What a reader of one image format is. A format's file exports `READER`, or `READERS` where one file knows several."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from why400.image.facts import Damage, Following, NeedMore, Reading

Source = bytes | bytearray | memoryview
"""Bytes of an image from its first one on. Nobody copies more of them than the few that he looks at."""

SNIFF = 512
"""How many first bytes recognition looks at."""

ANY_BYTE = bytes(range(256))


@dataclass(frozen=True, slots=True)
class Reader:
    """One format: how it is recognised, what its head says, and whether a whole file is intact.

    `media_types` has the canonical one first. `starts` lists the values that the first byte can have, so that most
    readers are passed over for the price of one look-up; `matches` is given the first `SNIFF` bytes at most.
    `read` is given the bytes so far and whether they are all; it never raises. It is None for a format that is
    recognised only. `structure` is given a whole file and how many of its pieces may be looked at, and finds what is
    broken without decoding a pixel. `whole`, where a reader has it, answers both of a whole file in one pass.
    """

    name: str
    media_types: tuple[str, ...]
    extensions: tuple[str, ...]
    starts: bytes
    matches: Callable[[bytes], bool]
    read: Callable[[Source, bool], Reading] | None = None
    structure: Callable[[Source, int], Following] | None = None
    whole: Callable[[Source, int], tuple[Reading, Following]] | None = None


Readers = tuple[Reader, ...]

ALL_PIECES = 1_000_000
"""More pieces than any reader would look at."""


_PADDING = re.compile(rb"[\0\r\n ]*\Z")


def junk_after(data: Source, end: int, what: str) -> Damage | None:
    """Bytes behind the end of an image. NULs and line ends are padding, which harms nobody."""
    if _PADDING.match(data, end):
        return None
    return Damage("junk-after", end, f"{len(data) - end} bytes after {what}")


def wanting(upto: int, data: Source, complete: bool, what: str) -> NeedMore | Damage:
    """The answer of a reader that misses bytes up to `upto`: wait for them, or the file is cut off inside `what`."""
    return Damage("truncated", len(data), f"the file ends inside {what}") if complete else NeedMore(upto)
