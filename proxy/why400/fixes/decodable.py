"""Which images are decoded here at all, by what their headers claim. Asked before any decoder runs."""

from why400 import limits
from why400.fixes.formats import FORMATS
from why400.image.facts import ImageFacts


def undecodable(facts: ImageFacts) -> str | None:
    """Why an image with these facts is never decoded here, in words; None where it may be."""
    if facts.format not in FORMATS:
        return f"{facts.format} is not decoded here"
    if facts.pixels is None:
        return "its header does not say its size"
    if not 0 < facts.pixels <= limits.MAX_PIXELS:
        return f"it claims {facts.pixels / 1e6:.0f} MP, more than the {limits.MAX_PIXELS / 1e6:.0f} MP decoded here"
    return None
