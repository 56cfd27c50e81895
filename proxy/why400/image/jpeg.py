"""JPEG (ITU-T T.81 annex B): facts up to the first scan; markers, lengths and ends of a whole file."""

import re
from dataclasses import dataclass
from struct import Struct
from typing import Literal

from why400.image import exif, icc
from why400.image.facts import Color, Damage, ImageFacts, NeedMore, Reading
from why400.image.heads import Heads
from why400.image.reader import ALL_PIECES, Reader, Source, junk_after, wanting

_MARKER = Struct(">HH").unpack_from
_FRAME = Struct(">BHHB").unpack_from

_SOI, _EOI, _SOS, _DNL, _COM = 0xFFD8, 0xFFD9, 0xFFDA, 0xFFDC, 0xFFFE
_FRAMES = frozenset(range(0xFFC0, 0xFFD0)) - {0xFFC4, 0xFFC8, 0xFFCC}
_PROGRESSIVE = frozenset({0xFFC2, 0xFFC6, 0xFFCA, 0xFFCE})
_CODINGS: dict[int, Literal["arithmetic", "lossless", "hierarchical"]] = {
    **dict.fromkeys((0xFFC9, 0xFFCA), "arithmetic"),
    **dict.fromkeys((0xFFC3, 0xFFC7, 0xFFCB, 0xFFCF), "lossless"),
    **dict.fromkeys((0xFFC5, 0xFFC6, 0xFFCD, 0xFFCE), "hierarchical"),
}
"""Of the frame headers of table B.1."""

_LS_FRAME = b"\xff\xf7"
_LS = ImageFacts("jpegls", "image/jls")
"""JPEG-LS (ITU-T T.87) has the markers of JPEG, a frame header of its own, and other rules inside its scans."""
_TABLES = frozenset({0xFFC4, 0xFFCC, 0xFFDB, _DNL, 0xFFDD, _COM}) | frozenset(range(0xFFE0, 0xFFF0))
_SEGMENTS = _TABLES | _FRAMES | {_SOS, 0xFFDE, 0xFFDF} | frozenset(range(0xFFF0, 0xFFFE))
_COLORS: dict[int, Color] = {1: "gray", 3: "rgb", 4: "cmyk"}

_EXIF, _ICC = b"Exif\0\0", b"ICC_PROFILE\0"
_APPLICATION = {
    0xFFE1: ((_EXIF, "exif"), (b"http://ns.adobe.com/xap/1.0/\0", "xmp")),
    0xFFE2: ((_ICC, "icc"),),
    0xFFED: ((b"Photoshop 3.0\0", "iptc"),),
    _COM: ((b"", "comment"),),
}

_SILENT = _SEGMENTS - _FRAMES - _APPLICATION.keys() - {_SOS}
"""Segments of the head that no fact depends on."""

_MOST_SEGMENTS = 512
"""A file has dozens; 255 more where a large ICC profile is cut up. Beyond this it is made to keep readers busy."""

_MOST_FIRST = 16
"""Segments before a frame header of JPEG-LS, at most."""

_FILL = re.compile(rb"\xff{1,65536}+")
_MOST_FILL = 65_536
_APPLICATIONS = range(0xFFE0, 0xFFF0)
_NAME = re.compile(rb"[ -~]{3}[ -~\0]")
"""How what an application keeps begins: JFIF, Exif, ICC_PROFILE, MPF."""
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_TRAILER = re.compile(rb"\0*(?:\xff\xd8\xff|....ftyp)", re.DOTALL)


@dataclass(slots=True)
class _Notes:
    """What the segments before the first scan told."""

    camera: exif.Exif = exif.NOTHING
    profile: str | None = None
    kinds: tuple[str, ...] = ()


_HEADS: Heads[Reading] = Heads()


def read(data: Source, complete: bool) -> Reading:
    """The facts of a JPEG. All that stands before the first scan is needed, and most of it is skipped over."""
    said = _head(data, complete)[0]
    return _LS if isinstance(said, Damage) and _is_ls(data) else said


