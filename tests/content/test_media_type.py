import pytest
from hypothesis import given
from hypothesis import strategies as st

from why400.content.media_type import parse

VALUES = [
    ("plain", b"image/png", "image/png", ()),
    ("upper case", b"IMAGE/JPEG", "image/jpeg", ()),
    ("charset", b"application/json; charset=utf-8", "application/json", (("charset", "utf-8"),)),
    ("no blank", b"text/plain;charset=UTF-8", "text/plain", (("charset", "UTF-8"),)),
    ("suffix", b"application/vnd.api+json", "application/vnd.api+json", ()),
    (
        "boundary",
        b"multipart/form-data; boundary=----WebKitFormBoundary7MA",
        "multipart/form-data",
        (("boundary", "----WebKitFormBoundary7MA"),),
    ),
    ("quoted boundary", b'multipart/form-data; boundary="a b;c"', "multipart/form-data", (("boundary", "a b;c"),)),
    ("escape in quotes", rb'multipart/mixed; boundary="a\"b"', "multipart/mixed", (("boundary", 'a"b'),)),
    ("quote without end", b'multipart/mixed; boundary="abc', "multipart/mixed", (("boundary", "abc"),)),
    ("equals in a value", b"multipart/form-data; boundary==_=x", "multipart/form-data", (("boundary", "=_=x"),)),
    ("name in upper case", b"multipart/form-data; Boundary=AaB", "multipart/form-data", (("boundary", "AaB"),)),
    (
        "two parameters",
        b"multipart/form-data; charset=utf-8; boundary=x",
        "multipart/form-data",
        (("charset", "utf-8"), ("boundary", "x")),
    ),
    ("parameter without value", b"image/png; q", "image/png", ()),
    ("blanks around", b"  image/png  ;  a = b ", "image/png", (("a", "b"),)),
]


@pytest.mark.parametrize(
    ("value", "essence", "parameters"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES]
)
def test_reads_a_media_type(value, essence, parameters):
    read = parse(value)
    assert (read.essence, read.parameters, read.malformed) == (essence, parameters, None)


@pytest.mark.parametrize(
    ("value", "essence", "words"),
    [
        (b"json", "json", "no slash"),
        (b"", "", "no slash"),
        (b"image/png, image/jpeg", "image/png, image/jpeg", "characters that no media type has"),
        (b"image/", "image/", "characters that no media type has"),
    ],
)
def test_says_what_a_malformed_one_lacks(value, essence, words):
    read = parse(value)
    assert (read.essence, read.malformed) == (essence, words)


@pytest.mark.parametrize(
    ("value", "boundary"),
    [
        (b"multipart/form-data; boundary=x", b"x"),
        (b"multipart/form-data; boundary=", None),
        (b"multipart/form-data", None),
        (b"multipart/form-data; boundary=\xe9", b"\xe9"),
    ],
)
def test_boundary(value, boundary):
    assert parse(value).boundary == boundary


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        (b"application/json", (True, False, False)),
        (b"application/problem+json", (True, False, False)),
        (b"multipart/related", (False, True, False)),
        (b"image/webp", (False, False, True)),
        (b"text/plain", (False, False, False)),
    ],
)
def test_kinds(value, kinds):
    read = parse(value)
    assert (read.is_json, read.is_form, read.is_image) == kinds


@given(st.binary(max_size=300))
def test_never_raises(value):
    assert parse(value).essence == parse(value).essence.lower()


@given(st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=80))
def test_a_blank_around_the_semicolon_changes_nothing(boundary):
    form, spaced = f"multipart/form-data; boundary={boundary}", f"multipart/form-data ; boundary={boundary}"
    assert parse(form.encode()) == parse(spaced.encode())
