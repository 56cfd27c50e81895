"""One image decoded, changed and encoded again. Runs in a decode worker; the only place that opens pictures."""

import warnings
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image, ImageFile, UnidentifiedImageError

from why400 import limits
from why400.decoding.job import Operation, decoded_pixels
from why400.fixes.answer import Answer, Done, Failed
from why400.fixes.fix import CannotPaint
from why400.fixes.formats import FORMATS
from why400.fixes.pixels.colors import recolor
from why400.fixes.plan_image import Encode, ImageJob

ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = None
warnings.simplefilter("ignore")

_SCAN = b"\xff\xda"
"""The marker before each scan of a JPEG; inside a scan's data it cannot stand (ITU-T T.81 B.1.1.5)."""


def render(job: ImageJob, data: bytes, operations: Mapping[str, Operation]) -> Answer:
    """The job's result. Every way in which a decoder can refuse is `Failed`; only MemoryError passes through."""
    try:
        return _rendered(job, data, operations)
    except CannotPaint as error:
        return Failed("refused", str(error))
    except MemoryError:
        raise
    except UnidentifiedImageError:
        return Failed("decoder", f"the decoder does not take it for {job.format}")
    except Exception as error:
        return Failed("decoder", f"{error or type(error).__name__}"[:200])


def _rendered(job: ImageJob, data: bytes, operations: Mapping[str, Operation]) -> Answer:
    if job.format == "jpeg" and data.count(_SCAN) * decoded_pixels(job) > limits.MAX_SCANNED:
        return Failed("refused", f"it has {data.count(_SCAN)} scans: no picture needs that many")
    # Nobody here keeps the picture as it was decoded: it goes as soon as a step has made another.
    return _changed(_decoded(job, data), job, operations)


def _decoded(job: ImageJob, data: bytes) -> Any:
    opened = Image.open(BytesIO(data), formats=[FORMATS[job.format].pillow])
    if opened.size not in _claims(job):
        says = f"{job.width}x{job.height}, its decoder {opened.width}x{opened.height}"
        raise CannotPaint(f"its header says {says}")
    if _hides_frames(opened, job):
        raise CannotPaint("it has more than one frame, which would be lost")
    if job.draft:
        opened.draft(None, job.draft)
    opened.load()
    return _bare(opened)


def _claims(job: ImageJob) -> tuple[tuple[int, int], ...]:
    size = (job.width, job.height)
    return (size, size[::-1]) if FORMATS[job.format].turns else (size,)


def _hides_frames(opened: Any, job: ImageJob) -> bool:
    """Formats whose header does not count frames; a JPEG's further pictures (MPO) are no animation."""
    asked = any(step.fix == "first_frame" for step in job.steps)
    return job.format != "jpeg" and not asked and getattr(opened, "is_animated", False)


def _bare(opened: Any) -> Any:
    """The picture with no more than travels with it: profile, EXIF, and what its colours need."""
    opened.info = {key: opened.info[key] for key in ("icc_profile", "exif", "transparency") if key in opened.info}
    return opened


def _changed(picture: Any, job: ImageJob, operations: Mapping[str, Operation]) -> Done:
    lost = list(job.lost)
    for step in job.steps:
        if step.fix == "rotate" and FORMATS[job.format].turns:
            continue
        picture, words = operations[step.fix](picture, step.args)
        lost += [(step.fix, words)] if words else []
    picture, words = recolor(picture, {"color": job.encode.color, "bit_depth": job.encode.bit_depth})
    lost += [(job.steps[-1].fix, words)] if words else []
    media_type = FORMATS[job.encode.format].media_type
    width, height = picture.size
    return Done(encoded(picture, job.encode), media_type, width, height, _by_fix(lost))


def _by_fix(lost: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """All that each fix lost, in one text."""
    fixes = dict.fromkeys(fix for fix, _ in lost)
    return tuple((fix, "; ".join(words for one, words in lost if one == fix)) for fix in fixes)


def encoded(picture: Any, encode: Encode) -> bytes:
    """The picture's file, with its profile, and its EXIF where the format has a place for it."""
    target = FORMATS[encode.format]
    options = _options(encode)
    if picture.info.get("icc_profile"):
        options["icc_profile"] = picture.info["icc_profile"]
    if target.exif and picture.info.get("exif"):
        options["exif"] = picture.info["exif"]
    made = BytesIO()
    picture.save(made, target.pillow, **options)
    return made.getvalue()


def _options(encode: Encode) -> dict[str, Any]:
    """What each encoder is told: speed before bytes, for the file lives as long as one request."""
    if encode.format == "jpeg":
        return {"quality": encode.quality, "subsampling": 0 if encode.sharp_color else 2}
    if encode.format == "png":
        return {"compress_level": 1}
    if encode.format == "webp":
        return {"quality": encode.quality, "lossless": encode.exact, "method": 2}
    return {}
