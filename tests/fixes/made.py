"""What the tests of fixes and decoding are made of: images as facts, findings, pictures with known pixels."""

import io
from typing import Any

import numpy as np
from PIL import Image as Pillow

from why400.exchange import Finding, Image
from why400.fixes import convert, first_frame, recode, relabel, resize, rotate
from why400.fixes.fix import Step
from why400.image.facts import Damage, ImageFacts
from why400.locations.found import FoundImage

FIXES = {module.FIX.name: module.FIX for module in (convert, first_frame, recode, relabel, resize, rotate)}
OPERATIONS = {name: fix.pixels for name, fix in FIXES.items() if fix.pixels}


def image(
    format: str = "jpeg",
    size: tuple[int, int] = (64, 48),
    color: str | None = "rgb",
    *,
    at: str = "body",
    encoding: str = "binary",
    declared: str | None = None,
    damage: Damage | None = None,
    **facts: Any,
) -> Image:
    """An image as it was read, without its bytes."""
    known = {"bit_depth": 8, "alpha": color in ("rgba", "gray-alpha"), **facts}
    media_type = None if format == "unknown" else f"image/{format}"
    read = ImageFacts(format, media_type, size[0], size[1], color, **known)
    return Image(FoundImage(at, encoding, 0, None, b"", declared), read, damage)


def finding(check: str, cause: str = "unknown", at: str = "body", rule: str = "r") -> Finding:
    return Finding(rule, check, cause, at, got="", want="", message="")


def step(fix: str, **args: Any) -> Step:
    return Step(fix, "body", globals()[fix].PLACE, args)


def file(picture: Any, format: str, **options: Any) -> bytes:
    made = io.BytesIO()
    picture.save(made, format, **options)
    return made.getvalue()


def read(data: bytes) -> Any:
    picture = Pillow.open(io.BytesIO(data))
    picture.load()
    return picture


def photo(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Any:
    """Soft colours as in a photo: noise of a 16th of the size, scaled up; alpha from clear to opaque."""
    noise = np.random.default_rng(400).integers(0, 256, (size[1] // 16 + 2, size[0] // 16 + 2, 4), dtype=np.uint8)
    soft = Pillow.fromarray(noise).resize(size, Pillow.Resampling.BICUBIC)
    return soft if mode == "RGBA" else soft.convert("RGB").convert(mode)


def error(left: Any, right: Any) -> float:
    """The mean difference of all samples, in levels of 255."""
    return float(np.abs(np.asarray(left, dtype=float) - np.asarray(right, dtype=float)).mean())
