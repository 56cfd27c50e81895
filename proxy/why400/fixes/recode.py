"""`fix: recode` spells the image's bytes as the location says, in the same place.

    image: { json: $.image, as: base64, fix: recode }

    require: { encoding: base64 }
    fix: recode

Base64 text where bytes are wanted is decoded; a data-URI prefix is taken off or put on; a list of byte values becomes
text, or text a list; the url-safe alphabet, missing padding, line breaks and `b'…'` are mended; what was encoded twice
is decoded once more; a part's Content-Transfer-Encoding is undone; stray bytes before the image's first byte go. The
image itself stays bit for bit, so nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from why400.exchange import Finding, Image
from why400.fixes.fix import CannotFix, Fix, Step
from why400.fixes.wants import listed
from why400.shapes.options import Options

PLACE = 2

CURABLE = frozenset(
    {
        "base64.unexpected",
        "base64.double",
        "base64.padding",
        "base64.urlsafe",
        "base64.whitespace",
        "base64.form-damage",
        "base64.illegal-char",
        "base64.hex",
        "data-uri.unexpected",
        "data-uri.required",
        "data-uri.malformed",
        "multipart.transfer-encoding",
    }
)
"""Causes after which one reading of the bytes is left."""

SPELLINGS = ("binary", "base64", "base64url", "base64url-unpadded", "data-uri", "hex", "byte-array")


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Spell what was found as wanted, if what was found is an image."""
    if image is None or image.facts.format == "unknown":
        return CannotFix("no image was found in it that could be spelled another way")
    if not curable(finding, requirement, image):
        return _without_junk(finding, image)
    wanted = spelling(requirement, image)
    if wanted is None:
        return CannotFix("the spelling wanted cannot stand where the image is")
    return Step("recode", image.at, PLACE, {"encoding": wanted}, finding.rule)


def curable(finding: Finding, requirement: Any, image: Image) -> bool:
    """Only the spelling of the image is wrong, and one reading of its bytes is left."""
    if finding.cause in CURABLE or finding.check == "encoding":
        return True
    # A list of byte values for a text, or the reverse: any other wrong type is one of the place.
    spellings = (image.found.encoding, spelling(requirement, image))
    return finding.cause in ("json.wrong-type", "json.value-range") and "byte-array" in spellings


def _without_junk(finding: Finding, image: Image) -> Step | CannotFix:
    if image.damage is None or image.damage.kind != "junk-before":
        return CannotFix(f"{finding.cause} leaves more than one reading")
    args = {"encoding": image.found.encoding, "skip": image.damage.offset}
    return Step("recode", image.at, PLACE, args, finding.rule)


def spelling(requirement: Any, image: Image) -> str | None:
    """The first spelling that a check (`encoding`) or a location asks for and that can stand where the image is."""
    in_json = image.at.startswith("json:") or (image.at.startswith("tensor:") and image.found.encoding != "binary")
    for wanted in listed(requirement):
        word = wanted if isinstance(wanted, str) else _of_location(wanted, in_json)
        if word in SPELLINGS and not (in_json and word == "binary"):
            return str(word)
    return None


def _of_location(spec: Any, in_json: bool) -> str | None:
    """Locations in JSON say how the image is carried; all others hold its bytes."""
    carried_as = getattr(spec, "carried_as", None)
    return carried_as if in_json else "binary" if carried_as is None else None


def foresee(image: Image, step: Step) -> Image:
    """The same image, spelled as wanted, with nothing wrong about its spelling."""
    found = replace(image.found, encoding=step.args["encoding"], troubles=())
    return replace(image, found=found, damage=None if "skip" in step.args else image.damage)


FIX = Fix("recode", ("encoding", "image", "intact"), Options(), plan, foresee, manual=__doc__ or "")
