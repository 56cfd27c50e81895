"""Which images are decoded here at all, by what their headers claim. Asked before any decoder runs."""

from why400 import limits
from why400.fixes.formats import FORMATS
from why400.image.facts import Color, ImageFacts


def undecodable(facts: ImageFacts) -> str | None:
    """Why an image with these facts is never decoded here, in words; None where it may be."""
    if facts.format not in FORMATS:
        return f"{facts.format} is not decoded here"
    if facts.pixels is None:
        return "its header does not say its size"
    return too_many(facts.pixels, limits.MAX_PIXELS if shrinks(facts) else most_decoded(facts.color))


def shrinks(facts: ImageFacts) -> bool:
    """Its decoder can make it smaller at little cost. A progressive JPEG is whole in memory before that."""
    return facts.format == "jpeg" and not facts.progressive


def most_decoded(color: Color | None) -> int:
    """Most pixels that a decoder may make of an image of these colours."""
    return limits.MAX_DECODED * (2 if color in ("gray", "palette") else 1)


def too_many(pixels: int, most: int) -> str | None:
    """Why so many pixels are not decoded; None where they may be."""
    if 0 < pixels <= most:
        return None
    return f"it claims {pixels / 1e6:.0f} MP, more than the {most / 1e6:.0f} MP decoded here"
