"""BMP (the BITMAPFILEHEADER and BITMAPINFOHEADER family of Windows, OS/2): header facts; the size of a whole file."""

from dataclasses import dataclass
from struct import Struct

from why400.image.facts import Color, Damage, ImageFacts, Reading
from why400.image.reader import ALL_PIECES, Reader, Source, junk_after, wanting

_U32 = Struct("<I").unpack_from
_FILE = Struct("<I4xII").unpack_from
"""From offset 2: size of the file, where the pixels begin, size of the header that follows."""
_CORE = Struct("<HHHH").unpack_from
_INFO = Struct("<iiHHII8xI").unpack_from
"""Width, height (negative: from the top down), planes, bits a pixel, compression, size of the pixels, colours used."""
_MASKS = Struct("<IIII").unpack_from

_CORE_SIZE = 12
_HEADERS = frozenset({_CORE_SIZE, 40, 52, 56, 64, 108, 124})
_DEPTHS = frozenset({1, 2, 4, 8, 16, 24, 32})
_RGB, _BITFIELDS, _ALPHA_BITFIELDS = 0, 3, 6
_EMBEDDED = {4: "JPEG", 5: "PNG"}
_COLOR_SPACE_AT = 70
_SRGB = 0x73524742


@dataclass(frozen=True, slots=True)
class _Header:
    """What the two headers say. `bits` is a pixel's, all samples together."""

    file_size: int
    pixels_at: int
    header_size: int
    width: int
    height: int
    bits: int
    compression: int
    pixels_size: int
    colors: int


def read(data: Source, complete: bool) -> Reading:
    """The facts of a BMP. A palette that is a ramp of grays is how this format spells gray, and called so."""
    needed = _header_end(data)
    if needed > len(data):
        return wanting(needed, data, complete, "its header")
    header = _header(data)
    if not header.width or not header.height or header.bits not in _DEPTHS:
        return Damage("corrupt", 18, f"a picture of {header.width} x {header.height} with {header.bits} bits a pixel")
    needed = _facts_end(header)
    if needed > len(data):
        return wanting(needed, data, complete, "its palette or masks")
    color, depth, alpha = _color(data, header)
    return ImageFacts(
        format="bmp",
        media_type="image/bmp",
        width=header.width,
        height=header.height,
        color=color,
        bit_depth=depth,
        frames=1,
        alpha=alpha,
        profile="sRGB" if header.header_size >= 108 and _U32(data, _COLOR_SPACE_AT)[0] == _SRGB else None,
        progressive=False,
    )


def structure(data: Source, most: int = ALL_PIECES) -> Damage | None:
    """What is wrong with a whole BMP: fewer bytes than its pixels take, or more than it says it has."""
    if _header_end(data) > len(data):
        return Damage("truncated", len(data), "the file ends inside its header")
    header = _header(data)
    if header.pixels_at < 14 + header.header_size:
        return Damage("corrupt", 10, f"the pixels begin at {header.pixels_at}, inside the header")
    end = header.pixels_at + _pixels_size(header)
    if end > len(data):
        return Damage("truncated", len(data), f"header and pixels take {end} bytes, there are {len(data)}")
    return junk_after(data, header.file_size, "the end that its header states") if end <= header.file_size else None


def _header(data: Source) -> _Header:
    file_size, pixels_at, header_size = _FILE(data, 2)
    if header_size == _CORE_SIZE:
        width, height, _, bits = _CORE(data, 18)
        return _Header(file_size, pixels_at, header_size, width, height, bits, _RGB, 0, 0)
    width, height, _, bits, compression, pixels_size, colors = _INFO(data, 18)
    return _Header(
        file_size, pixels_at, header_size, max(width, 0), abs(height), bits, compression, pixels_size, colors
    )


def _header_end(data: Source) -> int:
    """Where the header ends, as far as it is read before anything else."""
    return 26 if len(data) < 18 or _U32(data, 14)[0] == _CORE_SIZE else 54


def _facts_end(header: _Header) -> int:
    """Where all ends that facts are made of: a palette (not beyond the pixels), or masks, or a longer header."""
    if header.bits <= 8:
        return min(_palette_at(header) + _palette_size(header), max(header.pixels_at, _palette_at(header)))
    masks = 70 if header.compression in (_BITFIELDS, _ALPHA_BITFIELDS) else 0
    return max(14 + header.header_size, masks)


def _palette_at(header: _Header) -> int:
    return 14 + header.header_size


def _palette_size(header: _Header) -> int:
    entry = 3 if header.header_size == _CORE_SIZE else 4
    return entry * min(header.colors or 1 << header.bits, 1 << header.bits)


def _pixels_size(header: _Header) -> int:
    """Rows are padded to four bytes; a compressed picture says itself how long it is."""
    if header.compression in (_RGB, _BITFIELDS, _ALPHA_BITFIELDS):
        return (header.width * header.bits + 31) // 32 * 4 * header.height
    return header.pixels_size


def _color(data: Source, header: _Header) -> tuple[Color | None, int | None, bool | None]:
    if header.compression in _EMBEDDED:
        return None, None, None
    if header.bits <= 8:
        return ("gray" if _is_gray(data, header) else "palette"), header.bits, False
    if header.compression not in (_BITFIELDS, _ALPHA_BITFIELDS):
        return "rgb", 5 if header.bits == 16 else 8, False
    red, green, blue, alpha = _MASKS(data, 54)
    transparent = bool(alpha) and (header.header_size >= 56 or header.compression == _ALPHA_BITFIELDS)
    return ("rgba" if transparent else "rgb"), max(mask.bit_count() for mask in (red, green, blue)), transparent


def _is_gray(data: Source, header: _Header) -> bool:
    """The palette runs from black to white in equal steps."""
    levels = 1 << header.bits
    entry = 3 if header.header_size == _CORE_SIZE else 4
    at = _palette_at(header)
    palette = bytes(data[at : at + _palette_size(header)])
    ramp = bytes(value * 255 // (levels - 1) for value in range(levels))
    return all(palette[channel::entry] == ramp for channel in range(3))


READER = Reader(
    name="bmp",
    media_types=("image/bmp", "image/x-ms-bmp", "image/x-bmp"),
    extensions=("bmp", "dib"),
    starts=b"B",
    matches=lambda head: head[:2] == b"BM" and len(head) >= 18 and _U32(head, 14)[0] in _HEADERS,
    read=read,
    structure=structure,
)
