import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locations.kit import B64, FORM_TYPE, JPEG, PNG, URI, as_form, as_json, body, context, field_head, file_head
from why400.locations import json_path, part, whole
from why400.locations.decode import decode_image
from why400.locations.found import FoundImage
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.respell import replace_in_body, respell
from why400.locations.whole import Whole

ENCODINGS = ["binary", "base64", "base64url", "base64url-unpadded", "data-uri", "hex"]


@given(st.binary(max_size=300), st.sampled_from(ENCODINGS))
def test_there_and_back(image, encoding):
    value = respell(image, encoding, "image/png")
    found = FoundImage("body", encoding, 0, len(value), b"")
    assert (decode_image(body(value), found) or b"") == image


@pytest.mark.parametrize(
    ("encoding", "value"),
    [
        ("binary", b"\xfb\xff"),
        ("base64", b"+/8="),
        ("base64url", b"-_8="),
        ("base64url-unpadded", b"-_8"),
        ("data-uri", b"data:image/png;base64,+/8="),
        ("hex", b"fbff"),
    ],
)
def test_spellings(encoding, value):
    assert respell(b"\xfb\xff", encoding, "image/png") == value


def test_in_json_every_other_byte_stays():
    data = b'{ "id" : 1.50, "image":"' + URI.encode() + b'"\n, "\\u0061": [ ]}'
    (found,) = json_path.find(JsonAt("$.image"), context(b"application/json"), body(data)).found
    assert replace_in_body(data, found, respell(PNG, "base64", "image/png")) == data.replace(
        URI.encode(), base64.b64encode(PNG)
    )


def test_what_json_cannot_hold_is_escaped():
    data = as_json({"image": B64})
    (found,) = json_path.find(JsonAt("$.image"), context(b"application/json"), body(data)).found
    assert json.loads(replace_in_body(data, found, 'a"b\\c\né'.encode())) == {"image": 'a"b\\c\né'}


def test_in_json_that_was_a_string():
    data = as_json(json.dumps({"image": B64}))
    (found,) = json_path.find(JsonAt("$.image"), context(b"application/json"), body(data)).found
    new = replace_in_body(data, found, base64.b64encode(PNG))
    assert json.loads(json.loads(new)) == {"image": base64.b64encode(PNG).decode()}


def test_in_a_form_every_other_byte_stays():
    data = as_form((field_head(b"a"), b"1"), (file_head(), JPEG), (field_head(b"b"), b"2"))
    (found,) = part.find(Part("file"), context(FORM_TYPE), body(data)).found
    assert replace_in_body(data, found, PNG) == data.replace(JPEG, PNG)


def test_a_transfer_encoding_that_is_undone_is_no_longer_declared():
    coded = b"Content-Transfer-Encoding: base64\r\n" + file_head()
    other = (b"Content-Transfer-Encoding: 8bit\r\n" + field_head(b"a"), b"1")
    data = as_form(other, (coded, B64.encode()), other)
    (found,) = part.find(Part("file"), context(FORM_TYPE), body(data)).found
    assert decode_image(body(data), found) == JPEG
    assert replace_in_body(data, found, JPEG) == as_form(other, (file_head(), JPEG), other)


def test_quoted_printable():
    text = b"=FF=D8=FF=E0" + b"abc=3D" * 10
    data = as_form((file_head() + b"\r\nContent-Transfer-Encoding: quoted-printable", text))
    (found,) = part.find(Part("file"), context(FORM_TYPE), body(data)).found
    assert decode_image(body(data), found) == b"\xff\xd8\xff\xe0" + b"abc=" * 10


def test_the_whole_body():
    (found,) = whole.find(Whole(), context(b"image/jpeg"), body(B64.encode())).found
    assert replace_in_body(B64.encode(), found, JPEG) == JPEG


def test_without_an_end_there_is_no_place():
    data = as_json({"image": B64})[:-50]
    (found,) = json_path.find(JsonAt("$.image"), context(b"application/json"), body(data)).found
    assert replace_in_body(data, found, b"") is None
    assert decode_image(body(data), found) is None
