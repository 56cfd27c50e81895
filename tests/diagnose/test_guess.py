"""Where an image was meant to be in JSON that shows none: a body in, a path out."""

import base64
import json

import pytest

from diagnose.build import exchange, in_json
from why400.diagnose.guess import guessed_place

NOISE = base64.b64encode(bytes(range(40, 200))).decode()


def guessed(document, **more):
    body = document if isinstance(document, bytes) else json.dumps(document).encode()
    place = guessed_place(exchange(400, body=body, media="application/json", **{"images": [], **more}))
    return None if place is None else (place.path, place.carried_as)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"image": None}, ("$['image']", "base64")),
        ({"top_k": 3, "image_b64": ""}, ("$['image_b64']", "base64")),
        ({"image": "data:image/jpeg;base64,"}, ("$['image']", "data-uri")),
        ({"inputs": {"img": 17}}, ("$['inputs']['img']", "base64")),
        ({"data": NOISE}, ("$['data']", "base64")),
        ({"instances": [{"bytes": NOISE}]}, ("$['instances'][0]['bytes']", "base64")),
        ({"source": "photos/cat.jpg"}, ("$['source']", "base64")),
        ({"source": "https://example.com/cat.PNG?size=2"}, ("$['source']", "base64")),
    ],
    ids=["null", "empty", "empty data URI", "number", "long text", "nested", "file name", "link"],
)
def test_where_it_was_meant_to_be(document, expected):
    assert guessed(document) == expected


@pytest.mark.parametrize(
    "document",
    [
        {},
        [],
        {"text": "hello"},
        {"prompt": "describe the thing " * 20},
        {"inputs": [[0.1, 0.2], [0.3, 0.4]]},
        {"it's an image": NOISE},
        b"{'image': 1}",
        b"\xff\xd8\xff\xe0 not JSON",
    ],
    ids=["empty", "list", "short text", "prose", "numbers", "a key that no path can hold", "lax", "binary"],
)
def test_where_nothing_shows_that_one_was_meant(document):
    assert guessed(document, troubles=["json.lax"] if document == b"{'image': 1}" else []) is None


def test_no_guess_where_an_image_was_found():
    assert guessed({"image": NOISE}, images=[in_json()]) is None
