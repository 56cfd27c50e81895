import json
import re

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.json_health import health, strict_object

STRICT = [
    b'{"a":1}',
    b'{"a":1}\n',
    b"[1,2.5e3,null]",
    b'{"a":"\xc3\xa9"}',
    b'"text"',
    b"5",
    rb'{"a":"http:\/\/x \u00e9"}',
]

SICK = [
    ("trailing comma", b'{"a":1,}', "json.lax", 6, {"a": 1}),
    ("single quotes", b"{'a': 'b'}", "json.lax", 1, {"a": "b"}),
    ("Python words", b'{"a": True, "b": None}', "json.lax", 6, {"a": True, "b": None}),
    ("Python repr", b"{'a': \"it's\", 'b': 'say \"hi\"'}", "json.lax", 1, {"a": "it's", "b": 'say "hi"'}),
    ("Python's bytes", b"{'a': b'/9j/', 'b': b\"c\"}", "json.lax", 1, {"a": "/9j/", "b": "c"}),
    ("bytes alone", b'{"ab": b\'x"y\'}', "json.lax", 7, {"ab": 'x"y'}),
    ("bare key", b"{image: 1}", "json.lax", 1, {"image": 1}),
    ("comment", b'{"a": 1 /* one */}', "json.lax", 8, {"a": 1}),
    ("line comment", b'{"a": 1 // one\n}', "json.lax", 8, {"a": 1}),
    ("comment signs in a string", b'{"a": "// no /* ,} \'",}', "json.lax", 21, {"a": "// no /* ,} '"}),
    ("two documents", b'{"a":1}{"b":2}', "json.extra-data", 7, {"a": 1}),
    ("JSON lines", b'{"a":1}\n{"b":2}\n', "json.extra-data", 7, {"a": 1}),
    ("remark behind", b'{"a":1} // the end', "json.lax", 8, {"a": 1}),
    ("NUL at its end", b'{"a":1}\0', "json.extra-data", 7, {"a": 1}),
    ("byte order mark", b'\xef\xbb\xbf{"a":1}', "json.bom", 0, {"a": 1}),
    ("UTF-16 with a mark", '{"a":1}'.encode("utf-16"), "encoding.charset", 0, {"a": 1}),
    ("UTF-16 without", '{"a":1}'.encode("utf-16-be"), "encoding.charset", 0, {"a": 1}),
    ("UTF-32", '{"a":1}'.encode("utf-32"), "encoding.charset", 0, {"a": 1}),
    ("JSON in a string", json.dumps('{"a": 1}').encode(), "json.double-encoded", 0, {"a": 1}),
    ("same key twice", b'{"a":1,"a":2}', "json.duplicate-key", 11, {"a": 2}),
    ("Latin-1", '{"a":"é"}'.encode("latin-1"), "encoding.charset", 6, None),
    ("NaN", b'{"a": NaN}', "json.nan", 6, None),
    ("Infinity", b'{"NaN": -Infinity}', "json.nan", 8, None),
    ("cut in a string", b'{"a":"bcd', "json.truncated", 9, None),
    ("cut after a colon", b'{"a":', "json.truncated", 5, None),
    ("cut in a list", b"[1,[2", "json.truncated", 5, None),
    ("a line break in a string", b'{"a":"b\nc"}', "json.syntax", 7, None),
    ("a missing comma", b'{"a":1 "b":2}', "json.syntax", 7, None),
    ("a form", b"a=1&b=2", "json.syntax", 0, None),
    ("a page", b"<html></html>", "json.syntax", 0, None),
    ("nothing", b"  ", "json.syntax", 0, None),
    ("too deep", b"[" * 2000 + b"]" * 2000, "json.syntax", 1025, None),
]


@pytest.mark.parametrize("data", STRICT)
def test_strict_json_has_no_trouble(data):
    assert health(data).troubles == ()
    assert health(data).text == data


@pytest.mark.parametrize(("data", "code", "offset", "reading"), [row[1:] for row in SICK], ids=[row[0] for row in SICK])
def test_names_the_trouble(data, code, offset, reading):
    judged = health(data)
    assert [(one.code, one.offset) for one in judged.troubles] == [(code, offset)]
    assert (None if judged.text is None else orjson.loads(judged.text)) == reading


def test_several_troubles_are_all_named():
    judged = health(b"\xef\xbb\xbf{'a': 1}")
    assert [(one.code, one.offset) for one in judged.troubles] == [("json.bom", 0), ("json.lax", 4)]


def test_words_never_quote_values():
    judged = health(b'{"password": "hunter2" "x"}')
    assert "hunter2" not in repr(judged.troubles)


HOSTILE = [
    b'"' + b"\\'" * 100_000,
    b"'" + b"\\'" * 100_000,
    b"/*" * 100_000,
    b"{'a':" * 50_000,
    b"NaN," * 100_000,
    b", " * 100_000,
]


@pytest.mark.parametrize("data", HOSTILE, ids=[ascii(data[:6]) for data in HOSTILE])
def test_hostile_text_ends(data):
    assert health(data).troubles


@given(st.binary(max_size=200) | st.text("{}[]:,\"'\\ aNone/*#\n1", max_size=80).map(str.encode))
def test_never_raises_and_repairs_to_json(data):
    judged = health(data)
    if judged.text is not None:
        orjson.loads(judged.text)
    else:
        assert judged.troubles


@given(
    st.dictionaries(
        st.text("abc", max_size=3), st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=9), max_size=4
    )
)
def test_a_python_repr_has_one_reading(document):
    judged = health(repr(document).encode("utf-8", "replace"))
    if judged.troubles and judged.text is not None:
        assert set(orjson.loads(judged.text)) == set(document)


TEXT = b"/9j/4AAQ" * 8
WITH_TEXT = [
    ("an object", b'{"a":"%b","b":1}', True),
    ("a data URI", b'{"a":"data:image/png;base64,%b"}', True),
    ("several", b'{"a":["%b","%b"]}', True),
    ("a comma too many", b'{"a":"%b",}', False),
    ("a bad head of a data URI", b'{"a":"data:image/png;name=\xe9;base64,%b"}', False),
    ("no quotes around it", b'{"a":%b}', False),
    ("a list", b'["%b"]', False),
    ("bytes behind it", b'{"a":"%b"}x', False),
]


@pytest.mark.parametrize(("form", "strict"), [row[1:] for row in WITH_TEXT], ids=[row[0] for row in WITH_TEXT])
def test_a_document_is_judged_without_the_texts_in_it(form, strict):
    data = form.replace(b"%b", TEXT)
    ends = [found.end() for found in re.finditer(re.escape(TEXT), data)]
    spans = [(data.rfind(b'"', 0, end) + 1, end) for end in ends]
    assert (strict_object(data, spans) is not None) is strict
    assert (strict_object(data) is not None) is strict
