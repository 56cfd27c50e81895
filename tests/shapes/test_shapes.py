"""Shapes: what is written, what is read or which problem is told; and the JSON Schema says the same."""

import pytest

from rules.kit import file
from why400.rules.yaml_reader import read_yaml
from why400.shapes.bounds import Bounds, Range
from why400.shapes.choice import Choice
from why400.shapes.dimensions import Dimensions
from why400.shapes.either import Either
from why400.shapes.flag import Flag
from why400.shapes.many import ListOf, OneOrMany
from why400.shapes.number import Whole
from why400.shapes.options import Options
from why400.shapes.shape import Problem, Shape
from why400.shapes.suggest import closest
from why400.shapes.text import Text
from why400.shapes.unit import BYTES, COUNT, PIXELS, RATIO, SIDE, VALUE, say_bytes

COLOR = Choice(("rgb", "gray"), {"grey": "gray"})
EITHER = Either(Flag(), ("str", "list"), OneOrMany(COLOR))
OPTIONS = Options({"fit": COLOR, "quality": Whole(1, 100)}, required=("fit",))


def read(shape: Shape, text: str) -> tuple[object, list[Problem]]:
    root = read_yaml(file(text)).root
    assert root is not None
    problems: list[Problem] = []
    return shape.read(root, problems), problems


GOOD = [
    (COLOR, "rgb", "rgb"),
    (OneOrMany(COLOR), "rgb", ("rgb",)),
    (OneOrMany(COLOR), "[gray, rgb]", ("gray", "rgb")),
    (ListOf(COLOR), "[rgb]", ("rgb",)),
    (EITHER, "true", True),
    (EITHER, "rgb", ("rgb",)),
    (EITHER, "[gray]", ("gray",)),
    (Flag(), "true", True),
    (Flag(both=True), "false", False),
    (Text(), "any text", "any text"),
    (Text("a word", r"[a-z]+"), "word", "word"),
    (Whole(1, 10), "10", 10),
    (Whole(1, 32, (8, 16)), "16", 16),
    (Range(BYTES), "{ max: 10MB }", Bounds(None, 10_000_000)),
    (Range(BYTES), "{ min: 1.5KiB, max: 2GiB }", Bounds(1536, 2 * 1024**3)),
    (Range(BYTES), "{ max: 12B }", Bounds(None, 12)),
    (Range(SIDE, exact=True), "224", Bounds(224, 224)),
    (Range(SIDE, exact=True), "{ min: 32 }", Bounds(32, None)),
    (Range(PIXELS), "{ max: 20MP }", Bounds(None, 20_000_000)),
    (Range(RATIO), "{ min: 0.5, max: 2 }", Bounds(0.5, 2)),
    (Range(VALUE), "{ min: -1, max: 1 }", Bounds(-1, 1)),
    (Dimensions(), "[any, 3, -1, 224]", (None, 3, None, 224)),
    (Dimensions(), "[0]", (0,)),
    (OPTIONS, "{ fit: rgb }", {"fit": "rgb"}),
    (OPTIONS, "{ fit: rgb, quality: 90 }", {"fit": "rgb", "quality": 90}),
]


@pytest.mark.parametrize(("shape", "text", "value"), GOOD, ids=lambda part: part if isinstance(part, str) else "")
def test_reads(shape: Shape, text: str, value: object) -> None:
    assert read(shape, text) == (value, [])


