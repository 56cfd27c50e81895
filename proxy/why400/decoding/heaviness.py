"""How many bytes of memory a decoder takes for a pixel, where more than facts decides. Measured, with Pillow 13 and
pillow-heif 1.8, in the ways of `still_webp`, `still_avif` and `still_heif`.
"""

from typing import Literal

from why400.fixes.formats import FORMATS
from why400.image.facts import Color

Data = bytes | bytearray | memoryview

WebpKind = Literal["lossy", "lossless", "animated"]

_HEAD = 64 * 1024
"""How much of a file is searched: its boxes stand there before its pictures."""

_WEBP: dict[WebpKind, float] = {"lossy": 4.2, "lossless": 8.6, "animated": 16.4}
_WEBP_ALPHA = 2.3
"""Its plane, and its own decoder's."""

_MOST_CHUNKS = 16
"""Before the picture data of a WebP stand a few. Where none are met, and of what `VP8L` says, the worst is assumed."""

_AVIF_ALPHA = 2.1
_ALPHAS = ("rgba", "gray-alpha")

_HEIF = {(1, False): 5.2, (1, True): 8.1, (3, False): 9.6, (3, True): 15.6}
"""By whether colour is at full resolution (chroma_format_idc), and whether samples have more than 8 bits."""
_HEIF_TILES, _HEIF_ALPHA = 4.6, 3.2
"""Of a phone's picture, which is a grid of small ones, the decoder holds but a few."""

_CHROMA_AT, _DEPTH_AT = 20, 21
"""In `hvcC`, from its name on (ISO/IEC 14496-15 section 8.3.3.1)."""


def weight(format: str, color: Color | None, depth: int | None, data: Data) -> float:
    """Bytes for a pixel of this file while it is decoded; 0: no more than the picture itself."""
    alpha = color in _ALPHAS
    if format == "webp":
        kind = webp_kind(data)
        return _WEBP[kind] + _WEBP_ALPHA * (alpha and kind == "lossy")
    if format == "avif":
        return (FORMATS[format].weight + _AVIF_ALPHA * alpha) * (2 if (depth or 8) > 8 else 1)
    return _heif(alpha, data) if format == "heif" else 0


def webp_kind(data: Data) -> WebpKind:
    """Which way a WebP's picture data are coded (RFC 9649 section 2.5)."""
    view, at = memoryview(data), 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(view):
            break
        name, size = bytes(view[at : at + 4]), int.from_bytes(view[at + 4 : at + 8], "little")
        if name == b"VP8 ":
            return "lossy"
        if name in (b"ANIM", b"ANMF"):
            return "animated"
        at += 8 + size + size % 2
    return "lossless"


def _heif(alpha: bool, data: Data) -> float:
    """As its heaviest picture."""
    head = bytes(data[:_HEAD])
    configured, at = [], head.find(b"hvcC")
    while 0 <= at < len(head) - _DEPTH_AT:
        chroma, depth = head[at + _CHROMA_AT] & 3, head[at + _DEPTH_AT] & 7
        configured.append(_HEIF[3 if chroma > 1 else 1, depth > 0])
        at = head.find(b"hvcC", at + 4)
    heaviest = max(configured, default=max(_HEIF.values()))
    least = _HEIF[1, False]
    return (_HEIF_TILES if heaviest == least and b"grid" in head else heaviest) + _HEIF_ALPHA * alpha
