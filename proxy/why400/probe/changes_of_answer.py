"""Corrections of a request that was accepted and probably misread: each shows by another answer that it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from why400.exchange import Image
from why400.fixes.fix import Step
from why400.probe.case import Case, Edit, place_words
from why400.probe.remake import Alteration
from why400.probe.rule_text import RuleText

_LOSSY = ("jpeg", "webp")


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction. `control` makes all of it but what it corrects: its answer has to be the usual one.

    `shows_by_same`: not another answer shows the fault but the same one, such as to the first frame alone.
    """

    edit: Edit
    control: Callable[[Alteration], Alteration] | None = None
    control_words: str = ""
    shows_by_same: bool = False


def corrections_of(case: Case) -> tuple[Correction, ...]:
    """A correction for each `silent.*` cause that is suspected and can be shown by sending the image once more."""
    image = case.image
    if image is None or image.damage is not None or not image.facts.width:
        return ()
    return tuple(one for cause in case.suspected if cause in _MADE for one in _MADE[cause](image))


def _painted(cause: str, name: str, image: Image, step: Step, rule: RuleText, by_same: bool = False) -> Correction:
    edit = Edit(name, cause, rule.id, lambda now: replace(now, steps=(*now.steps, step)), rule)
    if image.facts.format not in _LOSSY:
        return Correction(edit, shows_by_same=by_same)
    anew = Step("convert", image.at, 12, {"format": image.facts.format, "background": "white"})
    words = f"the same pixels as another {image.facts.format.upper()}"
    return Correction(edit, lambda now: replace(now, steps=(*now.steps, anew)), words, by_same)


def _upright(image: Image) -> Iterator[Correction]:
    step = Step("rotate", image.at, 11, {"orientation": image.facts.orientation})
    rule = RuleText("upright", "orientation: upright", "rotate")
    if image.facts.orientation not in (0, 1):
        yield _painted("silent.exif-rotation", "turn its pixels as its EXIF says", image, step, rule)


def _eight_bits(image: Image) -> Iterator[Correction]:
    step = Step("convert", image.at, 12, {"bit_depth": 8, "background": "white"})
    rule = RuleText("depth", "bit_depth: 8", "convert")
    if (image.facts.bit_depth or 8) > 8:
        yield _painted("silent.depth-clipped", "scale its samples to 8 bits", image, step, rule)


def _first_frame(image: Image) -> Iterator[Correction]:
    step = Step("first_frame", image.at, 10, {"frames": image.facts.frames})
    rule = RuleText("one-frame", "frames: 1", "first_frame")
    if (image.facts.frames or 1) > 1:
        edit = Edit("send its first frame alone", "silent.first-frame", rule.id, _with(step), rule)
        yield Correction(edit, shows_by_same=True)


def _opaque(image: Image) -> Iterator[Correction]:
    step = Step("convert", image.at, 12, {"color": "rgb", "background": "white"})
    rule = RuleText("color", "color: rgb", "{ convert: { background: white } }")
    if image.facts.alpha:
        yield _painted("silent.alpha-dropped", "lay it on white", image, step, rule)


def _clean_text(image: Image) -> Iterator[Correction]:
    if image.found.encoding != "binary" and image.found.troubles:
        place = place_words(image, "base64")
        words = "spell it as clean base64"
        edit = Edit(words, "silent.lenient-b64", "spelling", lambda now: replace(now, encoding="base64"), None, place)
        yield Correction(edit)


def _with(step: Step) -> Callable[[Alteration], Alteration]:
    return lambda now: replace(now, steps=(*now.steps, step))


_MADE: dict[str, Callable[[Image], Iterator[Correction]]] = {
    "silent.exif-rotation": _upright,
    "silent.depth-clipped": _eight_bits,
    "silent.first-frame": _first_frame,
    "silent.alpha-dropped": _opaque,
    "silent.lenient-b64": _clean_text,
}
