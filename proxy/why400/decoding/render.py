"""One image decoded, changed and encoded again. Runs in a decode worker."""

import zlib
from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import Any, cast

from why400.decoding import bands
from why400.decoding.job import Operation, smaller
from why400.decoding.opening import all_frames, decoded
from why400.decoding.sheet import Sheet
from why400.decoding.whole_jpeg import Damaged
from why400.fixes.answer import Answer, Done, Failed
from why400.fixes.fix import CannotPaint, NoDecoder
from why400.fixes.formats import FORMATS
from why400.fixes.pixels import spaces
from why400.fixes.pixels.colors import recolor
from why400.fixes.pixels.numbers import narrowed
from why400.fixes.plan_image import Encode, ImageJob


def render(job: ImageJob, data: bytes, operations: Mapping[str, Operation]) -> Answer:
    """The job's result. Every way in which a decoder can refuse is `Failed`; only MemoryError passes through."""
    try:
        return _rendered(job, data, operations)
    except CannotPaint as error:
        return Failed("refused", str(error))
    except NoDecoder as error:
        return Failed("unsupported", str(error))
    except MemoryError:
        raise
    except Damaged as error:
        return Failed("decoder", str(error), error.damage)
    except Exception as error:
        return Failed("refused", f"{error or type(error).__name__}"[:200])


def _rendered(job: ImageJob, data: bytes, operations: Mapping[str, Operation]) -> Answer:
    if job.encode is None:
        opened = decoded(job, data)
        all_frames(job, opened, data)
        return Done(b"", FORMATS[job.format].media_type, job.width, job.height)
    if bands.in_bands(job):
        made = bands.made(_bare(decoded(job, data), job), job, partial(_made, job=job, operations=operations))
    else:
        # Nobody here keeps the picture as it was decoded: it goes as soon as a step has made another.
        made = _made(_bare(_picture(decoded(job, data), job), job), job, operations)
    file, (width, height), lost = made
    return Done(file, FORMATS[job.encode.format].media_type, width, height, _by_fix([*job.lost, *lost]))


def _picture(opened: Any, job: ImageJob) -> Any:
    """Pillow's own picture; a `Sheet` that becomes smaller is scaled as it is copied, before any other step."""
    if not isinstance(opened, Sheet):
        return opened
    scaling = smaller(job)
    return opened.scaled(*scaling) if scaling else opened.whole()


def _bare(opened: Any, job: ImageJob) -> Any:
    """The picture with no more than travels with it: profile, EXIF, and what its colours need."""
    opened.info = {key: opened.info[key] for key in ("icc_profile", "exif", "transparency") if key in opened.info}
    named = spaces.profile(job.profile) if opened.mode in ("RGB", "RGBA") else None
    if named is not None and not opened.info.get("icc_profile"):
        opened.info["icc_profile"] = named
    return opened


def _made(picture: Any, job: ImageJob, operations: Mapping[str, Operation]) -> bands.Made:
    """The file of a decoded picture, or of a band of one, after all steps."""
    encode = cast(Encode, job.encode)
    picture, words = narrowed(picture)
    lost = [(job.steps[-1].fix, words)] if words else []
    for step in job.steps:
        if step.fix == "rotate" and FORMATS[job.format].turns:
            continue
        picture, words = operations[step.fix](picture, step.args)
        lost += [(step.fix, words)] if words else []
    picture, words = recolor(picture, {"color": encode.color, "bit_depth": encode.bit_depth})
    lost += [(job.steps[-1].fix, words)] if words else []
    return encoded(picture, encode), picture.size, lost


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
        # Of a photo runs alone are smaller, and a sixth faster, than searching it; of a screenshot four times larger.
        return {"compress_level": 1} | ({} if encode.exact else {"compress_type": zlib.Z_RLE})
    if encode.format == "webp":
        return {"quality": encode.quality, "lossless": encode.exact, "method": 2}
    return {}
