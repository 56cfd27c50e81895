"""Files that Pillow does not write, byte for byte from the specifications."""

import struct
import zlib

_PNG_KINDS = {"gray": (0, 1), "rgb": (2, 3), "palette": (3, 1), "gray-alpha": (4, 2), "rgba": (6, 4)}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_TIFF_KINDS = {"gray": (1, 1, 0), "rgb": (2, 3, 0), "rgba": (2, 4, 1), "cmyk": (5, 4, 0), "gray-alpha": (1, 2, 1)}


def chunk(kind: bytes, content: bytes) -> bytes:
    """A PNG chunk with its right checksum."""
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def png(
    color: str = "gray",
    size: tuple[int, int] = (8, 8),
    depth: int = 8,
    adam7: bool = False,
    before: bytes = b"",
    after: bytes = b"",
) -> bytes:
    """A PNG of any colour type and depth; `before` and `after` are chunks around the picture data."""
    kind, samples = _PNG_KINDS[color]
    header = struct.pack(">IIBBBBB", *size, depth, kind, 0, 0, int(adam7))
    palette = chunk(b"PLTE", bytes(range(3 << min(depth, 6)))) if color == "palette" else b""
    data = chunk(b"IDAT", zlib.compress(_scan_lines(size, depth * samples, adam7)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + palette + before + data + after + chunk(b"IEND", b"")


def _scan_lines(size: tuple[int, int], bits: int, adam7: bool) -> bytes:
    passes = _ADAM7 if adam7 else ((0, 0, 1, 1),)
    lines = b""
    for left, top, right, down in passes:
        width, height = -(-(size[0] - left) // right), -(-(size[1] - top) // down)
        row = (width * bits + 7) // 8
        lines += (
            b"".join(b"\0" + bytes((7 * x + y) % 61 for x in range(row)) for y in range(height)) if width > 0 else b""
        )
    return lines


def tiff(
    color: str = "rgb",
    size: tuple[int, int] = (8, 8),
    depth: int = 16,
    order: str = "<",
    tags: tuple[tuple[int, int], ...] = (),
) -> bytes:
    """An uncompressed TIFF of one strip, its directory at the end; `tags` are further SHORT tags."""
    meaning, samples, alpha = _TIFF_KINDS[color]
    strip = bytes(size[0] * size[1] * samples * depth // 8)
    bits_at = 8 + len(strip)
    bits = struct.pack(f"{order}{samples}H", *[depth] * samples)
    rows = [(0x100, 4, 1, size[0]), (0x101, 4, 1, size[1]), (0x103, 3, 1, 1), (0x106, 3, 1, meaning)]
    rows += [(0x111, 4, 1, 8), (0x115, 3, 1, samples), (0x116, 4, 1, size[1]), (0x117, 4, 1, len(strip))]
    rows += [(0x102, 3, samples, bits_at if samples > 2 else depth if samples == 1 else None)]
    rows += [(0x152, 3, 1, 2)] if alpha else []
    rows += [(tag, 3, 1, value) for tag, value in tags]
    entries = b"".join(_entry(order, *row, bits) for row in sorted(rows, key=lambda row: row[0]))
    directory = struct.pack(order + "H", len(rows)) + entries + struct.pack(order + "I", 0)
    start = struct.pack(order + "I", bits_at + len(bits))
    return (b"II*\0" if order == "<" else b"MM\0*") + start + strip + bits + directory


def _entry(order: str, tag: int, kind: int, count: int, value: int | None, bits: bytes) -> bytes:
    if value is None:
        field = bits
    elif kind == 3 and count == 1:
        field = struct.pack(order + "HH", value, 0)
    else:
        field = struct.pack(order + "I", value)
    return struct.pack(order + "HHI", tag, kind, count) + field


def bmp_with_alpha(size: tuple[int, int] = (8, 8)) -> bytes:
    """A 32-bit BMP with a BITMAPV4HEADER whose fourth mask is alpha, in sRGB."""
    pixels = bytes(4 * size[0] * size[1])
    masks = (0x00FF0000, 0x0000FF00, 0x000000FF, 0xFF000000)
    header = struct.pack("<IiiHHIIiiII4I", 108, *size, 1, 32, 3, len(pixels), 0, 0, 0, 0, *masks)
    header += b"BGRs" + bytes(48)
    return b"BM" + struct.pack("<IHHI", 14 + 108 + len(pixels), 0, 0, 14 + 108) + header + pixels


def segment(marker: int, content: bytes) -> bytes:
    """A JPEG segment."""
    return struct.pack(">HH", 0xFF00 | marker, len(content) + 2) + content


def with_segment(jpeg: bytes, marker: int, content: bytes) -> bytes:
    """The JPEG with one more segment right behind its start."""
    return jpeg[:2] + segment(marker, content) + jpeg[2:]


def riff(*chunks: tuple[bytes, bytes]) -> bytes:
    """A WebP container around these chunks."""
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) & 1) for kind, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def canvas_chunk(flags: int, size: tuple[int, int]) -> tuple[bytes, bytes]:
    """A VP8X chunk."""
    width, height = (struct.pack("<I", side - 1)[:3] for side in size)
    return b"VP8X", struct.pack("<I", flags) + width + height
