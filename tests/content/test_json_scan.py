import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.json_scan import DEEPEST, pointer, scan

LONG = "x" * 100


def outline(data):
    return [(value.pointer, value.kind) for value in scan(data).values]


DOCUMENTS = [
    ("object", b'{"image": "abc", "n": 5}', [("", "object"), ("/image", "string"), ("/n", "number")]),
    (
        "words",
        b"[null, true, false, -1.5e3]",
        [("", "array"), ("/0", "null"), ("/1", "boolean"), ("/2", "boolean"), ("/3", "number")],
    ),
    (
        "nested",
        b'{"a":{"b":[{"c":"d"}]}}',
        [("", "object"), ("/a", "object"), ("/a/b", "array"), ("/a/b/0", "object"), ("/a/b/0/c", "string")],
    ),
    ("escaped quote", rb'{"a":"x\"y","b":"z\\"}', [("", "object"), ("/a", "string"), ("/b", "string")]),
    ("escaped key", rb'{"\u0069mage":"x"}', [("", "object"), ("/image", "string")]),
    ("pointer signs in a key", b'{"a/b~c":1}', [("", "object"), ("/a~1b~0c", "number")]),
    ("a root string", b'"abc"', [("", "string")]),
    ("empty ones", b'{"a":{},"b":[]}', [("", "object"), ("/a", "object"), ("/b", "array")]),
    ("a trailing comma", b'{"a":1,}', [("", "object"), ("/a", "number")]),
    ("a byte order mark", b'\xef\xbb\xbf{"a":1}', [("", "object"), ("/a", "number")]),
    ("the same key twice", b'{"a":1,"a":2}', [("", "object"), ("/a", "number"), ("/a", "number")]),
    ("no JSON", b"hello", [("", "number")]),
    ("nothing", b"", []),
]


@pytest.mark.parametrize(("data", "values"), [row[1:] for row in DOCUMENTS], ids=[row[0] for row in DOCUMENTS])
def test_finds_values(data, values):
    assert outline(data) == values


def test_offsets_are_inside_the_quotes():
    data = b'{"a": "hello", "b": [1, "x"]}'
    strings = [data[value.start : value.end] for value in scan(data).values if value.kind == "string"]
    assert strings == [b"hello", b"x"]
    assert [data[value.start : value.end] for value in scan(data).values if value.place == ("b",)] == [b'[1, "x"]']


@pytest.mark.parametrize(
    ("data", "broken_at"),
    [
        (b'{"a" 1}', 5),
        (b"{'a':1}", 1),
        (b'{"a":1]', 6),
        (b"]", 0),
        (b'{"a":"b" "c":1}', 9),
        (b"{,}", 1),
        (b'{"a":}', None),
    ],
)
def test_says_where_it_breaks(data, broken_at):
    assert scan(data).broken_at == broken_at


@pytest.mark.parametrize("cut", range(1, 40))
def test_a_document_still_on_its_way(cut):
    data = json.dumps({"a": [1, {"b": LONG}], "c": LONG}).encode()
    found = scan(data[:cut])
    assert (found.root_end, found.broken_at, found.root) == (None, None, "object")


def test_a_string_that_goes_on_is_long():
    (value,) = scan(b'{"image":"abc').long_strings
    assert (value.pointer, value.start, value.end) == ("/image", 10, None)


def test_long_arrays_of_numbers_are_one_step():
    numbers = [[[0.5, 1, -2e9]] * 50] * 50
    data = json.dumps({"instances": numbers, "image": LONG, "rows": [1, LONG]}).encode()
    found = scan(data, steps=100)
    assert [(value.pointer, value.kind) for value in found.values] == [
        ("", "object"),
        ("/instances", "array"),
        ("/image", "string"),
        ("/rows", "array"),
        ("/rows/0", "number"),
        ("/rows/1", "string"),
    ]
    assert not found.exhausted


HOSTILE = [
    ("nesting", b"[" * 100_000),
    ("many strings", b'["a",' * 100_000),
    ("many members", b'{"a":1,' * 100_000),
    ("escaped quotes", b'"' + b'\\"' * 200_000),
    ("backslashes", b'"' + b"\\" * 400_001 + b'"'),
    ("commas", b"[" + b"1," * 200_000),
    ("blanks", b"[" + b" " * 500_000),
]


@pytest.mark.parametrize("data", [row[1] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_documents_cost_little(data):
    found = scan(data)
    assert found.root_end is None
    assert len(found.values) <= 1001
    assert all(len(value.place) <= DEEPEST for value in found.values)


def test_keys_in_pointers_are_cut_and_escaped():
    assert len(pointer(("k" * 5000,))) <= 65
    assert pointer(("a\x1bb\n",)) == "/a\\x1bb\\n"


def places(value, place=()):
    yield place
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in children:
        yield from places(child, (*place, key))


KEYS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=15,
)


@given(JSON.filter(lambda value: isinstance(value, dict | list)), st.booleans(), st.sampled_from([None, 2]))
def test_every_value_is_found(document, ascii_only, indent):
    data = json.dumps(document, ensure_ascii=ascii_only, indent=indent).encode()
    found = scan(data)
    assert [value.place for value in found.values] == list(places(document))
    assert (found.root_end, found.broken_at) == (len(data), None)


@given(st.binary(max_size=200) | st.text('{}[]:,"\\ a1', max_size=100).map(str.encode))
def test_never_raises(data):
    for value in scan(data).values:
        assert 0 <= value.start <= len(data)
        assert value.end is None or value.start <= value.end <= len(data)
