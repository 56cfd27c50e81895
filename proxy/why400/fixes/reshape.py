"""`fix: reshape` puts the one image of a request where the route wants it, whatever style it was sent in.

    image: { part: file, fix: reshape }
    image: { json: $.image, as: base64, example: { model: digits, image: here }, fix: reshape }

A form's part gets its name, a JSON value its key, with everything around it kept. Between styles (the bytes alone, a
form, JSON) a new body is made: the location's `example:` with the image in it, else the smallest that its path
describes; what stood around the image is lost, and that is said. Where the place lists several (`any:`), the first is
made. Whatever `recode` mends is mended too. Only where exactly one image is found.

With `require: { content_type: … }` it says that the type comes with the new body; where the body is what is wanted and
only called otherwise, or not at all, it says its type as `relabel` does.
"""

from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from why400.exchange import Finding, Image
from why400.fixes import recode, relabel
from why400.fixes.fix import CannotFix, Fix, Step
from why400.shapes.options import Options

PLACE = 20


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Put it at the first place wanted; where only its spelling is wrong, spell it there; where only a name, say it."""
    if finding.check == "content_type":
        named = relabel.plan(finding, requirement, options, image)
        if isinstance(named, Step) and _will_do(named.args["media_type"], requirement):
            return named
    if image is None or image.facts.format == "unknown":
        return CannotFix("no image was found in it that could be put where it belongs")
    if finding.check == "content_type":
        return Step("reshape", image.at, PLACE, {}, finding.rule)
    if recode.curable(finding, requirement, image) or (image.damage is not None and image.damage.kind == "junk-before"):
        spelled = recode.plan(finding, requirement, options, image)
        if isinstance(spelled, Step) or not image.at.startswith("tensor:"):
            return spelled
    return Step("reshape", image.at, PLACE, {"spec": requirement[0]}, finding.rule)


def _will_do(media_type: str, requirement: Any) -> bool:
    """The type is one of those that are wanted, as the body is."""
    return any(fnmatchcase(media_type, pattern.lower()) for pattern in requirement)


def foresee(image: Image, step: Step) -> Image:
    """The image at its place, spelled as that says and declared as what it is."""
    if step.fix == "recode":
        return recode.foresee(image, step)
    if "spec" not in step.args:
        return image
    spec = step.args["spec"]
    found = replace(
        image.found,
        at=spec.at,
        encoding=getattr(spec, "carried_as", "binary"),
        declared_type=image.facts.media_type,
        troubles=(),
    )
    return replace(image, found=found)


FIX = Fix("reshape", ("image", "content_type"), Options(), plan, foresee, alone=True, manual=__doc__ or "")
