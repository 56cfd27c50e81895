"""`fix: convert` encodes the image again as the check wants it: format, color, bit_depth, profile.

    require: { format: [jpeg, png] }      # aims at jpeg
    fix: convert

    require: { color: rgb }
    fix: { convert: { background: white } }

Options: `background` (white) is put under transparent pixels, blended plainly in the picture's own (gamma) values, as
browsers and image viewers do; `quality` (90) of JPEG and WebP. 16-bit samples are divided by 257, never cut; gray of
floating point (TIFF) is read as 0 for black to 1 for white, and refused where it goes beyond; CMYK goes through its
embedded profile where there is one; gray is ITU-R BT.601 luma, as in the models' own libraries, of sRGB: other colours
go there through their profile first; a format that cannot hold the wanted colour becomes PNG. AVIF and HEIC are read,
and written as JPEG or, with alpha, PNG; HEIC by the extra `heif` (pip install 'why400[heif]'). What is lost is said.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from why400.exchange import Finding, Image
from why400.fixes import rotate
from why400.fixes.decodable import undecodable
from why400.fixes.fix import CannotFix, Fix, Step
from why400.fixes.formats import FORMATS, MADE, made_as
from why400.fixes.wants import BACKGROUND, listed
from why400.image.facts import Color, ImageFacts
from why400.shapes.number import Whole
from why400.shapes.options import Options

PLACE = 12

PROFILES = ("srgb", "sRGB")


def plan(finding: Finding, requirement: Any, options: Mapping[str, Any], image: Image | None) -> Step | CannotFix:
    """Aim at the first that the check allows and that can be made here."""
    if image is None:
        return CannotFix("there is no image")
    why = undecodable(image.facts)
    if why:
        return CannotFix(why)
    aim = _aim(finding.check, listed(requirement))
    if isinstance(aim, CannotFix):
        return aim
    return Step("convert", image.at, PLACE, {**aim, **options}, finding.rule)


def _aim(check: str, allowed: tuple[Any, ...]) -> dict[str, Any] | CannotFix:
    makes: dict[str, tuple[Any, ...]] = {
        "format": MADE,
        "color": ("rgb", "rgba", "gray", "gray-alpha", "palette", "cmyk"),
        "bit_depth": (8, 16),
        "profile": PROFILES,
    }
    if check not in makes:
        return CannotFix(f"convert does not serve the check {check}")
    for aim in allowed:
        if aim in makes[check]:
            return {check: "srgb" if check == "profile" else aim}
    words = ", ".join(map(str, allowed))
    return CannotFix(f"an image with {check} {words} cannot be made here")


def foresee(image: Image, step: Step) -> Image:
    """The image with what the step aims at, and with what that brings along; a format without EXIF is made upright."""
    format = step.args.get("format")
    if format and not FORMATS[format].exif and image.facts.orientation != 1:
        image = rotate.foresee(image, Step("rotate", image.at, rotate.PLACE, {"orientation": image.facts.orientation}))
    return replace(image, facts=converted(image.facts, step.args))


def converted(facts: ImageFacts, args: Mapping[str, Any]) -> ImageFacts:
    """Facts after a conversion: the format holds the colour, the colour follows the format."""
    format = made_as(args.get("format") or facts.format, alpha=facts.alpha)
    color = args.get("color") or format.nearest(shown(facts))
    if color not in format.colors:
        format = FORMATS["png" if color in FORMATS["png"].colors else "jpeg"]
    alpha = facts.alpha if color in ("rgba", "gray-alpha", "palette") else False
    return replace(
        facts,
        format=format.name,
        media_type=format.media_type,
        color=color,
        alpha=alpha,
        bit_depth=_depth(facts, args, color, format.depths),
        profile=None if args.get("profile") or _leaves_space(facts, color) else facts.profile,
    )


def shown(facts: ImageFacts) -> Color:
    """The colour that holds all that is shown: a transparent colour (PNG tRNS) needs alpha where it is written anew."""
    color = facts.color or "rgb"
    with_alpha: dict[Color, Color] = {"rgb": "rgba", "gray": "gray-alpha"}
    return with_alpha.get(color, color) if facts.alpha else color


def _depth(facts: ImageFacts, args: Mapping[str, Any], color: str, depths: tuple[int, ...]) -> int:
    wide = args.get("bit_depth", facts.bit_depth) == 16 and facts.bit_depth == 16
    return 16 if wide and color == "gray" and facts.color == "gray" and 16 in depths else 8


def _leaves_space(facts: ImageFacts, color: str) -> bool:
    """The pixels are no longer in the space that the embedded profile describes."""
    return kind(facts.color or "rgb") != kind(color)


def kind(color: str) -> str:
    """The kind of profile that describes a colour: `gray`, `cmyk` or `rgb`."""
    return {"gray": "gray", "gray-alpha": "gray", "cmyk": "cmyk"}.get(color, "rgb")


def settle(image: Image, step: Step) -> Step:
    """The step with the colour and depth that come of it: the format may hold less than the picture has."""
    after = foresee(image, step).facts
    return replace(step, args={**step.args, "color": after.color, "bit_depth": after.bit_depth})


def pixels(picture: Any, args: Mapping[str, Any]) -> tuple[Any, str | None]:
    """The picture in the wanted profile, colour and depth; the encoder makes the format."""
    from why400.fixes.pixels.colors import recolor

    return recolor(picture, args)


FIX = Fix(
    "convert",
    ("format", "color", "bit_depth", "profile"),
    Options({"background": BACKGROUND, "quality": Whole(1, 100)}),
    plan,
    foresee,
    pixels,
    settle,
    __doc__ or "",
)
