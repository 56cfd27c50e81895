"""Good requests of every style: found where they should be, byte for byte, and without any trouble."""

import gzip

import pytest

from locations.kit import (
    B64,
    FORM_TYPE,
    JPEG,
    PNG,
    URI,
    URLSAFE,
    as_form,
    as_json,
    body,
    context,
    field_head,
    file_head,
)
from why400.content.body import Body
from why400.locations import json_path, part, whole
from why400.locations.decode import decode_image
from why400.locations.discover import discovering
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.whole import Whole
from why400.steps import at_once

LOCATIONS = {location.spec: location for location in (whole.LOCATION, part.LOCATION, json_path.LOCATION)}
JSON_TYPE = b"application/json"
CHAT = {
    "messages": [
        {
            "role": "user",
            "content": [
                {"type": "text", "text": "What is it? " * 20},
                {"type": "image_url", "image_url": {"url": URI}},
            ],
        }
    ]
}
GOOD = [
    ("raw", Whole(), b"image/jpeg", JPEG, "body"),
    ("raw as octets", Whole(), b"application/octet-stream", PNG, "body"),
    ("form", Part("file"), FORM_TYPE, as_form((file_head(), JPEG)), "part:file"),
    (
        "form with fields",
        Part("file"),
        FORM_TYPE,
        as_form((field_head(b"threshold"), b"0.5"), (file_head(), PNG), (field_head(b"note"), b"x" * 500)),
        "part:file",
    ),
    (
        "form with a file left out",
        Part("file"),
        FORM_TYPE,
        as_form((file_head(), JPEG), (file_head(b"mask", b""), b"")),
        "part:file",
    ),
    (
        "form with JSON beside",
        Part("file"),
        FORM_TYPE,
        as_form((field_head(b"data"), as_json({"a": "b" * 100})), (file_head(), JPEG)),
        "part:file",
    ),
    ("JSON", JsonAt("$.image"), JSON_TYPE, as_json({"image": B64}), "json:/image"),
    (
        "JSON with more",
        JsonAt("$.image"),
        b"application/json; charset=utf-8",
        as_json({"id": "a" * 80, "image": B64, "note": "words " * 30}),
        "json:/image",
    ),
    (
        "JSON as PHP writes it",
        JsonAt("$.image"),
        JSON_TYPE,
        as_json({"image": B64}).replace(b"/", b"\\/"),
        "json:/image",
    ),
    (
        "JSON as .NET writes it",
        JsonAt("$.image"),
        JSON_TYPE,
        as_json({"image": B64}).replace(b"+", b"\\u002B"),
        "json:/image",
    ),
    ("JSON of its own type", JsonAt("$.image"), b"application/vnd.model+json", as_json({"image": B64}), "json:/image"),
    ("JSON, url-safe", JsonAt("$.image", "base64url"), JSON_TYPE, as_json({"image": URLSAFE}), "json:/image"),
    (
        "JSON, url-safe without padding",
        JsonAt("$.image", "base64url"),
        JSON_TYPE,
        as_json({"image": URLSAFE.rstrip("=")}),
        "json:/image",
    ),
    (
        "JSON, url-safe, padding not wanted",
        JsonAt("$.image", "base64url-unpadded"),
        JSON_TYPE,
        as_json({"image": URLSAFE.rstrip("=")}),
        "json:/image",
    ),
    ("data URI", JsonAt("$.image", "data-uri"), JSON_TYPE, as_json({"image": URI}), "json:/image"),
    ("hex", JsonAt("$.image", "hex"), JSON_TYPE, as_json({"image": JPEG.hex()}), "json:/image"),
    (
        "TF Serving row",
        JsonAt("$.instances[*].b64"),
        JSON_TYPE,
        as_json({"instances": [{"b64": B64}]}),
        "json:/instances/0/b64",
    ),
    ("Ollama", JsonAt("$.images[*]"), JSON_TYPE, as_json({"model": "llava", "images": [B64]}), "json:/images/0"),
    (
        "chat",
        JsonAt('$.messages[*].content[?@.type=="image_url"].image_url.url', "data-uri"),
        JSON_TYPE,
        as_json(CHAT),
        "json:/messages/0/content/1/image_url/url",
    ),
]
ROWS = pytest.mark.parametrize(
    ("spec", "content_type", "data", "at"), [row[1:] for row in GOOD], ids=[row[0] for row in GOOD]
)
THOROUGH = pytest.mark.parametrize("thorough", [False, True], ids=["glance", "thorough"])


