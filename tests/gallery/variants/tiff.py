"""TIFF: byte orders, depths, planes, tiles, compressions, colour spaces."""

import struct
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyvips
from PIL import ImageCms

from gallery.variants.scene import SIZE, Variant, alpha, colors, grays, on_white, picture, rgb, saved

WIDTH, HEIGHT = SIZE
Tag = tuple[int, int, Sequence[int]]
SHORT, LONG = 3, 4


def file(order: str, tags: list[Tag], strips: list[bytes]) -> bytes:
    """A classic TIFF: header, picture data, values, directory (TIFF 6.0 section 2)."""
    body, starts = b"", []
    for strip in strips:
        starts.append(8 + len(body))
        body += strip + bytes(len(strip) & 1)
    rows = [*tags, (0x111, LONG, starts), (0x117, LONG, [len(strip) for strip in strips])]
    entries = b""
    for tag, kind, values in sorted(rows):
        held = struct.pack(f"{order}{len(values)}{'H' if kind == SHORT else 'I'}", *values)
        if len(held) > 4:
            held, body = struct.pack(order + "I", 8 + len(body)), body + held
        entries += struct.pack(order + "HHI", tag, kind, len(values)) + held.ljust(4, b"\0")
    body += bytes(len(body) & 1)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8 + len(body))
    return head + body + struct.pack(order + "H", len(rows)) + entries + bytes(4)


def tags(meaning: int, depths: Sequence[int], **more: Sequence[int]) -> list[Tag]:
    plain: list[Tag] = [(0x100, SHORT, [WIDTH]), (0x101, SHORT, [HEIGHT]), (0x102, SHORT, depths), (0x103, SHORT, [1])]
    plain += [(0x106, SHORT, [meaning]), (0x115, SHORT, [len(depths)]), (0x116, SHORT, [HEIGHT])]
    named = {"planes": 0x11C, "extra": 0x152, "sample": 0x153}
    return plain + [(named[name], SHORT, values) for name, values in more.items()]


def variants() -> Iterator[Variant]:
    yield from _by_hand()
    yield from _wide()
    yield from _compressed()
    scene = pyvips.Image.new_from_array(colors()).copy(interpretation="srgb")
    lab = ImageCms.profileToProfile(
        picture(colors()), ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
    )
    yield Variant("L*a*b*", saved(lab, "TIFF"), colors(), 2.5)
    yield Variant("BigTIFF", scene.tiffsave_buffer(bigtiff=True), colors())


def _by_hand() -> Iterator[Variant]:
    scene, gray = colors(), grays()
    for order, name in (("<", "little"), (">", "big")):
        yield Variant(f"{name} endian", file(order, tags(2, [8, 8, 8]), [scene.tobytes()]), scene)
    planes = [scene[..., index].tobytes() for index in range(3)]
    yield Variant("planes apart", file("<", tags(2, [8, 8, 8], planes=[2]), planes), scene)
    yield Variant("black is 255", file("<", tags(0, [8]), [(255 - gray).tobytes()]), rgb(gray))
    clear = np.dstack([scene, alpha()])
    shows = on_white(scene, alpha())
    yield Variant("alpha apart", file("<", tags(2, [8] * 4, extra=[2]), [clear.tobytes()]), shows, 0.6)
    share = alpha()[..., None] / 255
    mixed = np.dstack([(scene * share).round().astype(np.uint8), alpha()])
    yield Variant("alpha multiplied in", file("<", tags(2, [8] * 4, extra=[1]), [mixed.tobytes()]), shows, 1.5)
    unknown = np.dstack([scene, 0 * alpha()])
    yield Variant("a fourth sample that is nothing", file("<", tags(2, [8] * 4, extra=[0]), [unknown.tobytes()]), scene)
    black = (gray > 127).astype(np.uint8)
    bits = np.packbits(black, axis=1).tobytes()
    yield Variant("1 bit", file("<", tags(1, [1]), [bits]), rgb(black * 255))
    yield Variant("1 bit, black is 1", file("<", tags(0, [1]), [bits]), rgb((1 - black) * 255))


def _wide() -> Iterator[Variant]:
    scene, gray = colors().astype(np.uint32) * 257, grays().astype(np.uint32) * 257
    for order, name in (("<", "little"), (">", "big")):
        kind = order + "u2"
        yield Variant(f"16 bits, {name}", file(order, tags(2, [16] * 3), [scene.astype(kind).tobytes()]), colors(), 0.5)
        yield Variant(
            f"16 bits of gray, {name}", file(order, tags(1, [16]), [gray.astype(kind).tobytes()]), rgb(grays())
        )
    inverted = (65535 - gray).astype("<u2").tobytes()
    yield Variant("16 bits of gray, black is most", file("<", tags(0, [16]), [inverted]), rgb(grays()))
    for order, name in (("<", "little"), (">", "big")):
        parts = (grays() / 255).astype(order + "f4").tobytes()
        yield Variant(f"floating point, {name}", file(order, tags(1, [32], sample=[3]), [parts]), rgb(grays()))
    parts = (1 - grays() / 255).astype("<f4").tobytes()
    yield Variant("floating point, black is 1", file("<", tags(0, [32], sample=[3]), [parts]), rgb(grays()))
    yield Variant("16 bits in 32", file("<", tags(1, [32]), [gray.astype("<u4").tobytes()]), rgb(grays()))
    thirds = (grays().astype(np.uint32) * 257 // 3).astype("<u2")
    yield Variant("16 bits, dark", file("<", tags(1, [16]), [thirds.tobytes()]), rgb((thirds / 257).round()), 0.5)


def _compressed() -> Iterator[Variant]:
    scene: Any = pyvips.Image.new_from_array(colors()).copy(interpretation="srgb")
    for compression in ("lzw", "deflate", "packbits"):
        yield Variant(compression, scene.tiffsave_buffer(compression=compression), colors())
    yield Variant("lzw with predictor", scene.tiffsave_buffer(compression="lzw", predictor="horizontal"), colors())
    yield Variant("tiles", scene.tiffsave_buffer(tile=True, tile_width=16, tile_height=16), colors())
    yield Variant("tiles of JPEG", scene.tiffsave_buffer(compression="jpeg", tile=True, Q=95), colors(), 4)
    yield Variant("YCbCr as JPEG", saved(picture(colors()), "TIFF", compression="jpeg", quality=95), colors(), 4)
    fax = picture(grays()).point(lambda level: 255 * (level > 127)).convert("1")
    shows = rgb(np.asarray(fax).astype(np.uint8) * 255)
    for compression in ("group3", "group4", "tiff_ccitt"):
        yield Variant(f"fax, {compression}", saved(fax, "TIFF", compression=compression), shows)
    inks = picture(colors()).convert("CMYK")
    yield Variant("four inks", saved(inks, "TIFF", compression="tiff_lzw"), colors(), 1)
