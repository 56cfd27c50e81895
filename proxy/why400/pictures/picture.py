"""What a picture can be asked to be, in the words of rules; nothing is painted here."""

from dataclasses import dataclass

from why400.pictures.damage import shows

MOST_PIXELS = 25_000_000
"""Larger pictures are not made: a test takes milliseconds."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be made in a format: its name in Pillow, its media type, its colours by bit depth, the first by default.

    `turned`: it can carry an EXIF orientation. `frames`: it can hold several.
    """

    pillow: str
    media_type: str
    colors: dict[int, tuple[str, ...]]
    turned: bool = False
    frames: bool = False


KINDS: dict[str, Kind] = {
    "jpeg": Kind("JPEG", "image/jpeg", {8: ("rgb", "gray", "cmyk")}, turned=True),
    "png": Kind(
        "PNG",
        "image/png",
        {
            8: ("rgb", "rgba", "gray", "gray-alpha", "palette"),
            16: ("rgb", "rgba", "gray", "gray-alpha"),
            1: ("gray",),
        },
        turned=True,
        frames=True,
    ),
    "webp": Kind("WEBP", "image/webp", {8: ("rgb", "rgba")}, turned=True, frames=True),
    "gif": Kind("GIF", "image/gif", {8: ("palette",)}, frames=True),
    "bmp": Kind("BMP", "image/bmp", {8: ("rgb", "gray", "palette")}),
    "tiff": Kind("TIFF", "image/tiff", {8: ("rgb", "rgba", "gray", "cmyk"), 16: ("gray",)}, frames=True),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in words. `color` None is the format's first; `file_size` adds bytes behind the picture's end."""

    format: str = "jpeg"
    color: str | None = None
    size: tuple[int, int] = (64, 48)
    bit_depth: int = 8
    orientation: int = 1
    frames: int = 1
    file_size: int = 0
    damage: str | None = None

    @property
    def media_type(self) -> str:
        """The type of its bytes, were they not damaged."""
        return KINDS[self.format].media_type


def cannot_make(wanted: Picture) -> str | None:
    """Why no such picture is there, in words; None where it can be made."""
    kind = KINDS[wanted.format]
    colors = kind.colors.get(wanted.bit_depth)
    if colors is None:
        return f"{wanted.bit_depth} bits cannot be made in {wanted.format}"
    if wanted.color is not None and wanted.color not in colors:
        bits = f" of {wanted.bit_depth} bits" if wanted.bit_depth != 8 else ""
        return f"{wanted.color}{bits} cannot be made in {wanted.format}"
    if wanted.orientation != 1 and not (kind.turned and wanted.bit_depth == 8):
        return f"such a {wanted.format} carries no orientation here"
    if wanted.frames > 1 and not (kind.frames and wanted.bit_depth == 8 and _is_kept_in_frames(wanted)):
        return f"such a {wanted.format} has one frame"
    if wanted.damage is not None and not shows(wanted.damage, wanted.format):
        return f"{wanted.damage} does not show in {wanted.format}"
    if wanted.size[0] * wanted.size[1] * wanted.frames > MOST_PIXELS:
        return f"more than {MOST_PIXELS / 1e6:g} MP are not made for a test"
    return None


def _is_kept_in_frames(wanted: Picture) -> bool:
    """Pillow writes animations of PNG without a palette."""
    return wanted.format != "png" or wanted.color != "palette"
