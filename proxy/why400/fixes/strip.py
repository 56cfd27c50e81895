"""`fix: strip` takes the metadata out of a file, without encoding the picture again.

    require: { metadata: none }
    fix: strip

EXIF (a phone's place and time among it), XMP, IPTC, texts and comments go; the colour profile stays, and so does every
bit of the picture. JPEG, PNG, WebP, GIF, TIFF, AVIF and HEIC. A picture that its EXIF turns is stripped only where a
rule with `fix: rotate` has turned it; AVIF and HEIC are turned by what is no metadata, and stay so.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from why400.exchange import Finding, Image
from why400.fixes.fix import CannotFix, Fix, Step
from why400.image.bare import FORMATS
from why400.shapes.options import Options
from why400.shapes.suggest import listed

PLACE = 15

_TURNED_BY_BOXES = ("avif", "heif")


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Take out what is there."""
    if image is None or image.facts.format not in FORMATS:
        return CannotFix(f"metadata is taken out of {listed(FORMATS)}")
    if image.facts.orientation != 1 and image.facts.format not in _TURNED_BY_BOXES:
        return CannotFix("its EXIF says how to turn it; a rule with fix: rotate turns it first")
    kinds = [kind for kind in image.facts.metadata if kind != "icc"]
    return Step("strip", image.at, PLACE, {"metadata": listed(kinds)}, finding.rule)


def foresee(image: Image, step: Step) -> Image:
    """The picture with its profile alone."""
    kept = tuple(kind for kind in image.facts.metadata if kind == "icc")
    return replace(image, facts=replace(image.facts, metadata=kept))


FIX = Fix("strip", ("metadata",), Options(), plan, foresee, manual=__doc__ or "")
