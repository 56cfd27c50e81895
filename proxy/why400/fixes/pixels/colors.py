"""Colours and depths of a decoded picture, changed so that what is seen stays. Runs in a decode worker (Pillow).

Modes are Pillow's. What arrives from its decoders: `1`, `L`, `LA`, `P`, `PA`, `RGB`, `RGBA`, `CMYK` (Adobe's inversion
undone already), `I;16` and `I;16B` (gray of 16 bit); `numbers` has narrowed wider samples. A picture's ICC profile
travels in its `info["icc_profile"]` and is dropped where the pixels leave its space.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

from why400.fixes.exif import in_srgb
from why400.fixes.formats import background_of
from why400.image.icc import description

COLORS = {
    "1": "gray",
    "L": "gray",
    "I;16": "gray",
    "LA": "gray-alpha",
    "P": "palette",
    "RGB": "rgb",
    "RGBA": "rgba",
    "CMYK": "cmyk",
}
"""The word for each mode that is left once a picture is plain."""

WIDE = ("I;16", "I;16B", "I;16L", "I;16N")

Changed = tuple[Any, str | None]


def recolor(picture: Any, args: Mapping[str, Any]) -> Changed:
    """Bring a picture to `args`: `profile` (srgb), `color`, `bit_depth` (8 or 16), alpha laid on `background`."""
    plain = plainly(picture, keep_wide=args.get("bit_depth") == 16 and args.get("color", "gray") == "gray")
    lost: list[str] = []
    if args.get("profile") or leaves_profile(plain, args.get("color")):
        plain, words = to_srgb(plain)
        lost += words
    color = args.get("color") or COLORS[plain.mode]
    if COLORS[plain.mode] != color or (color in ("rgb", "gray") and "transparency" in plain.info):
        plain, words = _STEPS[color](plain, background_of(args.get("background", "white")))
        lost += words
    return plain, "; ".join(lost) or None


def plainly(picture: Any, keep_wide: bool = False) -> Any:
    """The picture in one of the modes of `COLORS`; 16 bit become 8 by division by 257 unless `keep_wide`."""
    if picture.mode in WIDE and keep_wide:
        return _with_info(_as_wide(picture), picture)
    if picture.mode in WIDE:
        return _narrow_key(_with_info(narrow(picture), picture))
    if picture.mode in COLORS:
        return _with_info(picture.convert("L"), picture) if picture.mode == "1" else picture
    made = _with_info(picture.convert("RGBA" if picture.mode in ("PA", "RGBa", "La") else "RGB"), picture)
    return _without_profile(made) if picture.mode == "LAB" else made


def _with_info(made: Any, source: Any) -> Any:
    made.info = dict(source.info)
    return made


@cache
def _table_of_257() -> list[int]:
    return [(value + 128) // 257 for value in range(65536)]


def narrow(picture: Any) -> Any:
    """16-bit gray as 8-bit gray, value / 257 rounded: 65535 is white, as 255 is (PNG 3rd edition, section 13.12)."""
    return picture.convert("I").point(_table_of_257(), "L")


def negative(picture: Any) -> Any:
    """Gray of 16 bit, or of floating point from 0 to 1, with black and white changed over."""
    if picture.mode == "F":
        return _with_info(picture.point(lambda level: level * -1 + 1), picture)
    wide = _as_wide(picture)
    made = wide.convert("I").point(lambda level: level * -1 + 65535).convert("I;16")
    return _with_info(made, picture)


def _narrow_key(picture: Any) -> Any:
    """The transparent gray of a 16-bit PNG (tRNS), in the samples that its picture has now."""
    if "transparency" in picture.info:
        picture.info["transparency"] = _table_of_257()[picture.info["transparency"] & 0xFFFF]
    return picture


def _as_wide(picture: Any) -> Any:
    return picture if picture.mode == "I;16" else picture.convert("I").convert("I;16")


def leaves_profile(picture: Any, color: str | None) -> bool:
    """CMYK that becomes another colour goes through its profile when it has one, and so do colours that become gray,
    where it is not sRGB: luma is told from sRGB.
    """
    profile = picture.info.get("icc_profile")
    if not profile or color is None:
        return False
    if picture.mode == "CMYK":
        return color != "cmyk"
    return picture.mode in ("RGB", "RGBA", "P") and color in ("gray", "gray-alpha") and not _is_srgb(profile)


def _is_srgb(profile: bytes) -> bool:
    """By its name, as the check `profile` tells it."""
    return "srgb" in (description(profile) or "").lower()


def to_srgb(picture: Any) -> tuple[Any, list[str]]:
    """The picture in sRGB through its embedded profile (ICC.1), which then is dropped. Without one: as it is."""
    profile = picture.info.get("icc_profile")
    if not profile:
        return picture, []
    source = expanded(picture)
    try:
        made = ImageCms.applyTransform(source, _transform(profile, source.mode))
    except (ImageCms.PyCMSError, OSError, ValueError):
        return _without_profile(picture), ["the embedded colour profile, which could not be used"]
    made = _without_profile(_with_info(made, picture))
    if made.info.get("exif"):
        made.info["exif"] = in_srgb(made.info["exif"])
    return made, []


@lru_cache(maxsize=2)
def _transform(profile: bytes, mode: str) -> Any:
    """Made once for all bands of a picture, and for those of one camera or program that follow each other."""
    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        mode,
        "RGBA" if mode == "RGBA" else "RGB",
    )


def _without_profile(picture: Any) -> Any:
    return _without(picture, "icc_profile")


def _without(picture: Any, key: str) -> Any:
    picture.info = {name: value for name, value in picture.info.items() if name != key}
    return picture


def expanded(picture: Any) -> Any:
    """A palette written out: RGBA where an entry is transparent (PNG tRNS, GIF), else RGB."""
    if picture.mode == "P" or (picture.mode in ("L", "RGB") and "transparency" in picture.info):
        made = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
        return _without(_with_info(made, picture), "transparency")
    return picture


def flattened(picture: Any, background: tuple[int, int, int]) -> tuple[Any, list[str]]:
    """RGB or gray without alpha, laid on the background with plain blending; says so where anything was transparent."""
    picture = expanded(picture)
    if picture.mode not in ("RGBA", "LA"):
        return picture, []
    alpha = picture.getchannel("A")
    opaque = "L" if picture.mode == "LA" and len(set(background)) == 1 else "RGB"
    if alpha.tobytes() == b"\xff" * (alpha.width * alpha.height):  # half as long as its extrema take
        return _with_info(_unveiled(picture, opaque), picture), []
    made = Image.new(opaque, picture.size, background[0] if opaque == "L" else background)
    # Pillow lays RGBA on RGB as it is; a converted copy more would cost a third of the time.
    made.paste(picture if picture.mode == "RGBA" else picture.convert(opaque), mask=alpha)
    return _with_info(made, picture), [f"the transparency, laid on #{bytes(background).hex()}"]


def _unveiled(picture: Any, mode: str) -> Any:
    """An opaque picture without its alpha. Pillow keeps RGB as it keeps RGBA, so up to 16 MiB of it are not copied."""
    try:
        return Image.fromarrow(picture, mode, picture.size)
    except ValueError:  # it is in several blocks, or of two bands
        return picture.convert(mode)


def _to_rgb(picture: Any, background: tuple[int, int, int]) -> tuple[Any, list[str]]:
    flat, lost = flattened(picture, background)
    return _through(flat, "RGB", lost)


def _to_gray(picture: Any, background: tuple[int, int, int]) -> tuple[Any, list[str]]:
    flat, lost = flattened(picture, background)
    if flat.mode in ("L", "I;16"):
        return flat, lost
    return _through(flat, "L", [*lost, "the colours (gray is BT.601 luma)"])


def _to_rgba(picture: Any, background: tuple[int, int, int]) -> tuple[Any, list[str]]:
    return _through(expanded(picture), "RGBA", [])


def _to_gray_alpha(picture: Any, background: tuple[int, int, int]) -> tuple[Any, list[str]]:
    wide = expanded(picture)
    lost = [] if wide.mode in ("L", "I;16", "LA") else ["the colours (gray is BT.601 luma)"]
    return _through(wide, "LA", lost)


def _to_palette(picture: Any, background: tuple[int, int, int]) -> tuple[Any, list[str]]:
    flat, lost = flattened(picture, background)
    few = flat.convert("RGB").quantize(256)
    return _with_info(few, flat), [*lost, "all colours but 256"]


def _to_cmyk(picture: Any, background: tuple[int, int, int]) -> tuple[Any, list[str]]:
    flat, lost = flattened(picture, background)
    return _through(flat.convert("RGB"), "CMYK", lost)


_STEPS = {
    "rgb": _to_rgb,
    "gray": _to_gray,
    "rgba": _to_rgba,
    "gray-alpha": _to_gray_alpha,
    "palette": _to_palette,
    "cmyk": _to_cmyk,
}


def _through(picture: Any, mode: str, lost: list[str]) -> tuple[Any, list[str]]:
    """Pillow's own conversion; the profile goes where it describes another kind of pixels."""
    made = picture if picture.mode == mode else picture.convert(mode)
    kinds = {"RGB": "rgb", "RGBA": "rgb", "L": "gray", "LA": "gray", "I;16": "gray", "CMYK": "cmyk"}
    made.info = dict(picture.info)
    if made.info.get("icc_profile") and kinds[picture.mode] != kinds[mode]:
        return _without_profile(made), [*lost, "the embedded colour profile, which describes other pixels"]
    return made, lost
