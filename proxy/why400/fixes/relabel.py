"""`fix: relabel` makes a content type say what the bytes are: of the request, of a form's part, of a data URI.

    require: { content_type: [image/jpeg, image/png] }
    fix: relabel

    require: { declared_type: true }
    fix: relabel

Runs last, so it names what is sent, after every conversion: a WebP that another rule makes a JPEG is called one.
Whether that type is accepted is checked again on the result. The file name of a form's part follows where it has the
extension of another image type. JSON that says another type, or none, is called JSON. Where one general type alone is
wanted (application/octet-stream, or a server's own name for an image), it is said instead. Nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Any

from why400.exchange import Finding, Image
from why400.fixes.fix import CannotFix, Fix, Step
from why400.shapes.options import Options

PLACE = 21

JSON = "application/json"
_OTHER_STYLES = ("json", "form-urlencoded", "xml")


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Say the type of the image's bytes, or JSON where only that is wrong."""
    if finding.cause == "content-type.json-mislabelled" or _is_in_json(finding, requirement, image):
        return Step("relabel", "head", PLACE, {"media_type": _json_type(finding, requirement)}, finding.rule)
    if image is None or image.facts.media_type is None:
        return CannotFix("what the bytes are is not known")
    if not image.facts.media_type.startswith("image/"):
        return CannotFix("the bytes are no image")
    if finding.at == "head" and image.at != "body":
        return CannotFix("the body is not the image itself, so its content type is not the image's")
    media_type = _general(finding, requirement, image.facts.media_type) or image.facts.media_type
    return Step("relabel", finding.at, PLACE, {"media_type": media_type}, finding.rule)


def _general(finding: Finding, requirement: Any, own: str) -> str:
    """The one type that is wanted of a body, where that is none of an image; "" where the image's own will do."""
    if finding.check != "content_type" or any(fnmatchcase(own, pattern.lower()) for pattern in requirement):
        return ""
    named = str(requirement[0]).lower() if len(requirement) == 1 else ""
    binary = named.startswith(("application/", "binary/")) and not named.endswith(_OTHER_STYLES)
    return named if binary and "*" not in named else ""


def _is_in_json(finding: Finding, requirement: Any, image: Image | None) -> bool:
    """JSON is wanted, and the image was found in JSON, whatever that is called."""
    if finding.check != "content_type" or image is None or not any(map(_says_json, requirement)):
        return False
    in_tensor = image.at.startswith("tensor:") and image.found.encoding != "binary"
    return in_tensor or image.at.startswith("json:")


def _json_type(finding: Finding, requirement: Any) -> str:
    """The usual type of JSON, or the one that is wanted instead."""
    if finding.check != "content_type" or JSON in requirement:
        return JSON
    return next((kind.lower() for kind in requirement if _says_json(kind)), JSON)


def _says_json(kind: str) -> bool:
    return kind.lower() in (JSON, "text/json") or kind.lower().endswith(("+json", "/json", "x-json"))


def foresee(image: Image, step: Step) -> Image:
    """The image declared as what it is."""
    return replace(image, found=replace(image.found, declared_type=step.args["media_type"]))


FIX = Fix("relabel", ("content_type", "declared_type"), Options(), plan, foresee, manual=__doc__ or "")