def structure(data: Source, most: int = ALL_PIECES) -> Damage | None:
    """What is wrong with a whole JPEG: no marker where one is due, a segment or the file cut short, bytes after it."""
    found = _follow(data, 2, 0)
    return None if found is not None and _is_ls(data) else found


def whole(data: Source, most: int = ALL_PIECES) -> tuple[Reading, Damage | None]:
    """Both of a whole file, in one pass: its head is walked once."""
    known = _HEADS.recall(data)
    if known is not None:
        return known[0], _follow(data, known[1], 1)
    reading, scan = _head(data, complete=True)
    if scan is not None:
        _HEADS.learn(data, scan + 4, reading, scan)
        return reading, _follow(data, scan, 1)
    if isinstance(reading, Damage) and _is_ls(data):
        return _LS, None
    return reading, reading if isinstance(reading, Damage) else structure(data)


def _head(data: Source, complete: bool) -> tuple[Reading, int | None]:
    """The facts, and where the first scan begins if they end there."""
    notes = _Notes()
    frame: tuple[int, int] | None = None
    at, size = 2, len(data)
    for _ in range(_MOST_SEGMENTS):
        marker, length = _MARKER(data, at) if at + 4 <= size else (0, 0)
        start, end = at + 4, at + 2 + length
        if length < 2 or marker not in _SEGMENTS:
            step = _segment(data, at, complete)
            if not isinstance(step, tuple):
                return _waiting(step, data, frame, notes), None
            marker, start, end = step
        if marker in _SILENT and end <= size:
            at = end
            continue
        if marker == _SOS and frame:
            return _facts(data, *frame, notes), at
        if because := _misplaced(marker, frame is not None, end - start):
            return Damage("corrupt", at, because), None
        if end > size:
            cut = wanting(end + 4 if marker in _SILENT else end, data, complete, "a segment of its head")
            return _waiting((_nameless(data, marker, start) if complete else None) or cut, data, frame, notes), None
        if marker in _FRAMES:
            frame = (marker, start)
            if not all(_FRAME(data, start)[1:3]):
                return Damage("corrupt", start + 1, "a frame without width or height"), None
        else:
            _note(notes, data, marker, start, end)
        at = end
    return _facts(data, *frame, notes) if frame else Damage(
        "corrupt", at, f"no frame in {_MOST_SEGMENTS} segments"
    ), None


def _is_ls(data: Source) -> bool:
    """A frame header of JPEG-LS stands among the first segments."""
    at = 2
    for _ in range(_MOST_FIRST):
        step = _segment(data, at, complete=True)
        if not isinstance(step, tuple):
            return False
        if bytes(data[at : at + 2]) == _LS_FRAME:
            return True
        at = step[2]
    return False


def _misplaced(marker: int, framed: bool, length: int) -> str | None:
    """Why a segment cannot stand in the head where it does, after a frame header or before."""
    if marker == _SOS:
        return None if framed else "a scan before any frame header"
    if marker == _EOI:
        return "the end marker before any scan"
    if marker in _FRAMES and (framed or length < 6):
        return "a second frame header" if framed else "a frame header too short"
    return None


def _waiting(step: NeedMore | Damage, data: Source, frame: tuple[int, int] | None, notes: _Notes) -> Reading:
    """The same answer, with the facts so far where the frame header was there."""
    return NeedMore(step.upto, _facts(data, *frame, notes)) if isinstance(step, NeedMore) and frame else step


def _follow(data: Source, at: int, frames: int) -> Damage | None:
    """The file from the segment at `at` on, with so many frame headers before it."""
    scans = False
    for _ in range(_MOST_SEGMENTS):
        step = _segment(data, at, complete=True)
        if not isinstance(step, tuple):
            return step if isinstance(step, Damage) else None
        marker, start, end = step
        if marker == _EOI:
            return _after(data, end) if scans else Damage("corrupt", at, "the end marker before any scan")
        if end > len(data):
            return _nameless(data, marker, start) or Damage("truncated", len(data), "the file ends inside a segment")
        frames += marker in _FRAMES
        if frames > 1 or (marker == _SOS and not frames):
            return Damage("corrupt", at, "a second frame header" if frames else "a scan before any frame")
        if marker == _SOS:
            scans = True
            found = _MARKER_IN_SCAN.search(data, end)
            if found is None:
                return Damage("truncated", len(data), "the file ends inside the picture data: no end marker (FF D9)")
            end = found.start()
            if end == len(data) - 2 and data[end + 1] == 0xD9:
                return None
        at = end
    return Damage("corrupt", at, f"more than {_MOST_SEGMENTS} segments")


