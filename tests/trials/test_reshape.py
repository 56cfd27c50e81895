"""`fix: reshape`, on the real path: from every style to every other, with what the model gets."""

import base64
import json

import pytest

from corpus.make import picture
from trials.kit import run
from wire.stage import play, play_received, reply, request

PLACES = {
    "body": "body",
    "part": "{ part: file }",
    "base64": "{ json: $.image, as: base64 }",
    "data-uri": "{ json: $.image, as: data-uri }",
    "list": "{ json: '$.instances[*].b64', as: base64 }",
}
WAYS = [(one, other) for one in PLACES for other in PLACES if one != other]


def rules(place: str, more: str = "") -> str:
    spec = "{ body: whole, fix: reshape }" if place == "body" else f"{PLACES[place][:-2]}, fix: reshape }}"
    return f"image: {spec}\nrules:\n  color: {{ require: {{ color: rgb }}, fix: convert }}\n{more}"


@pytest.mark.parametrize(("sent", "wanted"), WAYS, ids=[f"{one} to {other}" for one, other in WAYS])
def test_from_every_style_to_every_other(sent: str, wanted: str) -> None:
    tests = [
        f"send: {{ image: {{ {words} }}, style: {PLACES[sent]} }}, expect: {{ outcome: fixed, image: {{ {words}, color: rgb }} }}"
        for words in ("format: jpeg, size: 20x30", "format: png, size: 20x30")
    ]
    gray = f"send: {{ image: {{ color: gray }}, style: {PLACES[sent]} }}, expect: {{ outcome: fixed, rules: [image, color], image: {{ color: rgb }} }}"
    assert [
        (result.differences, result.findings) for result in run(*tests, gray, rules=rules(wanted)) if not result.passed
    ] == []


async def test_a_part_under_another_name_that_holds_text_becomes_the_image() -> None:
    image = picture("jpeg")
    head = b'--X\r\nContent-Disposition: form-data; name="photo"\r\n\r\n'
    sent = request(head + base64.b64encode(image) + b"\r\n--X--\r\n", "Content-Type: multipart/form-data; boundary=X")
    ((exchange, received),) = await play_received(
        "mode: enforce\nimage: { part: file, fix: reshape }\n", reply(b"{}"), sent
    )
    assert exchange.outcome == "fixed", exchange.findings
    assert received is not None
    assert b'name="file"' in received.body
    assert image in received.body


TYPES = {
    "JSON as curl -d sends it": (
        "base64",
        "base64",
        "application/x-www-form-urlencoded",
        "content-type.json-mislabelled",
    ),
    "JSON without a type": ("base64", "base64", "none", "content-type.missing"),
    "bytes of any kind": ("body", "body", "application/octet-stream", "content-type.image-type-wrong"),
    "bytes without a type": ("body", "body", "none", "content-type.missing"),
    "bytes for JSON": ("body", "base64", "image/jpeg", "content-type.not-accepted"),
    "a form for bytes": ("part", "body", "none", "content-type.missing"),
}


@pytest.mark.parametrize(("sent", "wanted", "called", "cause"), TYPES.values(), ids=TYPES)
def test_the_type_comes_with_the_body_or_is_said(sent: str, wanted: str, called: str, cause: str) -> None:
    types = "[image/jpeg, image/png]" if wanted == "body" else "application/json"
    asked = rules(wanted, f"  type: {{ require: {{ content_type: {types} }}, fix: reshape }}\n")
    found = "type" if sent == wanted else "[image, type]"
    test = f"send: {{ image: {{}}, style: {PLACES[sent]}, content_type: {called} }}"
    (result,) = run(f"{test}, expect: {{ outcome: fixed, rules: {found}, cause: {cause} }}", rules=asked)
    assert result.differences == ()


NAMES = {
    "another part": ("part", "{ part: photo }"),
    "another key": ("base64", "{ json: $.img }"),
    "another depth": ("list", "{ json: $.data.image }"),
    "another key and spelling": ("base64", "{ json: $.img, as: data-uri }"),
    "a list for one": ("base64", "{ json: '$.image[*]' }"),
}


@pytest.mark.parametrize(("wanted", "style"), NAMES.values(), ids=NAMES)
def test_within_a_style(wanted: str, style: str) -> None:
    test = (
        f"send: {{ image: {{ size: 20x30 }}, style: {style} }}, expect: {{ outcome: fixed, image: {{ size: 20x30 }} }}"
    )
    assert [(one.differences, one.findings) for one in run(test, rules=rules(wanted)) if not one.passed] == []


def test_the_content_type_comes_with_the_body() -> None:
    typed = "  type: { require: { content_type: application/json }, fix: reshape }\n"
    test = "send: { image: {}, style: body }, expect: { outcome: fixed, rules: [image, type] }"
    assert [(one.differences, one.findings) for one in run(test, rules=rules("base64", typed)) if not one.passed] == []


def test_two_images_are_not_made_one() -> None:
    both = "[{ name: a, json: $.a }, { name: b, json: $.b }]"
    test = f"send: {{ image: {{}}, style: {both} }}, expect: {{ outcome: rejected }}"
    assert run(test, rules=rules("list"))[0].passed


OK = reply(b"{}")
JPEG = picture("jpeg")


async def test_an_example_says_what_stands_around_it() -> None:
    lines = "mode: enforce\nimage: { json: $.image, as: hex, example: { model: digits, image: x }, fix: reshape }"
    ((_, exchange, _),) = await play(lines, OK, request(JPEG, "Content-Type: image/jpeg"))
    assert [(fix.fix, fix.lost) for fix in exchange.fixes] == [("reshape", None)]


async def test_what_is_lost_is_said() -> None:
    form = b'--X\r\nContent-Disposition: form-data; name="meta"\r\n\r\n7\r\n--X\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    body = form + JPEG + b"\r\n--X--\r\n"
    lines = "mode: enforce\nimage: { body: whole, fix: reshape }"
    ((_, exchange, _),) = await play(lines, OK, request(body, "Content-Type: multipart/form-data; boundary=X"))
    assert [(fix.fix, fix.lost) for fix in exchange.fixes] == [("reshape", "what stood around the image")]


def test_other_members_stay() -> None:
    from why400.locations.placing import moved

    made = moved(b'{"model": 7, "img": "x", "list": [1]}', "/img", "$.image", "X")
    assert made is not None
    assert json.loads(made) == {"model": 7, "list": [1], "image": "X"}
