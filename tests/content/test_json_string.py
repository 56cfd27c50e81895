import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.json_string import escape, unescape, unescape_head

STRINGS = [
    (rb"plain", b"plain"),
    (rb"a\/b", b"a/b"),
    (rb"a\nb", b"a\nb"),
    (rb"\u002b\u003D", b"+="),
    (rb"\\n", b"\\n"),
    (rb"\\\/", b"\\/"),
    (rb"\u00e9", b"\xc3\xa9"),
    (rb"\ud83d\ude00", b"\xf0\x9f\x98\x80"),
    (rb"\ud800", b"\xed\xa0\x80"),
    (b"\xff\\n", b"\xff\n"),
    (rb"\x", rb"\x"),
]


@pytest.mark.parametrize(("raw", "text"), STRINGS, ids=[ascii(row[0]) for row in STRINGS])
def test_unescape(raw, text):
    assert unescape(raw) == text


@pytest.mark.parametrize("raw", [rb"abc\n" + tail for tail in (b"", b"\\", b"\\u", b"\\u0", b"\\u00", b"\\u002")])
def test_a_cut_escape_is_left_out(raw):
    assert unescape_head(raw) == b"abc\n"


def test_an_escaped_backslash_is_whole():
    assert unescape_head(rb"abc\\") == b"abc\\"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_there_and_back(text):
    assert unescape(escape(text.encode())) == text.encode()
    assert unescape(json.dumps(text, ensure_ascii=False)[1:-1].encode()) == text.encode()


@given(st.binary(max_size=100) | st.text('\\u"/nd8', max_size=40).map(str.encode))
def test_never_raises(raw):
    assert isinstance(unescape_head(raw), bytes)
    assert isinstance(escape(raw), bytes)
