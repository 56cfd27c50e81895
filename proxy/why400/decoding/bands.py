"""Large pictures changed and written as JPEG a band at a time: of what the steps make no more than a band is in memory.

Each band is encoded by itself and becomes a restart interval of one file (ITU-T T.81 E.1.4): coefficients and tables
are those of a picture that is encoded whole, for baseline JPEG begins anew at each restart.
"""

import struct
from collections.abc import Callable
from io import BytesIO
from math import ceil
from typing import Any

from why400.decoding.jpeg_segments import BASELINE, SCAN, segments
from why400.fixes.formats import FORMATS
from why400.fixes.plan_image import ImageJob

BAND = 1024 * 1024
"""Pixels of a band, about. A picture of less than four times as many is made whole."""

_BLOCK = 16
"""Rows of blocks with subsampled colour begin at multiples of this, others too (T.81 A.2.3)."""

_LOCAL = frozenset({"first_frame", "rotate", "convert"})
"""Fixes that make each pixel of one pixel."""

_SAMPLES_OF_ALL = ("F", "I")
"""Modes whose black and white are told from all of the picture."""

_DRI, _END = b"\xff\xdd\0\x04", b"\xff\xd9"

Made = tuple[bytes, tuple[int, int], list[tuple[str, str]]]
"""A file, the size of its picture, and what was lost, by fix."""

Change = Callable[[Any], Made]


def in_bands(job: ImageJob) -> bool:
    """The job is done a band at a time, as far as its header tells."""
    local = job.encode is not None and job.encode.format == "jpeg" and all(step.fix in _LOCAL for step in job.steps)
    return local and job.draft is None and job.width * job.height >= 4 * BAND


def made(picture: Any, job: ImageJob, change: Change) -> Made:
    """What `change` makes of the decoded picture, of all of it at once or of one band after the other."""
    if not in_bands(job) or picture.mode in _SAMPLES_OF_ALL:
        return change(picture)
    turn = next((step.args["orientation"] for step in job.steps if step.fix == "rotate"), 1)
    turn = 1 if FORMATS[job.format].turns else turn
    width, height = picture.size if turn < 5 else picture.size[::-1]
    rows = max(1, BAND // width // _BLOCK) * _BLOCK
    joint = _Joint(rows, height)
    lost: dict[tuple[str, str], None] = {}
    for top in range(0, height, rows):
        band = picture.crop(_box(picture.size, turn, top, min(height, top + rows)))
        band.info = dict(picture.info)
        data, _, words = change(band)
        joint.add(data)
        lost |= dict.fromkeys(words)
    return joint.file(), (width, height), list(lost)


def _box(size: tuple[int, int], turn: int, top: int, bottom: int) -> tuple[int, int, int, int]:
    """Where the rows of the turned picture stand in the one that is stored (EXIF 2.32, tag 0x0112)."""
    width, height = size
    if turn in (3, 4):
        return 0, height - bottom, width, height - top
    if turn in (5, 6):
        return top, 0, bottom, height
    if turn in (7, 8):
        return width - bottom, 0, width - top, height
    return 0, top, width, bottom


class _Joint:
    """Baseline JPEGs of one width, one below the other, as one."""

    def __init__(self, rows: int, height: int) -> None:
        self._rows, self._height, self._count = rows, height, 0
        self._made = BytesIO()

    def add(self, data: bytes) -> None:
        frame, header, scan = _places(data)
        if not self._count:
            self._made.write(data[: frame + 1] + struct.pack(">H", self._height) + data[frame + 3 : header])
            self._made.write(_DRI + struct.pack(">H", self._interval(data[frame:header])) + data[header:scan])
        else:
            self._made.write(bytes((0xFF, 0xD0 + (self._count - 1) % 8)))
        self._made.write(memoryview(data)[scan:-2])
        self._count += 1

    def _interval(self, frame: bytes) -> int:
        """How many units a band has (T.81 A.2.3, B.2.2); a single component's are its blocks."""
        width, components, _, sampling = frame[3] << 8 | frame[4], *frame[5:8]
        across, down = (sampling >> 4, sampling & 15) if components > 1 else (1, 1)
        return ceil(width / (8 * across)) * (self._rows // (8 * down))

    def file(self) -> bytes:
        self._made.write(_END)
        return self._made.getvalue()


def _places(data: bytes) -> tuple[int, int, int]:
    """Where a JPEG of our own has what its frame header holds, its scan header, and its picture data."""
    places = {marker: (start, end) for marker, start, end in segments(data)}
    return places[BASELINE][0], places[SCAN][0] - 4, places[SCAN][1]
