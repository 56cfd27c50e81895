"""Tests of rules, run for real: what each word sends, what each word expects, and what is told where they differ."""

import pytest

from trials.kit import RULES, differs, run
from why400.trials import tell

PASS = {
    "a good picture": "send: { image: {} }, expect: { outcome: forwarded, status: 200 }",
    "a size": "send: { image: { size: 100x90 } }, expect: { image: { size: 100x90 } }",
    "a color": "send: { image: { format: png, color: rgba } }, expect: { rules: color, image: { color: rgb } }",
    "a depth": "send: { image: { format: png, bit_depth: 16 } }, expect: { image: { bit_depth: 16 } }",
    "a format": "send: { image: { format: webp } }, expect: { outcome: fixed, image: { format: jpeg } }",
    "frames": "send: { image: { format: gif, frames: 2 } }, expect: { outcome: rejected, rules: [declared-type, format] }",
    "orientation": "send: { image: { orientation: 8, size: 64x48 } }, expect: { image: { size: 48x64, orientation: upright } }",
    "damage": "send: { image: { damage: junk-before } }, expect: { outcome: fixed, rules: [image] }",
    "a file's size": "send: { image: { file_size: 1000001B } }, expect: { status: 413, rules: [upload-size] }",
    "just under it": "send: { image: { file_size: 1MB } }, expect: { outcome: forwarded }",
    "base64 of it": "send: { image: { encoding: base64 } }, expect: { rules: [image], cause: base64.unexpected }",
    "another style": "send: { image: {}, style: { part: file } }, expect: { cause: content-type.multipart-for-raw }",
    "JSON instead": "send: { image: {}, style: { json: $.image } }, expect: { outcome: rejected }",
    "text": "send: { bytes: hello, content_type: image/png }, expect: { cause: image.not-an-image }",
    "no bytes": "send: { bytes: '', content_type: image/png }, expect: { cause: image.empty }",
    "bytes as base64": "send: { base64: aGVsbG8=, content_type: image/png }, expect: { cause: image.not-an-image }",
    "a false type": "send: { image: {}, content_type: text/plain }, expect: { rules: [declared-type] }",
    "no type": "send: { image: {}, content_type: none }, expect: { rules: [declared-type], cause: content-type.missing }",
    "words of the answer": "send: { image: { size: 16x64 } }, expect: { says: the image is 16 px }",
    "words of the body": "send: { image: {}, content_type: none }, expect: { body: JFIF }",
    "observed": "mode: observe, send: { image: { size: 16x64 } }, expect: { outcome: forwarded, rules: [resolution] }",
    "disabled": "mode: disabled, send: { image: { size: 16x64 } }, expect: { outcome: forwarded, status: 200 }",
    "a query": "send: { image: {}, match: POST /predict?v=1 }, expect: { outcome: forwarded }",
}


@pytest.mark.parametrize("test", PASS.values(), ids=PASS)
def test_it_passes(test: str) -> None:
    assert differs(test) == []


DIFFER = {
    "outcome": ("send: { image: {} }, expect: { outcome: rejected }", ("outcome", "rejected", "forwarded")),
    "status": ("send: { image: {} }, expect: { status: 400 }", ("status", "400", "200")),
    "cause": (
        "send: { image: { size: 8x8 } }, expect: { cause: image.alpha }",
        ("cause", "image.alpha", "image.too-small, image.too-small"),
    ),
    "rules": ("send: { image: {} }, expect: { rules: [color] }", ("rules", "color", "none")),
    "more rules than said": (
        "send: { image: { format: gif } }, expect: { rules: [color] }",
        ("rules", "color", "declared-type, format"),
    ),
    "image": ("send: { image: {} }, expect: { image: { size: 8x8 } }", ("image.size", "8x8", "64x48")),
    "no image": ("send: { bytes: x }, expect: { image: { size: 8x8 } }", ("image", "size: 8x8", "none was sent on")),
    "says": ("send: { image: {} }, expect: { says: too small }", ("says", "too small", "nothing")),
    "body": (
        "send: { image: { file_size: 2KB } }, expect: { body: GIF89a }",
        ("body", "GIF89a", "2000 bytes without it"),
    ),
}


