"""What is done in a decode worker, and what is never given to a decoder."""

from collections.abc import Callable, Mapping
from math import ceil, prod, sqrt
from typing import Any

from why400.decoding.bands import BAND, in_bands
from why400.decoding.heaviness import weight
from why400.decoding.jpeg_segments import samples
from why400.fixes.answer import Failed
from why400.fixes.decodable import too_heavy, too_many, too_simple
from why400.fixes.formats import FORMATS
from why400.fixes.memory import BAND_BYTES, RECOLORING, held, to_decode, to_make
from why400.fixes.plan_image import ImageJob

Operation = Callable[[Any, Mapping[str, Any]], tuple[Any, str | None]]
"""The `pixels` function of a fix: a module's own function, so that a worker can import it by its name."""


Data = bytes | bytearray | memoryview

_FILES = 3
"""A file is in memory where it was received, where it is decoded, and on its way there."""


_LEFT, _COPY = 4, 4
"""Bytes for a pixel of a `Sheet` once it is decoded, of AVIF as many as while it is; and of Pillow's copy of it."""


def refusal(job: ImageJob, data: Data) -> Failed | None:
    """Why a file is not given to a decoder, from its header's claim; None where it may be."""
    claimed = job.width * job.height
    picture = claimed if job.progressive else decoded_pixels(job)
    if too_simple(picture, held(job.color, job.bit_depth), len(data)):
        return Failed("refused", f"it claims {claimed / 1e6:.0f} MP in {len(data)} bytes: no picture is that simple")
    refused = too_many(claimed) or too_heavy(claimed, needed(job, data))
    return Failed("too-large", refused) if refused else None


def needed(job: ImageJob, data: Data) -> int:
    """How many bytes of memory the job takes at most: to decode the file, and then to change what it shows."""
    claimed, pixels = job.width * job.height, decoded_pixels(job)
    coefficients = samples(data) if job.progressive and job.format == "jpeg" else None
    heavy = weight(job.format, job.color, job.bit_depth, data)
    decoding = to_decode(job.format, job.color, job.bit_depth, claimed, pixels, coefficients, heavy)
    if heavy and not in_bands(job) and job.encode is not None:
        pixels = prod(scaling[0]) if (scaling := smaller(job)) else claimed
        decoding = max(decoding, int(claimed * max(_LEFT, heavy if job.format == "avif" else 0)) + pixels * _COPY)
    return _FILES * len(data) + max(decoding, _changing(job, pixels))


def _changing(job: ImageJob, pixels: int) -> int:
    """What a decoded picture of so many pixels takes with all that is made of it."""
    kept = pixels * held(job.color, job.bit_depth)
    if job.encode is None:
        return kept
    made = to_make(job.encode.format, job.encode.color, job.encode.exact)
    if in_bands(job):
        return kept + BAND * BAND_BYTES + int(pixels * made)
    scaled = next((step.args for step in job.steps if "inner" in step.args), None)
    last = prod(scaled["size"]) if scaled else pixels
    written = int(last * (held(job.encode.color, job.encode.bit_depth) + made))
    return max(kept + _beside(job, pixels), written, kept + _scaling(job, pixels, scaled) if scaled else 0)


def _beside(job: ImageJob, pixels: int) -> int:
    """What is made beside a picture that is turned, or becomes of another colour."""
    sizes = [0]
    for step in job.steps:
        if step.fix == "rotate" and not FORMATS[job.format].turns:
            sizes.append(pixels * held(job.color, job.bit_depth))
        if job.encode and (job.encode.color != job.color or (job.bit_depth or 8) > 8 or "profile" in step.args):
            sizes.append(pixels * RECOLORING)
    return max(sizes)


def _scaling(job: ImageJob, pixels: int, args: Mapping[str, Any]) -> int:
    """What is made beside a picture that is scaled, across first and with all its rows, and set on a canvas.

    One with alpha is multiplied by that before.
    """
    (width, height), (canvas_width, canvas_height), whole = args["inner"], args["size"], args["from"]
    rows: int = ceil(whole[1] * sqrt(pixels / (whole[0] * whole[1])))
    clear = pixels if job.color not in ("rgb", "gray", "cmyk") else 0
    scaling: int = 4 * (clear + width * rows + max(width * height, canvas_width * canvas_height))
    return scaling


def decoded_pixels(job: ImageJob) -> int:
    """How many pixels the decoder makes: a JPEG comes 2, 4 or 8 times smaller where that is large enough still."""
    if job.draft is None:
        return job.width * job.height
    spare = min(job.width // job.draft[0], job.height // job.draft[1])
    scale = next((scale for scale in (8, 4, 2) if spare >= scale), 1)
    return ceil(job.width / scale) * ceil(job.height / scale)


def smaller(job: ImageJob) -> tuple[tuple[int, int], str] | None:
    """Where a job makes its picture smaller: to what size, as its decoder stores it, and by which filter."""
    step = next((step for step in job.steps if "inner" in step.args), None)
    if step is None or step.args["inner"][0] > step.args["from"][0] or step.args["inner"][1] > step.args["from"][1]:
        return None
    across, down = step.args["inner"]
    turned = any(one.fix == "rotate" and one.args["orientation"] > 4 for one in job.steps)
    size = (down, across) if turned and not FORMATS[job.format].turns else (across, down)
    return size, step.args.get("filter", "lanczos").upper()
