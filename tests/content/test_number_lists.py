"""Numbers in nested lists: their lengths and what stands among them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.number_lists import GLANCE, NumberList, number_list


def read(text: str) -> NumberList | None:
    data = text.encode()
    return number_list(data, 0, len(data))


def nested(shape: tuple[int, ...], value: object = 0.5) -> object:
    return [nested(shape[1:], value) for _ in range(shape[0])] if shape else value


SHAPES = [(1,), (192,), (2, 3), (3, 8, 8), (1, 3, 8, 8), (1, 8, 8, 3), (2, 1, 1, 1), (1, 1, 2, 3, 4)]


@pytest.mark.parametrize("blank", ["", " ", "\n  "], ids=["tight", "blanks", "lines"])
@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_shape_is_read(shape, blank):
    text = json.dumps(nested(shape), separators=("," + blank, ":"))
    assert read(text) == NumberList(shape, ragged=False, other="", fractions=True)


OTHERS = {
    "a row short": ("[[1,2],[3]]", NumberList((1, 2), ragged=True, other="")),
    "a row empty": ("[[[1,2],[]]]", NumberList((2, 1, 2), ragged=True, other="")),
    "a list short": ("[[[1,2],[3,4]],[[5,6]]]", NumberList((1, 2, 2), ragged=True, other="")),
    "texts": ('[["0.1", "2"]]', NumberList((1, 2), ragged=False, other="texts", fractions=True)),
    "nulls": ("[[[null, 1]]]", NumberList((1, 1, 2), ragged=False, other="nulls")),
    "truth values": ("[[[true, false]]]", NumberList((1, 1, 2), ragged=False, other="truth values")),
    "null in a flat list": ("[null, 1]", NumberList((2,), ragged=False, other="")),
    "empty": ("[]", NumberList((0,), ragged=False, other="")),
    "empty inside": ("[[[]]]", NumberList((1, 1, 0), ragged=False, other="")),
    "whole numbers": ("[[200, 30, 40]]", NumberList((1, 3), ragged=False, other="")),
    "texts that are no numbers": ('["aGVsbG8="]', None),
    "objects": ('[{"b64": 1}]', None),
    "a number": ("1", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize(("text", "expected"), OTHERS.values(), ids=OTHERS)
def test_what_else_stands_there(text, expected):
    assert read(text) == expected


def test_of_a_long_one_the_lengths_that_were_reached_are_told():
    text = json.dumps(nested((1, 3, 224, 224)))
    assert len(text) > GLANCE
    assert read(text) == NumberList((None, None, None, 224), ragged=False, other="", fractions=True)


def test_a_long_one_of_rows_that_differ_is_ragged():
    rows = [[0] * (3 + (at == 2)) for at in range(2000)]
    assert read(json.dumps(rows)) == NumberList((None, 3), ragged=True, other="")


@given(st.binary(max_size=200))
def test_nothing_makes_it_fail(data):
    number_list(b"[" + data, 0, None)
