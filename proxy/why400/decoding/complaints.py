"""What libjpeg complains of while it decodes. It mends corrupt data as best it can, counts that, and goes on; Pillow
keeps the count to itself, so it is read where it stands: in this process's own memory.

Nothing of Pillow's or libjpeg's layout is taken for granted but the error manager's, which has been the same since 1991
(jpeglib.h, `struct jpeg_error_mgr`). A self-test says whether the count is found; where it is not (another system than
Linux, another libjpeg), `Complaints.count` stays None, and a JPEG is as sound as its decoder says.
"""

import os
import struct
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image

_OWN_MEMORY = "/proc/self/mem"
_WORD = 8
_FUNCTIONS = 5
"""The error manager begins with so many pointers to functions."""
_COUNT_AT = 128
"""Then a message code, 80 bytes of parameters and a trace level; then `long num_warnings`."""
_LARGEST_STATE, _LOWEST_ADDRESS = 4096, 65536


class Complaints:
    """The count of one decoder at work. Reading memory through a file, no wrong address can hurt."""

    def __init__(self, decoder: Any) -> None:
        self._decoder = decoder
        self._place: int | None = None

    @property
    def count(self) -> int | None:
        """How often data were mended so far. None where that cannot be seen, or the decoder has not begun."""
        if self._place is None:
            self._place = _found(self._decoder)
        if self._place is None:
            return None
        held = _read(self._place, _WORD)
        return int(struct.unpack("q", held)[0]) if len(held) == _WORD else None


def heard() -> bool:
    """Whether complaints can be heard here: of a JPEG that is cut, and of none that is whole."""
    whole = BytesIO()
    Image.linear_gradient("L").save(whole, "JPEG")
    data = whole.getvalue()
    cut = data[: len(data) * 3 // 4] + b"\xff\xd9"
    return _complaints_of(data) == 0 and (_complaints_of(cut) or 0) > 0


def _complaints_of(data: bytes) -> int | None:
    decoder = decoder_of(Image.open(BytesIO(data)))
    decoder.decode(data)
    return Complaints(decoder).count


def decoder_of(opened: Any) -> Any:
    """The decoder of a JPEG that was opened and not loaded, ready to fill the picture (see `ImageFile.load`)."""
    opened.load_prepare()
    tile = opened.tile[0]
    decoder = Image._getdecoder(opened.mode, tile[0], tile[3], opened.decoderconfig)
    decoder.setimage(opened.im, tile[1])
    return decoder


def _found(decoder: Any) -> int | None:
    """Where the count of an `ImagingDecoder` stands: behind one of its words is the state of its JPEG decoder, whose
    `cinfo` begins with a pointer to the error manager, which stands in the same state."""
    for state in _words(_read(id(decoder), type(decoder).__basicsize__)):
        for manager in _words(_read(state, _WORD * _WORD)):
            if state < manager < state + _LARGEST_STATE and _is_manager(manager):
                return manager + _COUNT_AT
    return None


def _is_manager(address: int) -> bool:
    return len(list(_words(_read(address, _FUNCTIONS * _WORD)))) == _FUNCTIONS


def _words(held: bytes) -> Iterator[int]:
    """The words that can be addresses."""
    whole = len(held) // _WORD * _WORD
    return (word for (word,) in struct.iter_unpack("Q", held[:whole]) if _LOWEST_ADDRESS < word < 1 << 63)


def _read(address: int, size: int) -> bytes:
    """So many bytes of this process's memory, as many as there are."""
    try:
        with open(_OWN_MEMORY, "rb", buffering=0) as memory:
            return os.pread(memory.fileno(), size, address)
    except OSError:
        return b""
