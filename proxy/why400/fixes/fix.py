"""What a fix is: a change that makes a failed check hold, planned first as data and run later."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from why400.exchange import Fields, Finding, Image
from why400.fixes.rework import Reworked
from why400.image.facts import Damage
from why400.shapes.shape import Shape
from why400.value import value


@value
class Step:
    """One planned change of one image (or of the request), as data: picklable, comparable, readable.

    `place` is the step's place in the one order that all plans follow (design section 6): decompress 0, repair 1,
    recode 2; first_frame 10, rotate 11, convert 12, resize 13, encode 14, strip 15; reshape 20, relabel 21.
    """

    fix: str
    at: str
    place: int
    args: Mapping[str, Any]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CannotFix:
    """Why a fix does not serve here, in words; `damage` where the picture is broken."""

    because: str
    damage: Damage | None = None


class CannotPaint(Exception):
    """A picture cannot be brought where a fix wants it; the message says why, in words."""


class NoDecoder(Exception):
    """What decodes a format is not installed; the message says what is to be done about it."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One fix: its key in a rule, its options, the checks that it serves.

    `plan(finding, requirement, options, image)` says what it would do; `foresee(image, step)` gives the image as the
    step would leave it, for the checks after it. `settle(image, step)` completes a step once all that is asked of one
    image is merged. `pixels`, where pixels move, is run on a decoded picture in a decode worker: `pixels(picture,
    args) -> (picture, lost)`, PIL.Image both (imported lazily there, never at module level), `lost` in words or None;
    it raises `CannotPaint` where the picture cannot be brought there. `alone`: only for requests with one image.
    `rework(fields, body)` is of fixes that change the whole body before any image is looked at.
    """

    name: str
    serves: tuple[str, ...]
    options: Shape
    plan: Callable[[Finding, Any, Mapping[str, Any], Image | None], Step | CannotFix]
    foresee: Callable[[Image, Step], Image] | None = None
    pixels: Callable[[Any, Mapping[str, Any]], tuple[Any, str | None]] | None = None
    settle: Callable[[Image, Step], Step | CannotFix] | None = None
    manual: str = ""
    alone: bool = False
    rework: Callable[[Fields, bytes], Reworked | CannotFix] | None = None
