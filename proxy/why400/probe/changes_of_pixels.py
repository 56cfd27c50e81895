"""Changes of the image itself: what fixes do to pixels, and other sizes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from why400.exchange import Image
from why400.fixes.fix import Step
from why400.image.bare import FORMATS as BARE
from why400.image.facts import ImageFacts
from why400.probe.case import Case, Edit, place_words
from why400.probe.pictures import FORMATS, HOLDS, Picture, colored, drawn, saved
from why400.probe.remake import Alteration
from why400.probe.rule_text import RuleText

_COLORS = {
    "rgba": "image.alpha",
    "gray-alpha": "image.alpha",
    "palette": "image.palette",
    "gray": "image.gray",
    "cmyk": "image.cmyk",
}
_OF_PICTURES = ("image.", "encoding.text", "base64.is-reference", "multipart.empty")
_SIDES = re.compile(r"\b(\d{2,4}) ?(?:[x×*]|, ?) ?(\d{2,4})\b")
NARROW = ("one-frame", "color", "depth", "profile", "metadata", "anew")
"""Groups that change one thing about a file."""

WIDE = ("format", "resolution", "upload-size")
"""Groups that change most of those too."""

_SMALLER = 1024
_USUAL = 224
_LARGE = 1024
_HEAVY = 200_000


def stray(case: Case) -> Iterator[Edit]:
    """Bytes before the image's first left out."""
    image = case.image
    if image is not None and image.damage is not None and image.damage.kind == "junk-before":
        skip = image.damage.offset
        name = f"leave out the {skip} bytes before the image"
        yield Edit(name, "image.corrupt", "stray", lambda now: replace(now, skip=skip), None, place_words(image))


def sound(case: Case) -> Iterator[Edit]:
    """Where the image itself is broken: a sound one in its place shows whether that is the reason, and no fix can."""
    image = case.image
    unknown = image is not None and not (image.facts.media_type or "").startswith("image/")
    if image is None or not (unknown or image.damage is not None):
        return
    facts = image.facts
    sound = _drawn_like(facts)
    cause = next((one for one in case.suspected if one.startswith(_OF_PICTURES)), "image.corrupt")
    rule = RuleText("whole", "intact: structure")
    name = f"put a sound {sound.format.upper()} in its place"
    yield Edit(name, cause, "picture", lambda now: replace(now, instead=sound.data), rule)


def _drawn_like(facts: ImageFacts) -> Picture:
    """A sound picture of the same format, size and color, as far as these are known."""
    width, height = (min(side or _USUAL, _LARGE) for side in (facts.width, facts.height))
    source = drawn(side=_USUAL).resize((width, height))
    if facts.color and facts.color in HOLDS.get(facts.format, ()):
        return colored(source, facts.color, facts.format)
    return saved(source, facts.format if facts.format in FORMATS else "jpeg")


def anew(case: Case) -> Iterator[Edit]:
    """The file without its metadata; and the same picture, as large a file, written by an ordinary encoder."""
    image = case.image
    if image is None or image.damage is not None or not image.facts.width:
        return
    if set(image.facts.metadata) - {"icc"} and image.facts.format in BARE and image.facts.orientation == 1:
        rule = RuleText("bare", "metadata: none", "strip")
        name = f"leave out its metadata ({', '.join(image.facts.metadata)})"
        yield Edit(name, "image.metadata", "metadata", lambda now: replace(now, bare=True), rule)
    if image.facts.format in ("jpeg", "png") and image.facts.color in ("rgb", "gray"):
        steps = [_convert(image, format=image.facts.format)]
        name = f"write it anew as an ordinary {image.facts.format.upper()}"
        yield Edit(name, "image.format-unsupported", "anew", _written_anew(steps))


def _written_anew(steps: Sequence[Step]) -> Callable[[Alteration], Alteration]:
    return lambda now: replace(now, steps=(*now.steps, *steps), same_size=True)


