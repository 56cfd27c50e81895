"""Whether the picture data of a PNG are of the size in its header (PNG specification, third edition, section 7.2).

Rows are deflated one behind another, each with the number of its filter in front: 0 to 4. Under another width these
numbers stand elsewhere. So the first rows tell, and of a small picture the number of bytes. More bytes than there are
rows are borne with, as decoders do.
"""

import zlib

from why400.image.facts import Damage
from why400.image.reader import Source

_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Samples a pixel by colour type."""

_LAST_FILTER = 4
_ROWS = 4
"""So many rows are looked at: the first always begins rightly."""

_MOST = 16 * 1024
_WIDTH_AT = 16


def rows_damage(deflated: Source, width: int, height: int, depth: int, kind: int, *, all_of_it: bool) -> Damage | None:
    """What the first picture data show; `all_of_it` says that no more follows. Inflates at most 16 KiB."""
    row = (width * _SAMPLES[kind] * depth + 7) // 8 + 1
    wanted = row * height
    if wanted > _MOST and row * 2 > _MOST:
        return None
    stream = zlib.decompressobj()
    try:
        pixels = stream.decompress(deflated, _MOST if wanted <= _MOST else min(_MOST, row * (_ROWS - 1) + 1))
    except zlib.error:
        return None
    wrong = next((at // row for at in range(0, min(len(pixels), wanted), row) if pixels[at] > _LAST_FILTER), None)
    if wrong is not None:
        return _damage(f"row {wrong} does not begin with the number of a filter")
    if stream.eof and all_of_it and len(pixels) < wanted:
        return _damage(f"the picture data have {len(pixels)} bytes, that size has {wanted}")
    return None


def _damage(because: str) -> Damage:
    return Damage("corrupt", _WIDTH_AT, f"another size than the picture data have: {because}")
