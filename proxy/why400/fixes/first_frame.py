"""`fix: first_frame` keeps the first frame of an animation, or the first page of a TIFF.

    require: { frames: 1 }
    fix: first_frame

All other frames are lost, which is said. The first frame is taken as it is shown (GIF, WebP and APNG draw it alone).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from why400.exchange import Finding, Image
from why400.fixes.fix import CannotFix, Fix, Step
from why400.shapes.options import Options

PLACE = 10


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Take frame 0."""
    if image is None:
        return CannotFix("there is no image")
    return Step("first_frame", image.at, PLACE, {"frames": image.facts.frames}, finding.rule)


def foresee(image: Image, step: Step) -> Image:
    """One frame."""
    return replace(image, facts=replace(image.facts, frames=1))


def pixels(picture: Any, args: Mapping[str, Any]) -> tuple[Any, str | None]:
    """The decoder stands on frame 0 already: only the others are lost."""
    frames = args.get("frames")
    return picture, f"the other {frames - 1} frames" if frames and frames > 1 else "all frames but the first"


FIX = Fix("first_frame", ("frames",), Options(), plan, foresee, pixels, manual=__doc__ or "")