BAD = [
    (Dimensions(), "[1, x]", "E204", "write any where it may vary"),
    (Dimensions(), "[1, -2]", "E209", "write any where it may vary"),
    (Dimensions(), "[1, 1.5]", "E204", "write any where it may vary"),
    (Dimensions(), "[]", "E206", ""),
    (Dimensions(), "3x224x224", "E203", ""),
    (COLOR, "rbg", "E204", 'did you mean "rgb"?'),
    (COLOR, "GREY", "E204", 'did you mean "gray"?'),
    (COLOR, "8", "E203", ""),
    (COLOR, "[rgb]", "E203", ""),
    (OneOrMany(COLOR), "[]", "E206", ""),
    (OneOrMany(COLOR), "[rgb, red]", "E204", ""),
    (OneOrMany(COLOR), "[rgb, rgb]", "E210", "remove one"),
    (ListOf(COLOR), "rgb", "E203", "write [rgb]"),
    (Flag(), "false", "E204", "leave the rule out"),
    (Flag(), "'true'", "E203", ""),
    (Text("a word", r"[a-z]+"), "two words", "E208", ""),
    (Text(), "8", "E203", 'write "8" in quotes'),
    (Text(longest=3), "long", "E208", ""),
    (Whole(1, 10), "11", "E209", ""),
    (Whole(1, 10), "1.5", "E203", ""),
    (Whole(1, 10), "'7'", "E203", "write 7 without quotes"),
    (Whole(1, 10), "true", "E203", ""),
    (Range(BYTES), "{ max: 10 }", "E205", "write 10MB"),
    (Range(BYTES), "{ max: 2048 }", "E205", "write 2KiB"),
    (Range(BYTES), "{ max: 1234 }", "E205", "write 1234B"),
    (Range(BYTES), "{ max: 3000000 }", "E205", "write 3MB"),
    (Range(BYTES), "{ max: 10mib }", "E205", "write 10MiB"),
    (Range(BYTES), "{ max: ten }", "E205", "units are"),
    (Range(BYTES), "{ max: 10 parrots }", "E205", "units are"),
    (Range(BYTES), "{ max: [10MB] }", "E205", "units are"),
    (Range(BYTES), "{}", "E206", ""),
    (Range(BYTES), "{ min: 2MB, max: 1MB }", "E301", "swap"),
    (Range(PIXELS), "{ max: 20 }", "E205", "write 20MP"),
    (Range(SIDE), "224", "E203", "{ max:"),
    (Range(SIDE), "{ max: 224px }", "E205", "write 224"),
    (Range(SIDE), "{ max: -1 }", "E209", ""),
    (Range(SIDE), "{ max: 1.5 }", "E205", ""),
    (Range(COUNT), "{ maxx: 1 }", "E201", 'did you mean "max"?'),
    (OPTIONS, "{ quality: 90 }", "E202", "write fit: one of rgb, gray"),
    (OPTIONS, "{ fit: rgb, qualty: 90 }", "E201", 'did you mean "quality"?'),
    (OPTIONS, "[fit]", "E203", ""),
]


@pytest.mark.parametrize(
    ("shape", "text", "code", "suggestion"), BAD, ids=lambda part: part if isinstance(part, str) else ""
)
def test_tells(shape: Shape, text: str, code: str, suggestion: str) -> None:
    value, problems = read(shape, text)
    assert [problem.code for problem in problems] == [code]
    assert suggestion in problems[0].suggestion
    assert value is None or code == "E210"


@pytest.mark.parametrize("shape", [row[0] for row in GOOD])
def test_a_broken_node_is_told_once(shape: Shape) -> None:
    assert read(shape, "*alias") == (None, [])


WORDS = [
    (Bounds(None, 10_000_000).words(BYTES), "at most 10 MB (10,000,000 bytes)"),
    (Bounds(100, None).words(BYTES), "at least 100 bytes"),
    (Bounds(32, 4096).words(SIDE), "32 to 4096 px"),
    (Bounds(224, 224).words(SIDE), "224 px"),
    (Bounds(None, 20_000_000).words(PIXELS), "at most 20 MP"),
    (Bounds(1_000_000, 20_000_000).words(PIXELS), "1 MP to 20 MP"),
    (say_bytes(0), "0 bytes"),
    (say_bytes(68_012), "68 KB (68,012 bytes)"),
    (COLOR.words(), "one of rgb, gray"),
    (Whole(1, 10).words(), "a whole number from 1 to 10"),
]


@pytest.mark.parametrize(("said", "words"), WORDS)
def test_says(said: str, words: str) -> None:
    assert said == words


NEAR = [("colour", "color"), ("POTS", "POST"), ("xyz", None), ("", None)]


@pytest.mark.parametrize(("word", "near"), NEAR)
def test_closest(word: str, near: str | None) -> None:
    assert closest(word, ("color", "format", "POST")) == near
