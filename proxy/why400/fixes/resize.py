"""`fix: resize` scales the image into the sizes that the checks width and height want.

    require: { width: { min: 32, max: 4096 }, height: { min: 32, max: 4096 } }
    fix: resize

    require: { width: 224, height: 224 }
    fix: { resize: { fit: pad, background: black } }

Options: `fit`: `keep` (default: the proportions stay; where they cannot, the fix does not serve), `stretch`, `pad`
(letterbox on `background`) or `crop` (the middle); `filter`: `lanczos` (default), `bicubic`, `bilinear`, `box` or
`nearest`, each over all the pixels that go into one (no aliasing). Transparent pixels do not bleed: alpha is
premultiplied meanwhile. A large JPEG is decoded at a half, quarter or eighth where the result is no larger than that.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from why400.exchange import Finding, Image
from why400.fixes.decodable import undecodable
from why400.fixes.fix import CannotFix, Fix, Step
from why400.fixes.formats import background_of
from why400.fixes.geometry import Fit, Geometry, Limits, geometry
from why400.fixes.wants import BACKGROUND, ends
from why400.image.facts import ImageFacts
from why400.shapes.choice import Choice
from why400.shapes.options import Options

PLACE = 13

FITS = ("keep", "stretch", "pad", "crop")
FILTERS = ("lanczos", "bicubic", "bilinear", "box", "nearest")


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Scale until this side is right; what several findings ask for of one image is met together (plan_image)."""
    if image is None:
        return CannotFix("there is no image")
    why = undecodable(image.facts)
    if why:
        return CannotFix(why)
    least, most = ends(requirement)
    args = {f"min_{finding.check}": least, f"max_{finding.check}": most, **options}
    step = Step("resize", image.at, PLACE, {key: value for key, value in args.items() if value is not None})
    found = planned(image.facts, step.args)
    return found if isinstance(found, CannotFix) else replace(step, rule=finding.rule)


def planned(facts: ImageFacts, args: Mapping[str, Any]) -> Geometry | CannotFix:
    """What the args make of a size, or that the proportions cannot stay."""
    width, height = facts.width or 1, facts.height or 1
    found = geometry((width, height), Limits.of(args), cast(Fit, args.get("fit", "keep")))
    if found is None:
        return CannotFix(f"{width}x{height} has other proportions than wanted; say fit: stretch, pad or crop")
    return found


def foresee(image: Image, step: Step) -> Image:
    """The image in its new size."""
    facts = image.facts
    found = planned(facts, step.args)
    if isinstance(found, CannotFix):
        return image
    color = {"palette": "rgba" if facts.alpha else "rgb"}.get(facts.color or "", facts.color)
    return replace(image, facts=replace(facts, width=found.size[0], height=found.size[1], color=cast(Any, color)))


def settle(image: Image, step: Step) -> Step | CannotFix:
    """The step with its sizes worked out: `from`, `inner`, `size`, `offset`."""
    found = planned(image.facts, step.args)
    if isinstance(found, CannotFix):
        return found
    sizes = {
        "from": (image.facts.width, image.facts.height),
        "inner": found.inner,
        "size": found.size,
        "offset": found.offset,
    }
    return replace(step, args={**step.args, **sizes})


def pixels(picture: Any, args: Mapping[str, Any]) -> tuple[Any, str | None]:
    """The picture scaled to `inner` on a canvas of `size`."""
    from PIL.Image import Resampling

    from why400.fixes.pixels.colors import expanded, plainly

    before = "x".join(map(str, args["from"]))
    source = expanded(plainly(picture, keep_wide=True))
    made = source
    if source.size != tuple(args["inner"]):
        made = source.resize(tuple(args["inner"]), Resampling[args.get("filter", "lanczos").upper()])
    made.info = dict(source.info)
    made = _placed(made, args)
    return made, f"the size {before}: it is {made.width}x{made.height} now" + _what_else(args)


def _placed(picture: Any, args: Mapping[str, Any]) -> Any:
    from PIL import Image

    size, offset = tuple(args["size"]), tuple(args["offset"])
    if size == picture.size:
        return picture
    ground = background_of(args.get("background", "black"))
    canvas = Image.new(picture.mode, size, _paint(picture.mode, ground))
    canvas.paste(picture, offset)
    canvas.info = dict(picture.info)
    return canvas


def _paint(mode: str, color: tuple[int, int, int]) -> Any:
    """The background in a mode's own samples."""
    gray = round(0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2])
    cmyk = (*(255 - sample for sample in color), 0)
    return {"L": gray, "I;16": gray * 257, "LA": (gray, 255), "RGBA": (*color, 255), "CMYK": cmyk}.get(mode, color)


def _what_else(args: Mapping[str, Any]) -> str:
    cropped = min(args["offset"]) < 0
    return ", its edges cut off" if cropped else ", its proportions changed" if args.get("fit") == "stretch" else ""


FIX = Fix(
    "resize",
    ("width", "height"),
    Options({"fit": Choice(FITS), "filter": Choice(FILTERS), "background": BACKGROUND}),
    plan,
    foresee,
    pixels,
    settle,
    __doc__ or "",
)