@pytest.mark.parametrize(("test", "difference"), DIFFER.values(), ids=DIFFER)
def test_it_differs_in(test: str, difference: tuple[str, str, str]) -> None:
    assert differs(test) == [difference]


PLACES = {
    "a part": "image: { part: file }",
    "a key": "image: { json: $.image, as: base64 }",
    "a data URI": "image: { json: $.image, as: data-uri }",
    "a list": "image: { json: '$.instances[*].b64', as: base64 }",
    "an example": "image: { json: $.image, as: base64, example: { model: digits, image: here } }",
    "either": "image: { any: [body, { part: file }] }",
    "two": "image: [{ name: front, part: front }, { name: back, part: back }]",
    "a capture": "match: 'POST /v1/models/{name}:predict'\nimage: { json: $.image }",
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_picture_is_put_where_the_route_wants_it(place: str) -> None:
    rules = f"{place}\nrules:\n  color:\n    require: {{ color: rgb }}\n    fix: convert\n"
    test = "send: { image: { format: png, color: gray } }, expect: { outcome: fixed, image: { color: rgb } }"
    assert differs(test, rules) == []


def test_rules_that_are_off_are_tested_as_if_they_were_not() -> None:
    off = RULES.replace("require: { color: rgb }", "require: { color: rgb }\n    mode: disabled")
    assert differs("send: { image: { color: gray } }, expect: { outcome: fixed }", f"mode: disabled\n{off}") == []


def test_a_failure_is_shown_as_a_table() -> None:
    results = run(
        "send: { image: { size: 16x64 } }, expect: { outcome: fixed, image: { size: 32x64 } }",
        "send: { image: {} }, expect: { outcome: forwarded }",
    )
    assert tell.in_words(results) == (
        "rules.yaml:27:17: predict: t1\n"
        "             wanted       got\n"
        "    outcome  fixed        rejected\n"
        "    image    size: 32x64  none was sent on\n"
        "    found: resolution image.too-small at body: the image is 16 px, the model takes 32 to 4096 px"
    )
    assert tell.summary(results, 0.0123) == "1 of 2 tests failed (12 ms)"


REPLIES = {
    "an error inside a 200": ('{"status": "failed"}', "refused"),
    "a success": ('{"status": "succeeded"}', "forwarded"),
    "nothing": ("", "forwarded"),
}


@pytest.mark.parametrize(("reply", "outcome"), REPLIES.values(), ids=REPLIES)
def test_what_the_model_says_is_judged(reply: str, outcome: str) -> None:
    rules = f"refused_when: {{ json: $.status, equals: failed }}\n{RULES}"
    assert differs(f"send: {{ image: {{}}, reply: '{reply}' }}, expect: {{ outcome: {outcome} }}", rules) == []


NEAREST = {
    "base64 in its place": ("image: { encoding: base64url }, style: { json: $.inputs, as: base64 }", "base64.urlsafe"),
    "base64 as the body": ("image: { encoding: base64 }, style: body", "base64.unexpected"),
    "another part": ("image: {}, style: { part: file }", "content-type.multipart-for-raw"),
    "a part without a file name": (
        'bytes: "--x\\r\\nContent-Disposition: form-data; name=data\\r\\n\\r\\nGIF89a\\r\\n--x--\\r\\n", '
        "content_type: multipart/form-data; boundary=x",
        "multipart.no-filename",
    ),
}


@pytest.mark.parametrize(("send", "cause"), NEAREST.values(), ids=NEAREST)
def test_of_several_places_that_where_it_stands_judges(send: str, cause: str) -> None:
    rules = "image: { any: [body, { json: $.inputs, as: base64 }, { part: data }] }"
    assert differs(f"send: {{ {send} }}, expect: {{ outcome: rejected, cause: {cause} }}", rules) == []
