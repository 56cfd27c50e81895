"""Facts of an image, and the answers that a reader can give."""

from dataclasses import dataclass
from typing import Literal

from why400.value import value

Color = Literal["rgb", "rgba", "gray", "gray-alpha", "palette", "cmyk"]
DamageKind = Literal["truncated", "corrupt", "text-mangled", "junk-before", "junk-after"]


@value
class ImageFacts:
    """What the head of an image says. `None` is "it does not say, or not yet": never a guess.

    Sizes are pixels as stored, before any orientation. `bit_depth` is bits per sample. `orientation` is the EXIF
    value 1 to 8 (1: upright, also where there is none). `alpha` counts a transparent palette entry too.
    `profile` is the description of the embedded ICC profile, or the name of the colour space that the file names.
    `coding` is how its samples are coded where that is a way of the format that few decoders know.
    """

    format: str
    media_type: str | None = None
    width: int | None = None
    height: int | None = None
    color: Color | None = None
    bit_depth: int | None = None
    orientation: int = 1
    frames: int | None = None
    alpha: bool | None = None
    profile: str | None = None
    progressive: bool | None = None
    metadata: tuple[str, ...] = ()
    coding: Literal["arithmetic", "lossless", "hierarchical"] | None = None

    @property
    def pixels(self) -> int | None:
        """Width times height, where both are known."""
        return None if self.width is None or self.height is None else self.width * self.height


@dataclass(frozen=True, slots=True)
class NeedMore:
    """The reader can say more when it has the bytes up to (not including) offset `upto`.

    `so_far` is what is certain already, for those who cannot wait: its unknown fields are None, its orientation 1.
    `upto` comes from the file and may lie far beyond its end: a caller bounds it.
    """

    upto: int
    so_far: ImageFacts | None = None


@value
class Damage:
    """A file that is not what its format says: what kind, the byte offset in the image, and why we say so."""

    kind: DamageKind
    offset: int
    because: str


@dataclass(frozen=True, slots=True)
class Unread:
    """So many steps were not enough to follow a file to its end: of the rest nothing is known."""


Reading = ImageFacts | NeedMore | Damage
Following = Damage | Unread | None
