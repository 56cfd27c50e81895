"""What libjpeg complains of while it decodes. It mends corrupt data as best it can, counts that, and goes on; Pillow
keeps the count to itself, so it is read where it stands: in this process's own memory.

Nothing of Pillow's layout is taken for granted, and of libjpeg's only the error manager, which has been the same since
1991 (jpeglib.h, `struct jpeg_error_mgr`). Where the count stands is learnt from JPEGs that are whole and ones that are
cut: memory is full of what earlier decoders left, so a place counts only if it told them apart each time. Where there
is no such place (another system than Linux, another libjpeg), a JPEG is as sound as its decoder says.
Memory is only read, and through a file; a complaint counts only if whole and cut JPEGs are still told apart after it.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

_OWN_MEMORY = "/proc/self/mem"
_WORD = 8
_FUNCTIONS = 5 * _WORD
"""The error manager begins with so many bytes of pointers to functions."""
_COUNT_AT = 128
"""Then a message code, 80 bytes of parameters and a trace level; then `long num_warnings`."""
_LARGEST_STATE, _LOWEST_ADDRESS = 4096, 65536
_CUT = (False, True, True, False, False, True, True, False)
"""The order in which JPEGs are listened to: what the one before left is wrong at every other one."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Where the count stands: at `word` of a decoder is the address of its state, and at `manager` of that state the
    error manager, which begins with `functions` whatever is decoded."""

    word: int
    manager: int
    functions: bytes

    def count(self, decoder: Any) -> int | None:
        """How often this decoder has mended data so far; None where it has not begun."""
        state = _address(id(decoder) + self.word)
        held = _read(state + self.manager, _COUNT_AT + _WORD) if state else b""
        if len(held) < _COUNT_AT + _WORD or not held.startswith(self.functions):
            return None
        return int(struct.unpack_from("q", held, _COUNT_AT)[0])

    def is_right(self) -> bool:
        """It tells a whole JPEG from a cut one now. Asked after each complaint: no good picture is to be called broken
        by something that was misheard."""
        return all(_tells(self.count(_decoded(is_cut)), is_cut) for is_cut in (False, True))


def find_ear() -> Ear | None:
    """The one place that tells whole JPEGs from cut ones; None where there is none."""
    places: set[Ear] | None = None
    for is_cut in _CUT:
        decoder = _decoded(is_cut)
        right = {ear for ear in _places(decoder) if _tells(ear.count(decoder), is_cut)}
        places = right if places is None else places & right
    return next(iter(places)) if places is not None and len(places) == 1 else None


def decoder_of(opened: Any) -> Any:
    """The decoder of a JPEG that was opened and not loaded, ready to fill the picture (see `ImageFile.load`)."""
    opened.load_prepare()
    tile = opened.tile[0]
    decoder = Image._getdecoder(opened.mode, tile[0], tile[3], opened.decoderconfig)
    decoder.setimage(opened.im, tile[1])
    return decoder


def _decoded(is_cut: bool) -> Any:
    """The decoder of a JPEG of our own, after its work."""
    data = _sample(is_cut)
    decoder = decoder_of(Image.open(BytesIO(data)))
    decoder.decode(data)
    return decoder


def _sample(is_cut: bool) -> bytes:
    whole = BytesIO()
    Image.linear_gradient("L").save(whole, "JPEG")
    data = whole.getvalue()
    return data[: len(data) * 3 // 4] + b"\xff\xd9" if is_cut else data


def _tells(count: int | None, is_cut: bool) -> bool:
    return count is not None and (0 < count < 1 << 31 if is_cut else count == 0)


def _places(decoder: Any) -> Iterator[Ear]:
    """Where an error manager may stand: behind a word of the decoder is the state of its JPEG decoder, whose `cinfo`
    begins with a pointer to the manager, which stands in the same state."""
    for word in range(0, type(decoder).__basicsize__, _WORD):
        state = _address(id(decoder) + word)
        for at in range(0, _WORD * _WORD if state else 0, _WORD):
            manager = _address(state + at)
            functions = _read(manager, _FUNCTIONS) if state < manager < state + _LARGEST_STATE else b""
            if len(functions) == _FUNCTIONS:
                yield Ear(word, manager - state, functions)


def _address(place: int) -> int:
    """The word that stands there, if it can be an address, else 0."""
    held = _read(place, _WORD)
    word = int(struct.unpack("Q", held)[0]) if len(held) == _WORD else 0
    return word if _LOWEST_ADDRESS < word < 1 << 63 else 0


def _read(address: int, size: int) -> bytes:
    """So many bytes of this process's memory, as many as there are. Through a file, no wrong address can hurt."""
    try:
        with open(_OWN_MEMORY, "rb", buffering=0) as memory:
            return os.pread(memory.fileno(), size, address)
    except OSError:
        return b""
