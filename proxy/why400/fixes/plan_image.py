"""All steps of one image, merged into one decode and one encode. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil

from why400.exchange import Image
from why400.fixes import rotate
from why400.fixes.convert import shown
from why400.fixes.decodable import undecodable
from why400.fixes.fix import CannotFix, Fix, Step
from why400.fixes.formats import FORMATS, made_as
from why400.image.facts import Color, ImageFacts

PIXEL_PLACES = range(10, 15)

QUALITY = 90
"""JPEG and WebP quality where a rule says nothing: within a level or two of the pixels, half the bytes of 97."""


@dataclass(frozen=True, slots=True)
class Encode:
    """How the result is written: format, what it holds, and JPEG's and WebP's quality.

    `sharp_color` keeps colour at full resolution (JPEG 4:4:4): for sources whose colour was never subsampled, or is
    not any more since the picture was made smaller. `exact` is of sources without loss: they are written without loss
    as WebP, and are searched for repetition as PNG, which photos have none of.
    """

    format: str
    color: Color
    bit_depth: int
    quality: int = QUALITY
    sharp_color: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class ImageJob:
    """What a decode worker does with one image: decode, these steps in order, encode.

    Where `encode` is None all of it is decoded, only to see whether that can be done.

    `format`, `width` and `height` are the header's claim, checked before a decoder runs; a JPEG may be decoded
    smaller, down to `draft` (width, height), if it is not `progressive` at little cost. `profile` is the name of its
    colour space. `lost` is what goes by itself
    with encoding again: (fix, words) pairs.
    """

    at: str
    format: str
    width: int
    height: int
    color: Color | None
    steps: tuple[Step, ...]
    encode: Encode | None
    draft: tuple[int, int] | None = None
    lost: tuple[tuple[str, str], ...] = ()
    profile: str | None = None
    progressive: bool = False
    bit_depth: int | None = None


def image_job(image: Image, steps: Iterable[Step], fixes: Mapping[str, Fix]) -> ImageJob | CannotFix | None:
    """The job for all pixel steps of one image as found; None where no step moves pixels, or why it cannot be done."""
    merged = merge(step for step in steps if step.place in PIXEL_PLACES)
    if not merged:
        return None
    hindrance = hindered(image.facts, merged)
    if hindrance:
        return CannotFix(hindrance)
    settled: list[Step] = []
    planned = image
    for step in _with_upright(image, merged):
        fix = fixes[step.fix]
        found = fix.settle(planned, step) if fix.settle else step
        if isinstance(found, CannotFix):
            return found
        settled.append(found)
        planned = fix.foresee(planned, found) if fix.foresee else planned
    return _job(image, tuple(settled), planned.facts)


def looked_at(image: Image) -> ImageJob | CannotFix:
    """The job that decodes an image and changes nothing, or why it is not decoded here.

    A JPEG is decoded as small as can be: all of its data are read for that.
    """
    facts = image.facts
    why = undecodable(facts)
    if why:
        return CannotFix(why)
    draft = (1, 1) if facts.format == "jpeg" else None
    size, about = (facts.width or 0, facts.height or 0), (bool(facts.progressive), facts.bit_depth)
    return ImageJob(image.at, facts.format, *size, facts.color, (), None, draft, (), None, *about)


def merge(steps: Iterable[Step]) -> tuple[Step, ...]:
    """One step a fix, in the one order; of two that say the same thing the later is heard."""
    merged: dict[str, Step] = {}
    for step in steps:
        before = merged.get(step.fix)
        merged[step.fix] = step if before is None else replace(before, args={**before.args, **step.args})
    return tuple(sorted(merged.values(), key=lambda step: step.place))


def hindered(facts: ImageFacts, steps: Iterable[Step]) -> str | None:
    """Why an image is never decoded here, from what its header claims; None where it may be."""
    why = undecodable(facts)
    if why is None and (facts.frames or 1) > 1 and "first_frame" not in {step.fix for step in steps}:
        return f"it has {facts.frames} frames, of which one would be left; a rule with fix: first_frame allows it"
    return why


def _with_upright(image: Image, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """A format that cannot say how to turn the picture gets it turned, and so does one that its decoder turns."""
    source = FORMATS[image.facts.format]
    wanted = next((step.args["format"] for step in steps if step.args.get("format")), source.name)
    target = made_as(wanted, alpha=image.facts.alpha)
    stays = target.exif and not source.turns
    if image.facts.orientation == 1 or stays or any(step.fix == "rotate" for step in steps):
        return steps
    turn = Step("rotate", image.at, rotate.PLACE, {"orientation": image.facts.orientation})
    return tuple(sorted((*steps, turn), key=lambda step: step.place))


def _job(image: Image, steps: tuple[Step, ...], after: ImageFacts) -> ImageJob:
    before, target = image.facts, made_as(after.format, alpha=after.alpha)
    lossless = not FORMATS[before.format].lossy
    draft = _draft(before, steps)
    encode = Encode(
        target.name,
        target.nearest(shown(after)),
        after.bit_depth if after.bit_depth in target.depths else 8,
        next((step.args["quality"] for step in steps if "quality" in step.args), QUALITY),
        sharp_color=lossless or draft is not None,
        exact=lossless,
    )
    return ImageJob(
        image.at,
        before.format,
        before.width or 0,
        before.height or 0,
        before.color,
        steps,
        encode,
        draft,
        tuple((steps[-1].fix, words) for words in _losses(before, encode)),
        before.profile,
        bool(before.progressive),
        before.bit_depth,
    )


def _draft(before: ImageFacts, steps: tuple[Step, ...]) -> tuple[int, int] | None:
    """The least size, as stored, at which a JPEG may be decoded: its DCT scales by 2, 4 and 8 at little cost."""
    resize = next((step.args for step in steps if "inner" in step.args), None)
    if resize is None or before.format != "jpeg" or not before.width or not before.height:
        return None
    scale = max(inner / whole for inner, whole in zip(resize["inner"], resize["from"], strict=True))
    return (ceil(before.width * scale), ceil(before.height * scale)) if scale < 1 else None


def _losses(before: ImageFacts, encode: Encode) -> list[str]:
    """What goes with encoding again, whatever the pixels are."""
    lost = []
    if before.bit_depth == 16 and encode.bit_depth == 8:
        lost.append("the lower 8 of 16 bits (scaled, not cut)")
    target = FORMATS[encode.format]
    if target.lossy and not (encode.format == "webp" and encode.exact):
        lost.append(f"exact pixels ({target.pillow} at quality {encode.quality})")
    dropped = [kind for kind in before.metadata if kind not in ("icc", *(("exif",) if target.exif else ()))]
    if dropped:
        lost.append(f"metadata: {', '.join(dropped)}")
    return lost
