"""`fix: rotate` turns the pixels as the EXIF orientation says, once, and removes the tag.

    require: { orientation: upright }
    fix: rotate

A phone stores a photo as the sensor saw it and says in a tag how to turn it (EXIF 2.32, tag 0x0112). Most models
do not read that tag. Width and height change places for orientations 5 to 8. Nothing is lost but, in JPEG, what
encoding again costs.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from why400.exchange import Finding, Image
from why400.fixes.decodable import undecodable
from why400.fixes.exif import upright
from why400.fixes.fix import CannotFix, Fix, Step
from why400.shapes.options import Options

PLACE = 11

TURNS: dict[int, str] = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
"""What undoes each orientation, by the names of PIL.Image.Transpose (whose rotations are counter-clockwise)."""


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Turn by what the tag says."""
    if image is None or image.facts.orientation not in TURNS:
        return CannotFix("the image has no orientation from 2 to 8 that could be undone")
    why = undecodable(image.facts)
    if why:
        return CannotFix(why)
    return Step("rotate", image.at, PLACE, {"orientation": image.facts.orientation}, finding.rule)


def foresee(image: Image, step: Step) -> Image:
    """Upright; width and height change places for 5 to 8."""
    facts = image.facts
    if step.args["orientation"] >= 5:
        facts = replace(facts, width=facts.height, height=facts.width)
    return replace(image, facts=replace(facts, orientation=1))


def pixels(picture: Any, args: Mapping[str, Any]) -> tuple[Any, str | None]:
    """The turned picture; its EXIF says upright."""
    from PIL.Image import Transpose

    turned = picture.transpose(Transpose[TURNS[args["orientation"]]])
    turned.info = {**picture.info, "exif": upright(picture.info.get("exif", b""))}
    return turned, None


FIX = Fix("rotate", ("orientation",), Options(), plan, foresee, pixels, manual=__doc__ or "")
