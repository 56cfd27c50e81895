"""Conversions judged by an independent decoder: libvips reads the same source, converts it by itself, and compares.

Each row states the mean difference that is allowed, in levels of 255: 0.8 for blending (libvips cuts off what we round),
2 where a JPEG was written.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import pyvips

from corpus.make import picture as corpus_picture
from decoding.jobs import job
from fixes.made import OPERATIONS, error, file, photo, step
from why400.decoding.render import render
from why400.fixes.answer import Done

SIZE = (160, 120)
BT601 = [[0.299, 0.587, 0.114]]
Judge = Callable[[Any], Any]


def opened(data: bytes) -> Any:
    return pyvips.Image.new_from_buffer(data, "")


def eight_bits(image: Any) -> Any:
    """16 bit to 8 by division, rounded."""
    return (image / 257).rint().cast("uchar") if image.format == "ushort" else image


def on(level: int) -> Judge:
    return lambda image: image.flatten(background=[level] * (image.bands - 1))


def gray(image: Any) -> Any:
    return image.recomb(BT601).rint().cast("uchar")


def shrunk(image: Any) -> Any:
    return image.resize(0.5, kernel="lanczos3")


def colored(image: Any) -> Any:
    return image.colourspace("srgb") if image.bands < 3 else image


def row(name: str, data: bytes, color: str, *steps: Any, judge: Judge, allowed: float, **facts: Any) -> Any:
    return pytest.param(data, color, steps, facts, judge, allowed, id=name)


PNG = {name: file(photo(SIZE, mode), "PNG") for name, mode in (("rgb", "RGB"), ("rgba", "RGBA"), ("gray", "L"))}
JPEG = file(photo(SIZE), "JPEG", quality=92)
LARGE = file(photo((640, 480)), "JPEG", quality=92)

ROWS = [
    row(
        "a jpeg, decoded", JPEG, "rgb", step("convert", format="png"), judge=lambda one: one, allowed=0.5, format="jpeg"
    ),
    row("alpha on white", PNG["rgba"], "rgba", step("convert", color="rgb"), judge=on(255), allowed=0.8),
    row(
        "alpha on black",
        PNG["rgba"],
        "rgba",
        step("convert", color="rgb", background="black"),
        judge=on(0),
        allowed=0.8,
    ),
    row("colour to gray", PNG["rgb"], "rgb", step("convert", color="gray"), judge=gray, allowed=0.6),
    row("gray to colour", PNG["gray"], "gray", step("convert", color="rgb"), judge=colored, allowed=0),
    row(
        "a palette to colour",
        file(photo(SIZE).quantize(64), "PNG"),
        "palette",
        step("convert", color="rgb"),
        judge=lambda one: one,
        allowed=0,
    ),
    row(
        "16 bits of gray to 8",
        corpus_picture("png", "gray", SIZE, depth=16),
        "gray",
        step("convert", bit_depth=8),
        judge=eight_bits,
        allowed=0,
        bit_depth=16,
    ),
    row(
        "to a jpeg and back",
        PNG["rgb"],
        "rgb",
        step("convert", format="jpeg"),
        judge=lambda one: one,
        allowed=2,
    ),
    row("half the size", PNG["rgb"], "rgb", step("resize", max_width=80), judge=shrunk, allowed=1),
]


@pytest.mark.parametrize(("data", "color", "steps", "facts", "judge", "allowed"), ROWS)
def test_libvips_sees_the_same(data, color, steps, facts, judge, allowed):
    form, known = facts.get("format", "png"), {key: value for key, value in facts.items() if key != "format"}
    made = render(job(form, SIZE, color, *steps, **known), data, OPERATIONS)
    assert isinstance(made, Done), made
    wanted, got = judge(opened(data)).numpy(), opened(made.data).numpy()
    assert got.shape == wanted.shape
    assert error(got, wanted) <= allowed


@pytest.mark.parametrize("orientation", range(2, 9))
def test_libvips_turns_it_the_same_way(orientation):
    data = corpus_picture("jpeg", size=SIZE, orientation=orientation)
    steps = (step("rotate", orientation=orientation), step("convert", format="png"))
    made = render(job("jpeg", SIZE, "rgb", *steps, orientation=orientation), data, OPERATIONS)
    got = opened(made.data)
    assert got.get_typeof("orientation") == 0 or got.get("orientation") == 1
    assert error(got.numpy(), opened(data).autorot().numpy()) <= 0.5


def test_a_photo_shrunk_while_it_is_decoded():
    """Against libvips, which decodes it whole and shrinks it then."""
    made = render(
        job("jpeg", (640, 480), "rgb", step("convert", format="png"), step("resize", max_width=160)), LARGE, OPERATIONS
    )
    wanted = opened(LARGE).resize(0.25, kernel="lanczos3").numpy()
    assert error(np.asarray(opened(made.data).numpy()), wanted) <= 2
