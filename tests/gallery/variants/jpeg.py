"""JPEG: inks, samplings, restarts, spaces."""

import struct
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyvips
from PIL import Image

from corpus.by_hand import with_segment
from corpus.make import exif_with_space
from gallery.variants.scene import Variant, as_srgb, colors, grays, in_space, picture, rgb, saved

ADOBE = b"Adobe\0\x64\0\0\0\0"
Q = 95


def variants() -> Iterator[Variant]:
    scene = picture(colors())
    for sampling in ("4:4:4", "4:2:2", "4:2:0"):
        yield Variant(f"sampled {sampling}", saved(scene, "JPEG", quality=Q, subsampling=sampling), colors(), 3)
    yield Variant("progressive", saved(scene, "JPEG", quality=Q, progressive=True), colors(), 3)
    yield Variant("restart markers", saved(scene, "JPEG", quality=Q, restart_marker_blocks=2), colors(), 3)
    yield Variant("RGB inside", saved(scene, "JPEG", quality=Q, keep_rgb=True), colors(), 3)
    yield Variant("one component", saved(picture(grays()), "JPEG", quality=Q), rgb(grays()), 1)
    yield from _inks(scene)
    yield from _spaces(scene)
    later = saved(scene, "JPEG", quality=Q) + b"\xff\xd8\xff\xe1" + bytes(400)
    yield Variant("another picture behind it", later, colors(), 3)


def _inks(scene: Any) -> Iterator[Variant]:
    inks = scene.convert("CMYK")
    inverted = saved(inks, "JPEG", quality=Q, subsampling=0)
    yield Variant("four inks, as Adobe inverts them", inverted, colors(), 2)
    yield Variant("four inks as YCCK", _ycck(), colors(), 3)
    printed = pyvips.Image.new_from_array(colors()).copy(interpretation="srgb").icc_transform("cmyk")
    data = printed.jpegsave_buffer(Q=Q, keep="icc")
    shows = pyvips.Image.new_from_buffer(data, "").icc_transform("srgb", embedded=True, intent="perceptual").numpy()
    yield Variant("four inks with their profile", data, np.asarray(shows), 2.5)
    inks = printed.tiffsave_buffer(keep="icc")
    shows = pyvips.Image.new_from_buffer(inks, "").icc_transform("srgb", embedded=True, intent="perceptual").numpy()
    yield Variant("four inks with their profile, in TIFF", inks, np.asarray(shows), 1.5)


def _ycck() -> bytes:
    """Four components that say they are YCCK (Adobe transform 2): Y, Cb, Cr of the inverted inks, and K."""
    ycc = np.asarray(Image.fromarray(255 - colors()).convert("YCbCr"))
    four = np.dstack([ycc, np.full(ycc.shape[:2], 255, np.uint8)])
    plain = saved(
        Image.frombytes("CMYK", (four.shape[1], four.shape[0]), (255 - four).tobytes()),
        "JPEG",
        quality=Q,
        subsampling=0,
    )
    at = plain.index(b"Adobe")
    return plain[: at + 11] + b"\2" + plain[at + 12 :]


def _spaces(scene: Any) -> Iterator[Variant]:
    for name in ("Display P3", "Adobe RGB"):
        data = saved(scene, "JPEG", quality=Q, subsampling=0, icc_profile=in_space(name))
        yield Variant(f"{name}, its profile embedded", data, as_srgb(colors(), name), 3)
    exif = b"Exif\0\0" + exif_with_space(0xFFFF, b"R03")
    camera = with_segment(saved(scene, "JPEG", quality=Q, subsampling=0), 0xE1, exif)
    yield Variant("Adobe RGB as cameras name it", camera, as_srgb(colors(), "Adobe RGB"), 3)


def turned(data: bytes, orientation: int) -> bytes:
    """The same JPEG with an EXIF orientation."""
    exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0" + struct.pack("<HHI", orientation, 0, 0)
    return with_segment(data, 0xE1, exif)