def pixels(case: Case) -> Iterator[Edit]:
    """Fixes that decode the image and write it anew, the least first."""
    image = case.image
    if image is None or image.damage is not None or not image.facts.width:
        return
    facts = image.facts
    if (facts.frames or 1) > 1:
        rule = RuleText("one-frame", "frames: 1", "first_frame")
        yield _painting("keep the first frame", "image.frames", image, [_first_frame(image)], rule)
    color = "rgba" if facts.alpha and facts.color == "rgb" else facts.color
    if color in _COLORS:
        rule = RuleText("color", "color: rgb", "{ convert: { background: white } }")
        yield _painting("make it RGB", _COLORS[color], image, [_convert(image, color="rgb")], rule)
    if facts.bit_depth not in (None, 8):
        rule = RuleText("depth", "bit_depth: 8", "convert")
        yield _painting("make it 8 bits a sample", "image.depth", image, [_convert(image, bit_depth=8)], rule)
    if facts.profile not in (None, "sRGB"):
        rule = RuleText("profile", "profile: srgb", "convert")
        yield _painting("bring its colors to sRGB", "image.profile", image, [_convert(image, profile="srgb")], rule)
    for format in ("jpeg", "png"):
        if facts.format != format:
            yield _as_format(image, format)


def _as_format(image: Image, format: str) -> Edit:
    """The other format, and its media type where one is declared."""
    step = _convert(image, format=format)
    rule = RuleText("format", f"format: {format}", "convert")
    declared = image.found.at == "body"

    def alter(now: Alteration) -> Alteration:
        now = replace(now, steps=(*now.steps, *_still(image), step))
        return replace(now, content_type=f"image/{format}") if declared else now

    return Edit(f"make it {format.upper()}", "image.format-mismatch", "format", alter, rule)


def sizes(case: Case) -> Iterator[Edit]:
    """Smaller files, and other sizes: those that the refusal names first."""
    image = case.image
    if image is None or image.damage is not None or not image.facts.width or not image.facts.height:
        return
    width, height, format = image.facts.width, image.facts.height, image.facts.format
    if len(case.recorded.body) > _HEAVY or case.status == 413:
        rule = RuleText("upload-size", f"body_size: {{ max: {len(case.recorded.body) - 1}B }}", extra=("status: 413",))
        steps = [_convert(image, format="jpeg", quality=40)] if format == "jpeg" else []
        if steps:
            yield _painting("make the file smaller, not the picture", "limit.body-size", image, steps, rule)
    for wide, high in _sides_told(case):
        if (wide, high) != (width, height):
            rule = RuleText("resolution", f"width: {wide}, height: {high}", "{ resize: { fit: pad } }")
            step = _resize(image, **_exactly(wide, high), fit="pad")
            yield _painting(f"make it {wide} by {high} pixels", "image.size-mismatch", image, [step], rule)
    if max(width, height) > _LARGE:
        rule = RuleText("resolution", f"width: {{ max: {_SMALLER} }}, height: {{ max: {_SMALLER} }}", "resize")
        step = _resize(image, max_width=_SMALLER, max_height=_SMALLER)
        yield _painting(f"make it at most {_SMALLER} pixels a side", "image.too-large", image, [step], rule)
    if min(width, height) < _USUAL:
        rule = RuleText("resolution", f"width: {{ min: {_USUAL} }}, height: {{ min: {_USUAL} }}", "resize")
        step = _resize(image, min_width=_USUAL, min_height=_USUAL)
        yield _painting(f"make it at least {_USUAL} pixels a side", "image.too-small", image, [step], rule)


def _exactly(width: int, height: int) -> dict[str, int]:
    return {"min_width": width, "max_width": width, "min_height": height, "max_height": height}


def _sides_told(case: Case) -> list[tuple[int, int]]:
    told = [(int(wide), int(high)) for wide, high in _SIDES.findall(case.reply.decode("utf-8", "replace")[:4096])]
    return [sides for sides in dict.fromkeys(told) if all(8 <= side <= 2048 for side in sides)][:2]


def _painting(name: str, cause: str, image: Image, steps: Sequence[Step], rule: RuleText) -> Edit:
    new = tuple(steps) if any(step.fix == "first_frame" for step in steps) else (*_still(image), *steps)
    return Edit(name, cause, rule.id, lambda now: replace(now, steps=(*now.steps, *new)), rule)


def _still(image: Image) -> tuple[Step, ...]:
    """Whatever is done to a moving picture's pixels is done to its first frame."""
    return (_first_frame(image),) if (image.facts.frames or 1) > 1 else ()


def _first_frame(image: Image) -> Step:
    return Step("first_frame", image.at, 10, {"frames": image.facts.frames})


def _convert(image: Image, **aim: Any) -> Step:
    return Step("convert", image.at, 12, {"background": "white", **aim})


def _resize(image: Image, **aim: Any) -> Step:
    return Step("resize", image.at, 13, aim)
