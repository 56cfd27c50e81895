"""What is done in a decode worker, and what is never given to a decoder."""

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

from why400 import limits
from why400.fixes.decodable import most_decoded, too_many
from why400.fixes.plan_image import ImageJob

Operation = Callable[[Any, Mapping[str, Any]], tuple[Any, str | None]]
"""The `pixels` function of a fix: a module's own function, so that a worker can import it by its name."""


def refusal(job: ImageJob, size: int) -> str | None:
    """Why a file of `size` bytes is not given to a decoder, from its header's claim; None where it may be."""
    pixels = decoded_pixels(job)
    refused = too_many(job.width * job.height, limits.MAX_PIXELS) or too_many(pixels, _most(job))
    if refused:
        return refused
    needed = pixels * (1 if job.color in ("gray", "palette") else 4)
    if needed > limits.FREE_PIXEL_BYTES and needed > size * limits.MAX_INFLATION:
        return f"it claims {pixels / 1e6:.0f} MP in {size} bytes: no picture is that simple"
    return None


def _most(job: ImageJob) -> int:
    """Twice as many only where the result is as small as the source."""
    most = most_decoded(job.color)
    return most if job.encode is None else min(most, most_decoded(job.encode.color))


def decoded_pixels(job: ImageJob) -> int:
    """How many pixels the decoder makes: a JPEG comes 2, 4 or 8 times smaller where that is large enough still."""
    if job.draft is None:
        return job.width * job.height
    spare = min(job.width // job.draft[0], job.height // job.draft[1])
    scale = next((scale for scale in (8, 4, 2) if spare >= scale), 1)
    return ceil(job.width / scale) * ceil(job.height / scale)