@ROWS
@THOROUGH
def test_found_where_a_location_says(spec, content_type, data, at, thorough):
    located = LOCATIONS[type(spec)].find(spec, context(content_type, thorough), body(data))
    (found,) = located.found
    assert (found.at, found.troubles, located.troubles, located.need_more) == (at, (), (), False)
    image = decode_image(body(data), found)
    assert image in (JPEG, PNG)
    assert found.size == len(image)
    assert image.startswith(bytes(found.head))


@ROWS
@THOROUGH
def test_found_without_being_told(spec, content_type, data, at, thorough):
    located = at_once(discovering(context(content_type, thorough), body(data)))
    (found,) = located.found
    assert (found.at, found.troubles, located.troubles) == (at, (), ())
    assert decode_image(body(data), found) in (JPEG, PNG)


@ROWS
def test_the_same_received_in_place(spec, content_type, data, at):
    received = Body(bytearray(data), len(data), True)
    located = LOCATIONS[type(spec)].find(spec, context(content_type), received)
    assert [(found.at, found.troubles) for found in located.found] == [(at, ())]
    assert decode_image(received, located.found[0]) in (JPEG, PNG)


@ROWS
def test_no_trouble_while_it_comes(spec, content_type, data, at):
    for cut in [*range(0, min(len(data), 400), 3), *range(400, len(data), 97)]:
        coming = body(data[:cut], ended=False)
        located = LOCATIONS[type(spec)].find(spec, context(content_type), coming)
        seen = at_once(discovering(context(content_type), coming))
        assert located.troubles + seen.troubles == ()
        assert all(found.troubles == () for found in located.found + seen.found)
        assert located.need_more or [found.at for found in located.found] == [at]


@ROWS
def test_compressed(spec, content_type, data, at):
    packed = body(gzip.compress(data))
    located = LOCATIONS[type(spec)].find(spec, context(content_type, coding=b"gzip"), packed)
    assert [(found.at, found.troubles) for found in located.found] == [(at, ())]
    assert located.troubles == ()
    # It has no place in the body as sent, so that nobody cuts it out of there.
    assert decode_image(packed, located.found[0]) is None


def test_a_body_too_long_to_keep():
    data = as_json({"image": B64})
    kept = Body(data[:300], 50_000_000, True, data[-100:])
    located = json_path.find(JsonAt("$.image"), context(JSON_TYPE), kept)
    assert [(found.at, found.end, found.troubles) for found in located.found] == [("json:/image", None, ())]
    assert json_path.find(JsonAt("$.other"), context(JSON_TYPE), kept).troubles == ()


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        (b"text/plain", b"hello"),
        (b"application/json", as_json({"a": 1, "text": "long words " * 40})),
        (b"application/json", as_json([1, 2, 3])),
        (b"application/json", as_json({"instances": [[0.1] * 100] * 100})),
        (b"application/json", as_json({"token": "ab12" * 40})),
        (b"application/x-www-form-urlencoded", b"a=1&b=2"),
        (b"text/plain", B64.encode()),
        (b"application/x-www-form-urlencoded", B64.encode()),
        (FORM_TYPE, as_form((field_head(b"a"), b"1"))),
        (b"application/gzip", gzip.compress(JPEG)),
        (None, b""),
    ],
    ids=[
        "text",
        "JSON",
        "list",
        "tensor",
        "token",
        "urlencoded",
        "base64 as text",
        "base64 urlencoded",
        "form",
        "gzip file",
        "empty",
    ],
)
def test_nothing_is_wrong_with_other_bodies(content_type, data):
    located = at_once(discovering(context(content_type, thorough=True), body(data)))
    assert located.troubles == ()
    assert all(found.troubles == () for found in located.found)
