"""What is done in a decode worker, and what is never given to a decoder."""

from collections.abc import Callable, Mapping
from typing import Any

from why400 import limits
from why400.fixes.plan_image import ImageJob

Operation = Callable[[Any, Mapping[str, Any]], tuple[Any, str | None]]
"""The `pixels` function of a fix: a module's own function, so that a worker can import it by its name."""


def refusal(job: ImageJob, size: int) -> str | None:
    """Why a file of `size` bytes is not given to a decoder, from its header's claim; None where it may be."""
    pixels = job.width * job.height
    if not 0 < pixels <= limits.MAX_PIXELS:
        return f"it claims {pixels / 1e6:.0f} MP, more than the {limits.MAX_PIXELS / 1e6:.0f} MP decoded here"
    needed = pixels * (1 if job.color in ("gray", "palette") else 4)
    if needed > limits.FREE_PIXEL_BYTES and needed > size * limits.MAX_INFLATION:
        return f"it claims {pixels / 1e6:.0f} MP in {size} bytes: no picture is that simple"
    return None
