import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.json_scan import scan
from why400.locations.path import Every, Index, Name, Path, PathError, Slice, Where, matching, parse

PATHS = [
    ("$", ()),
    ("$.image", (Name("image"),)),
    ("$.bild_1.größe", (Name("bild_1"), Name("größe"))),
    ("$['a b'][\"c.d\"]", (Name("a b"), Name("c.d"))),
    ("$.a[0][-1]", (Name("a"), Index(0), Index(-1))),
    ("$.a[*].b", (Name("a"), Every(), Name("b"))),
    ("$.*", (Every(),)),
    ("$.a[1:3]", (Name("a"), Slice(1, 3, 1))),
    ("$.a[::2]", (Name("a"), Slice(None, None, 2))),
    ("$[ 'a' ][ 0 ]", (Name("a"), Index(0))),
    ('$[?@.type=="image"].data', (Where(("type",), "image"), Name("data"))),
    ("$[?(@.a.b == 'c d')]", (Where(("a", "b"), "c d"),)),
]


@pytest.mark.parametrize(("text", "steps"), PATHS, ids=[row[0] for row in PATHS])
def test_parse(text, steps):
    assert parse(text) == Path(text, steps)


MISTAKES = [
    ("image", 0, "write $.image"),
    (".image", 0, "write $.image"),
    ("/instances/0/b64", 0, "write $.instances[0].b64"),
    ("$image", 1, "write . or [ in front of it"),
    ("$.image-data", 7, "write ['image-data']"),
    ("$..image", 1, "write the whole path"),
    ("$.", 1, "write $"),
    ("$.image.", 7, "write $.image"),
    ("$.a[b]", 3, "write ['b']"),
    ("$.a[0", 3, "write $.a[0]"),
    ("$.a[]", 3, "write $.a[*]"),
    ("$.a b", 3, "write $['a b']"),
    ("$" + ".a" * 400, 500, ""),
    ("", 0, "write $.image"),
]


@pytest.mark.parametrize(("text", "offset", "suggestion"), MISTAKES, ids=[row[0][:20] for row in MISTAKES])
def test_mistakes_are_pointed_at(text, offset, suggestion):
    error = parse(text)
    assert isinstance(error, PathError)
    assert (error.offset, error.suggestion) == (offset, suggestion)


DOCUMENT = json.dumps(
    {
        "image": "one",
        "list": ["a", "b", "c", "d"],
        "rows": [{"type": "text", "v": "x"}, {"type": "image", "v": "y"}, {"type": "image", "v": "z"}],
        "deep": {"im age": "e", "é": "f"},
    }
).encode()
MATCHES = [
    ("$.image", ["one"]),
    ("$['image']", ["one"]),
    ("$.list[0]", ["a"]),
    ("$.list[-1]", ["d"]),
    ("$.list[*]", ["a", "b", "c", "d"]),
    ("$.list[1:3]", ["b", "c"]),
    ("$.list[-2:]", ["c", "d"]),
    ("$.list[::2]", ["a", "c"]),
    ("$.list[9]", []),
    ("$.rows[*].v", ["x", "y", "z"]),
    ('$.rows[?@.type=="image"].v', ["y", "z"]),
    ('$.rows[?@.type=="sound"].v', []),
    ("$.deep['im age']", ["e"]),
    ("$.deep.é", ["f"]),
    ("$.deep.*", ["e", "f"]),
    ("$.Image", []),
    ("$.image.more", []),
    ("$.list.a", []),
]


@pytest.mark.parametrize(("text", "strings"), MATCHES, ids=[row[0] for row in MATCHES])
def test_matching(text, strings):
    named = matching(parse(text), scan(DOCUMENT).values, DOCUMENT)
    assert [DOCUMENT[value.start : value.end].decode() for value in named] == strings


def test_the_last_of_two_keys_counts():
    data = b'{"image":"first","image":"second"}'
    (value,) = matching(parse("$.image"), scan(data).values, data)
    assert data[value.start : value.end] == b"second"


def test_the_root():
    (value,) = matching(parse("$"), scan(b'"abc"').values, b'"abc"')
    assert (value.start, value.end) == (1, 4)


@given(st.text("$.[]*'\"?@=:-a1 (", max_size=25))
def test_never_raises(text):
    path = parse("$" + text)
    if isinstance(path, Path):
        matching(path, scan(DOCUMENT).values, DOCUMENT)
    else:
        assert 0 <= path.offset <= len(text) + 1
