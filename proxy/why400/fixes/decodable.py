"""Which images are decoded here at all, by what their headers claim. Asked before any decoder runs."""

from collections.abc import Iterable

from why400 import limits
from why400.fixes.formats import FORMATS
from why400.fixes.memory import least_samples, to_decode
from why400.image.facts import ImageFacts

_SMALLEST = 64
"""A JPEG's decoder can make it as many times smaller at little cost."""


def undecodable(facts: ImageFacts) -> str | None:
    """Why an image with these facts is never decoded here, in words; None where it may be."""
    if facts.format not in FORMATS:
        return f"{facts.format} is not decoded here"
    if facts.pixels is None:
        return "its header does not say its size"
    if unknown := unknown_kind(facts):
        return unknown
    made = facts.pixels // _SMALLEST if facts.format == "jpeg" else facts.pixels
    samples = least_samples(facts.color) if facts.progressive and facts.format == "jpeg" else None
    memory = to_decode(facts.format, facts.color, facts.bit_depth, facts.pixels, made, samples)
    return too_long(facts) or too_many(facts.pixels) or too_heavy(facts.pixels, memory)


def unknown_kind(facts: ImageFacts) -> str | None:
    """Why no decoder here knows this kind of its format; None where one may."""
    if facts.format == "jpeg" and facts.coding in ("lossless", "hierarchical"):
        return f"a JPEG of {facts.coding} coding is not decoded here"
    if facts.format == "jpeg" and facts.bit_depth not in (None, 8):
        return f"a JPEG of {facts.bit_depth} bits is not decoded here"
    return None


def too_long(facts: ImageFacts) -> str | None:
    """Why an image so long or wide is not decoded; None where it may be."""
    side = max(facts.width or 0, facts.height or 0)
    return (
        None if side <= limits.MAX_SIDE else f"a side of {side:,} pixels, the longest worked on has {limits.MAX_SIDE:,}"
    )


def too_much_together(images: Iterable[ImageFacts]) -> str | None:
    """Why the images of one request are not worked on, many as they are; None where they may be. One always may."""
    costs = [max(_cost(facts), limits.LEAST_PIXELS) for facts in images]
    if len(costs) < 2 or sum(costs) <= limits.MAX_TOGETHER:
        return None
    most = f"{limits.MAX_TOGETHER / 1e6:.0f} MP worked on for one request"
    return f"the request's {len(costs)} images are as much work as {sum(costs) / 1e6:.0f} MP, more than the {most}"


def _cost(facts: ImageFacts) -> int:
    pixels = facts.pixels or 0
    if facts.format == "jpeg" and not facts.progressive:
        return pixels // 4
    return max(pixels, min(pixels * (facts.frames or 1), limits.MAX_ANIMATED))


def too_many(pixels: int) -> str | None:
    """Why so many pixels are not decoded; None where they may be."""
    if 0 < pixels <= limits.MAX_PIXELS:
        return None
    return f"it claims {pixels / 1e6:.0f} MP, more than the {limits.MAX_PIXELS / 1e6:.0f} MP decoded here"


def too_simple(pixels: int, weight: int, size: int) -> bool:
    """No picture of so many pixels, of so many bytes each, fits into a file of so many bytes: it is made to be one."""
    decoded = pixels * max(1, weight)
    return decoded > limits.FREE_PIXEL_BYTES and decoded > limits.MAX_INFLATION * size


def too_heavy(pixels: int, memory: int) -> str | None:
    """Why work that takes so much memory is not begun; None where it may be."""
    if memory <= limits.MAX_DECODED:
        return None
    takes, most = (f"{size / 1e6:.0f} MB" for size in (memory, limits.MAX_DECODED))
    return f"work on its {pixels / 1e6:.0f} MP takes {takes} of memory, more than the {most} given to it"
