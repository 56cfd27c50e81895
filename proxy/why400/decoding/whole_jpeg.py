"""JPEGs decoded such that nothing is shrugged off: what libjpeg would mend in silence is damage, and has a place."""

from functools import cache
from typing import Any

from why400.decoding.complaints import Ear, decoder_of, find_ear
from why400.decoding.hole import hole
from why400.image.facts import Damage

_CLOSE = 512
"""Where there was a complaint, its place is told as closely as this many bytes."""

_FLAT_ROWS = 16
"""Where its data end early, libjpeg goes on with the last colours: whole rows of blocks at the bottom are alike."""

_END = b"\xff\xd9"


class Damaged(Exception):
    """The picture is not what it should be: `damage` says how."""

    def __init__(self, damage: Damage) -> None:
        super().__init__(damage.because)
        self.damage = damage


def load(opened: Any, data: bytes) -> None:
    """Decode the opened JPEG, whose file is `data`. Raises `Damaged`."""
    if not opened.tile:
        raise Damaged(Damage("truncated", len(data), "the file ends before its picture begins"))
    if _mended(opened, data, len(data)) and _is_heard_right():
        raise Damaged(_damage(opened, data, _mended(opened, data, _CLOSE)))
    if (missing := hole(data)) is not None:
        raise Damaged(missing)
    opened.tile = []
    opened.readonly = 0  # else Pillow copies the picture before it is saved


def _mended(opened: Any, data: bytes, piece: int) -> int:
    """Fill the picture from pieces of the file. How much was read when the decoder first mended something; 0: never.

    Given all at once, it also minds data that go on after the picture; given pieces it then ends before them.
    """
    ear, decoder = _ear(), decoder_of(opened)
    view, at, upto, place = memoryview(data), 0, 0, 0
    try:
        while True:
            upto = min(upto + piece, len(data))
            done, error = decoder.decode(view[at:upto])
            place = place or (upto if ear is not None and ear.count(decoder) else 0)
            if done < 0 and error < 0:
                raise Damaged(Damage("corrupt", place or at, "its decoder gives up on the picture data"))
            if done < 0:
                return place or (upto if upto < len(data) else 0)
            at += done
            if upto == len(data):
                raise Damaged(Damage("truncated", upto, "the file ends before its picture does"))
    finally:
        decoder.cleanup()


def _damage(opened: Any, data: bytes, place: int) -> Damage:
    """What kind of damage was mended up to the byte `place`: data that end too early, or others."""
    if place > data.rfind(_END) and (opened.info.get("progressive") or _is_flat_below(opened)):
        return Damage("truncated", data.rfind(_END), "the picture data end before the picture does")
    return Damage("corrupt", max(0, place - _CLOSE), "the picture data are corrupt somewhere here")


def _is_flat_below(opened: Any) -> bool:
    """The last rows of the picture are all the same."""
    opened.tile = []
    width, height = opened.size
    rows = max(1, _FLAT_ROWS // (opened.decoderconfig or (1,))[0])
    if height <= rows:
        return False
    below = opened.crop((0, height - rows - 1, width, height)).tobytes()
    row = below[: len(below) // (rows + 1)]
    return bool(below == row * (rows + 1))


def _is_heard_right() -> bool:
    """What the decoder says of itself needs no ear."""
    ear = _ear()
    return ear is None or ear.is_right()


@cache
def _ear() -> Ear | None:
    """Found once in the life of a worker."""
    return find_ear()
