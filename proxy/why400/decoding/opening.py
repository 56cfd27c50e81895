"""Pictures opened and decoded, whole or not at all; the only place that opens files of others."""

import re
import warnings
from io import BytesIO
from itertools import islice
from typing import Any

from PIL import Image, ImageFile, UnidentifiedImageError

from why400 import limits
from why400.decoding import plugins, still_avif, still_heif, still_webp, whole_jpeg, whole_png
from why400.decoding.whole_jpeg import Damaged
from why400.fixes.fix import CannotPaint, NoDecoder
from why400.fixes.formats import FORMATS
from why400.fixes.pixels.colors import WIDE, negative
from why400.fixes.plan_image import ImageJob
from why400.image.facts import Damage

ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.MAX_IMAGE_PIXELS = None
warnings.simplefilter("ignore")

_UNKNOWN = re.compile(r"unsupported|not available|not been built in|unknown pixel mode|unknown raw mode", re.IGNORECASE)
"""How decoders say that they do not know a kind of file."""

_PHOTOMETRIC = 262
"""TIFF's tag; 0 is white. Pillow minds it up to 8 bits a sample."""

_OF_MANY_KINDS = ("tiff", "bmp", "avif", "heif")
"""Formats of which no decoder knows all that they may hold."""

_LEAST_FRAMES = 4
"""Of an animation so large that not as many would be looked at only the first is: others take twice the memory."""

_SCAN = re.compile(rb"\xff\xda")
"""The marker before each scan of a JPEG; inside a scan's data it cannot stand (ITU-T T.81 B.1.1.5)."""

_MOST_SCANS = 65_536
"""However small the picture is."""


def decoded(job: ImageJob, data: bytes) -> Any:
    """The job's picture, its first frame: Pillow's, or a `Sheet`.

    Damaged: it cannot be decoded; CannotPaint, NoDecoder: it is not tried.
    """
    most = min(limits.MAX_SCANNED // (job.width * job.height), _MOST_SCANS)
    if job.format == "jpeg" and next(islice(_SCAN.finditer(data), most, None), None):
        raise CannotPaint(f"it has more than {most} scans: no picture needs that many")
    opened = _opened(job, data)
    if opened.format == "TIFF" and not plugins.reads_tiff_of(coding := opened.info.get("compression")):
        raise NoDecoder(f"a TIFF with {coding} inside is not decoded here; send it without, or as another format")
    if opened.size not in _claims(job):
        says = f"{job.width}x{job.height}, its decoder {opened.width}x{opened.height}"
        raise Damaged(Damage("corrupt", 0, f"its header says {says}"))
    if job.encode is not None and _hides_frames(opened, job):
        raise CannotPaint("it has more than one frame, which would be lost")
    if job.draft:
        opened.draft(None, job.draft)
    made = _still(opened, job, data)
    if made is not None:
        return made
    inverted = opened.format == "TIFF" and opened.mode in (*WIDE, "F") and opened.tag_v2.get(_PHOTOMETRIC) == 0
    _load(opened, data)
    return negative(opened) if inverted else opened


def _opened(job: ImageJob, data: bytes) -> Any:
    plugins.ready(FORMATS[job.format])
    try:
        return Image.open(BytesIO(data), formats=[FORMATS[job.format].pillow])
    except UnidentifiedImageError:
        if job.format in _OF_MANY_KINDS:
            raise NoDecoder(f"this kind of {job.format}{_kind(job)} is not decoded here") from None
        raise Damaged(Damage("corrupt", 0, f"the decoder does not take it for {job.format}")) from None
    except MemoryError:
        raise
    except Exception as error:
        raise Damaged(_told(error, data)) from error


def _kind(job: ImageJob) -> str:
    """What its header says of its samples."""
    return f" ({job.color}, {job.bit_depth} bit)" if job.color and job.bit_depth else ""


def _load(opened: Any, data: bytes) -> None:
    """Decode the frame that the picture stands on."""
    if opened.format in ("JPEG", "MPO"):
        whole_jpeg.load(opened, data)
        return
    try:
        short = _short(opened, data)
    except MemoryError:
        raise
    except Exception as error:
        raise Damaged(_told(error, data, opened.format == "GIF")) from error
    if short is not None:
        raise Damaged(short)


def _still(opened: Any, job: ImageJob, data: bytes) -> Any:
    """A picture of a format whose decoder is heavier in Pillow's hands than it need be; None where Pillow is to do it.

    So it is with an animation of which more than the first frame is looked at.
    """
    still = _STILL.get(opened.format)
    if still is None or (job.encode is None and getattr(opened, "is_animated", False) and _most_frames(job) > 1):
        return None
    try:
        return still(opened, data)
    except MemoryError:
        raise
    except Exception as error:
        raise Damaged(_told(error, data)) from error


_STILL = {"WEBP": still_webp.sheet, "AVIF": still_avif.sheet, "HEIF": still_heif.sheet}


def _short(opened: Any, data: bytes) -> Damage | None:
    """Decode it; how its data are short of the picture, where its decoder would not say so."""
    if opened.format == "PNG":
        return whole_png.load(opened, data)
    opened.load()
    return None


def all_frames(job: ImageJob, opened: Any, data: bytes) -> None:
    """Decode the frames after the first too, as many as may be looked at. Damaged: one cannot be decoded."""
    frames = getattr(opened, "n_frames", 1) if job.format != "jpeg" else 1
    for frame in range(1, min(frames, _most_frames(job))):
        try:
            opened.seek(frame)
            opened.load()
        except MemoryError:
            raise
        except Exception as error:
            damage = _told(error, data, opened.format == "GIF")
            raise Damaged(Damage(damage.kind, damage.offset, f"frame {frame + 1}: {damage.because}")) from error


def _most_frames(job: ImageJob) -> int:
    """How many frames of an animation are looked at."""
    most = limits.MAX_ANIMATED // (job.width * job.height)
    return most if most >= _LEAST_FRAMES else 1


def _told(error: Exception, data: bytes, chained: bool = False) -> Damage:
    """What a decoder said, as damage. Only of a cut do decoders say more than that there is one.

    Of a file whose blocks are `chained` up to its end (GIF), data that end early were not cut.
    """
    words = f"{error or type(error).__name__}"[:150]
    if "too large" in words:
        raise CannotPaint(words) from error
    if _UNKNOWN.search(words):
        raise NoDecoder(f"this kind of file is not decoded here: {words}") from error
    if "truncated" in words.lower() and not chained:
        return Damage("truncated", len(data), f"its decoder says: {words}")
    return Damage("corrupt", 0, f"its decoder says: {words}")


def _claims(job: ImageJob) -> tuple[tuple[int, int], ...]:
    size = (job.width, job.height)
    return (size, size[::-1]) if FORMATS[job.format].turns else (size,)


def _hides_frames(opened: Any, job: ImageJob) -> bool:
    """Formats whose header does not count frames; a JPEG's further pictures (MPO) are no animation."""
    asked = any(step.fix == "first_frame" for step in job.steps)
    return job.format != "jpeg" and not asked and getattr(opened, "is_animated", False)
