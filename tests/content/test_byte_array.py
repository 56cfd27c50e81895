import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.byte_array import begins, decode, head, is_signed, of_buffer, size, spelled
from why400.content.json_scan import scan

SPELLINGS = {
    "as json.dumps does": b"[255, 216, 0, 7]",
    "as JSON.stringify does": b"[255,216,0,7]",
    "on lines of their own": b"[\n  255,\n  216,\n  0,\n  7\n]",
    "as Java's signed bytes": b"[-1,-40,0,7]",
    "as Node's Buffer": b'{"type":"Buffer","data":[255,216,0,7]}',
}


@pytest.mark.parametrize("text", SPELLINGS.values(), ids=SPELLINGS)
def test_reads(text):
    start = text.find(b"[")
    assert begins(text, start)
    assert decode(text) == head(text, start, len(text), 100) == b"\xff\xd8\0\7"
    assert size(text, start, len(text)) == 4
    assert head(text, start, len(text), 2) == b"\xff\xd8"
    assert is_signed(text, start, len(text)) == (b"-" in text)


NONE = {
    "a fraction": b"[1.5,2]",
    "too large": b"[1,256]",
    "too small": b"[1,-129]",
    "a list in it": b"[1,[2]]",
    "text": b'["a"]',
    "nothing": b"[]",
    "no list": b"7",
    "cut": b"[1,2",
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_is_none(text):
    assert decode(text) is None


def test_what_has_come_of_one():
    assert head(b"[255,216,25", 0, None, 100) == b"\xff\xd8"
    assert head(b"[255,216,", 0, None, 100) == b"\xff\xd8"
    assert head(b"[", 0, None, 100) == b""


def test_a_buffer_is_an_object_with_data():
    found = scan(b'{"a":{"data":[1,2],"b":1},"c":{"d":[1]}}').values
    document = b'{"a":{"data":[1,2],"b":1},"c":{"d":[1]}}'
    by_place = {value.place: of_buffer(document, value) for value in found if value.kind == "object"}
    assert by_place[("a",)] == 13
    assert by_place[("c",)] is None


@given(st.binary())
def test_there_and_back(image):
    assert json.loads(spelled(image)) == list(image)
    assert image == b"" or decode(spelled(image)) == image


@given(st.binary(max_size=60) | st.text("[]0123456789,- ").map(str.encode), st.integers(0, 9), st.integers(1, 9))
def test_never_raises(data, start, limit):
    begins(data, start)
    decode(data)
    assert len(head(data, start, None, limit)) <= limit


def test_a_head_is_cheap_however_long_the_list():
    started = time.process_time()
    assert len(head(b"[" + b"7," * 10_000_000, 0, None, 4096)) == 4096
    assert time.process_time() - started < 0.1
