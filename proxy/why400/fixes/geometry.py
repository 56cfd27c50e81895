"""Sizes: how large a picture becomes inside limits. Pure arithmetic; all in pixels."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Fit = Literal["keep", "stretch", "pad", "crop"]

TOLERANCE = 0.01
"""How much the proportions may bend where sizes round: 641 × 480 into exactly 640 × 480."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What width and height have to be; None is open."""

    min_width: int | None = None
    max_width: int | None = None
    min_height: int | None = None
    max_height: int | None = None

    @classmethod
    def of(cls, args: Mapping[str, Any]) -> "Limits":
        """From the args of a step."""
        return cls(args.get("min_width"), args.get("max_width"), args.get("min_height"), args.get("max_height"))


@dataclass(frozen=True, slots=True)
class Geometry:
    """A resize: scale the whole picture to `inner`, then place it on a canvas of `size` at `offset`.

    A negative offset crops, a positive one pads; both 0 and `inner == size` where neither is done.
    """

    size: tuple[int, int]
    inner: tuple[int, int]
    offset: tuple[int, int] = (0, 0)


def geometry(size: tuple[int, int], limits: Limits, fit: Fit = "keep") -> Geometry | None:
    """The new size; None where `keep` cannot keep the proportions inside the limits."""
    if fit == "stretch":
        stretched = _inside(size, limits)
        return Geometry(stretched, stretched)
    least, most = _scales(size, limits)
    if fit == "keep":
        return _kept(size, limits, least, most)
    scale = min(max(least, 1.0), most) if fit == "pad" else max(min(most, 1.0), least)
    inner = (max(1, round(size[0] * scale)), max(1, round(size[1] * scale)))
    canvas = _inside(inner, limits)
    return Geometry(canvas, inner, ((canvas[0] - inner[0]) // 2, (canvas[1] - inner[1]) // 2))


def _kept(size: tuple[int, int], limits: Limits, least: float, most: float) -> Geometry | None:
    if least > most * (1 + TOLERANCE):
        return None
    scale = min(max(least, 1.0), most)
    inner = _inside((max(1, round(size[0] * scale)), max(1, round(size[1] * scale))), limits)
    return Geometry(inner, inner)


def _scales(size: tuple[int, int], limits: Limits) -> tuple[float, float]:
    """The least scale that reaches every minimum, the most that stays under every maximum."""
    width, height = size
    least = max((limits.min_width or 0) / width, (limits.min_height or 0) / height)
    most = min(
        float("inf") if limits.max_width is None else limits.max_width / width,
        float("inf") if limits.max_height is None else limits.max_height / height,
    )
    return least, most


def _inside(size: tuple[int, int], limits: Limits) -> tuple[int, int]:
    return (
        _clamp(size[0], limits.min_width, limits.max_width),
        _clamp(size[1], limits.min_height, limits.max_height),
    )


def _clamp(value: int, least: int | None, most: int | None) -> int:
    value = value if most is None else min(value, most)
    return value if least is None else max(value, least)