def _segment(data: Source, at: int, complete: bool) -> tuple[int, int, int] | NeedMore | Damage:
    """Marker, start and end of the content of the segment at `at`; the end may lie outside `data`."""
    if at + 4 > len(data):
        if bytes(data[at : at + 2]) == b"\xff\xd9":
            return _EOI, at + 2, at + 2
        return wanting(at + 4, data, complete, "its markers: no end marker (FF D9)")
    marker, length = _MARKER(data, at)
    if marker in _SEGMENTS and length >= 2:
        return marker, at + 4, at + 2 + length
    if marker == _EOI:
        return _EOI, at + 2, at + 2
    fill = _FILL.match(data, at)
    if fill is not None and 1 < fill.end() - at < _MOST_FILL:
        return _segment(data, fill.end() - 1, complete)  # B.1.1.2: any number of FF may stand before a marker.
    if marker in _SEGMENTS:
        return Damage("corrupt", at + 2, f"a segment of {length} bytes, its own length field takes 2")
    return Damage("corrupt", at, f"no segment can begin with {marker >> 8:02X} {marker & 0xFF:02X}")


def _nameless(data: Source, marker: int, start: int) -> Damage | None:
    """A segment of an application that ends outside the file and does not begin with a name: no file was cut there."""
    if marker not in _APPLICATIONS or len(data) < start + 4 or _NAME.match(data, start):
        return None
    return Damage("corrupt", start, "a segment of an application without a name, longer than the file")


def _facts(data: Source, marker: int, start: int, notes: _Notes) -> ImageFacts:
    depth, height, width, components = _FRAME(data, start)
    return ImageFacts(
        format="jpeg",
        media_type="image/jpeg",
        width=width,
        height=height,
        color=_COLORS.get(components),
        bit_depth=depth,
        orientation=notes.camera.orientation,
        frames=1,
        alpha=False,
        profile=notes.profile or notes.camera.space,
        progressive=marker in _PROGRESSIVE,
        metadata=notes.kinds,
        coding=_CODINGS.get(marker),
    )


def _note(notes: _Notes, data: Source, marker: int, start: int, end: int) -> None:
    """Keep what an application segment or a comment tells."""
    kind = _kind(data, marker, start)
    if kind is None or kind in notes.kinds:
        return
    notes.kinds = (*notes.kinds, kind)
    if kind == "exif":
        notes.camera = exif.read(memoryview(data)[start + len(_EXIF) : end])
    elif kind == "icc":
        notes.profile = icc.description(memoryview(data)[start + len(_ICC) + 2 : end])


def _kind(data: Source, marker: int, start: int) -> str | None:
    for prefix, kind in _APPLICATION.get(marker, ()):
        if bytes(data[start : start + len(prefix)]) == prefix:
            return kind
    return None


def _after(data: Source, end: int) -> Damage | None:
    """Bytes behind the end: phones put a second picture or a film there, and that is no damage."""
    if end == len(data) or _TRAILER.match(data, end) or bytes(data[-4:]) == b"SEFT":
        return None
    return junk_after(data, end, "the end marker (FF D9)")


READER = Reader(
    name="jpeg",
    media_types=("image/jpeg", "image/jpg", "image/pjpeg"),
    extensions=("jpg", "jpeg", "jpe", "jfif"),
    starts=b"\xff",
    matches=lambda head: head[:3] == b"\xff\xd8\xff",
    read=read,
    structure=structure,
    whole=whole,
)
