"""GIF, WebP, AVIF and HEIC: first frames that do not fill the screen, alpha, turns, spaces."""

import io
from collections.abc import Iterator

import numpy as np
import pillow_heif
from PIL import Image

from gallery.variants.scene import SIZE, Variant, alpha, as_srgb, colors, grays, in_space, on_white, picture, rgb, saved

TURNS = {
    1: lambda shown: shown,
    2: lambda shown: shown[:, ::-1],
    3: lambda shown: shown[::-1, ::-1],
    4: lambda shown: shown[::-1],
    5: lambda shown: shown.swapaxes(0, 1),
    6: lambda shown: np.rot90(shown, 1),
    7: lambda shown: shown[::-1, ::-1].swapaxes(0, 1),
    8: lambda shown: np.rot90(shown, -1),
}
"""How the pixels lie in a file of each orientation, so that a viewer shows them upright."""


def exif(orientation: int) -> bytes:
    block = Image.Exif()
    block[0x0112] = orientation
    return block.tobytes()


def variants() -> Iterator[Variant]:
    yield from _gif()
    yield from _webp()
    yield from _turned()
    clear = np.dstack([colors(), alpha()])
    shows = on_white(colors(), alpha())
    yield Variant("avif with alpha", saved(picture(clear), "AVIF", quality=95, subsampling="4:4:4"), shows, 3)
    p3 = saved(picture(colors()), "AVIF", quality=95, subsampling="4:4:4", icc_profile=in_space("Display P3"))
    yield Variant("avif in Display P3", p3, as_srgb(colors(), "Display P3"), 4)
    yield Variant("heic", heic(colors()), colors(), 4)
    yield Variant("heic with alpha", heic(clear), shows, 4)


def heic(pixels: np.ndarray, **info: bytes) -> bytes:
    out = io.BytesIO()
    made = picture(pixels)
    pillow_heif.from_pillow(made).save(out, quality=95, chroma=444, **info)
    return out.getvalue()


def _gif() -> Iterator[Variant]:
    few = picture(colors()).quantize(64)
    shows = np.asarray(few.convert("RGB"))
    yield Variant("gif", saved(few, "GIF"), shows)
    yield Variant("gif, interlaced", saved(few, "GIF", interlace=1), shows)
    other = few.transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    for disposal in (0, 1, 2, 3):
        film = saved(few, "GIF", save_all=True, append_images=[other], disposal=disposal)
        yield Variant(f"gif film, disposal {disposal}", film, shows)
    index = int(np.asarray(few)[0, 0])
    seen = np.where((np.asarray(few) == index)[..., None], 255, shows).astype(np.uint8)
    yield Variant("gif with a clear colour", saved(few, "GIF", transparency=index), seen)


def _webp() -> Iterator[Variant]:
    scene, clear = picture(colors()), np.dstack([colors(), alpha()])
    shows = on_white(colors(), alpha())
    yield Variant("webp", saved(scene, "WEBP", quality=95), colors(), 3)
    yield Variant("webp without loss", saved(scene, "WEBP", lossless=True), colors())
    yield Variant("webp with alpha", saved(picture(clear), "WEBP", lossless=True, exact=True), shows, 0.6)
    film = saved(scene, "WEBP", save_all=True, append_images=[scene.rotate(180)], lossless=True)
    yield Variant("webp film", film, colors())
    p3 = saved(scene, "WEBP", lossless=True, icc_profile=in_space("Display P3"))
    yield Variant("webp in Display P3", p3, as_srgb(colors(), "Display P3"), 1)


def _turned() -> Iterator[Variant]:
    for which, lie in TURNS.items():
        stored = np.ascontiguousarray(lie(colors()))
        scene = picture(stored)
        yield Variant(
            f"jpeg, orientation {which}", saved(scene, "JPEG", quality=95, subsampling=0, exif=exif(which)), colors(), 3
        )
        yield Variant(f"png, orientation {which}", saved(scene, "PNG", exif=exif(which)), colors())
        gray = picture(np.ascontiguousarray(lie(grays())))
        yield Variant(f"png, gray, orientation {which}", saved(gray, "PNG", exif=exif(which)), rgb(grays()))
        yield Variant(f"webp, orientation {which}", saved(scene, "WEBP", lossless=True, exif=exif(which)), colors())
        yield Variant(f"tiff, orientation {which}", saved(scene, "TIFF", exif=exif(which)), colors())
        yield Variant(
            f"avif, orientation {which}",
            saved(scene, "AVIF", quality=95, subsampling="4:4:4", exif=exif(which)),
            colors(),
            4,
        )
        yield Variant(f"heic, orientation {which}", heic(stored, exif=exif(which)), colors(), 4)
    assert picture(colors()).size == SIZE
