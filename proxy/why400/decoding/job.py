"""What is done in a decode worker, and what is never given to a decoder."""

from collections.abc import Callable, Mapping
from math import ceil
from typing import Any

from why400 import limits
from why400.fixes.decodable import decoding_memory, pixel_bytes, too_heavy, too_many
from why400.fixes.plan_image import ImageJob

Operation = Callable[[Any, Mapping[str, Any]], tuple[Any, str | None]]
"""The `pixels` function of a fix: a module's own function, so that a worker can import it by its name."""


def refusal(job: ImageJob, size: int) -> str | None:
    """Why a file of `size` bytes is not given to a decoder, from its header's claim; None where it may be."""
    claimed, memory = job.width * job.height, needed(job)
    refused = too_many(claimed) or too_heavy(claimed, memory)
    if refused:
        return refused
    picture = (claimed if job.progressive else decoded_pixels(job)) * pixel_bytes(job.color)
    inflated = picture / max(1, size)
    if picture > limits.FREE_PIXEL_BYTES and inflated > limits.MAX_INFLATION:
        return f"it claims {claimed / 1e6:.0f} MP in {size} bytes: no picture is that simple"
    if memory > limits.COMMON_MEMORY and memory > limits.COMMON_INFLATION * size:
        return f"it claims {claimed / 1e6:.0f} MP in {size} bytes: too little for {memory / 1e6:.0f} MB of memory"
    return None


def needed(job: ImageJob) -> int:
    """How many bytes of memory the job takes at most: to decode, and then for the picture and a changed one."""
    pixels = decoded_pixels(job)
    decoding = decoding_memory(job.format, job.color, job.progressive, job.width * job.height, pixels)
    if job.encode is None:
        return decoding
    largest = max([pixels, *(width * height for width, height in _sizes(job))])
    return max(decoding, pixels * pixel_bytes(job.color) + largest * pixel_bytes(job.encode.color))


def _sizes(job: ImageJob) -> list[tuple[int, int]]:
    """What the picture is scaled to on its way."""
    return [step.args[name] for step in job.steps for name in ("inner", "size") if name in step.args]


def decoded_pixels(job: ImageJob) -> int:
    """How many pixels the decoder makes: a JPEG comes 2, 4 or 8 times smaller where that is large enough still."""
    if job.draft is None:
        return job.width * job.height
    spare = min(job.width // job.draft[0], job.height // job.draft[1])
    scale = next((scale for scale in (8, 4, 2) if spare >= scale), 1)
    return ceil(job.width / scale) * ceil(job.height / scale)
