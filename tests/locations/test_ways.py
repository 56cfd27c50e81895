"""Several spellings that will do, links among them; what stands at a place that may also be empty."""

import json

import pytest

from locations.kit import B64, FORM_TYPE, JPEG, URI, URLSAFE, as_json, body, context, said
from why400.locations import part
from why400.locations.context import Carried
from why400.locations.json_path import LOCATION, JsonAt
from why400.locations.part import Part
from why400.locations.placing import moved
from why400.shapes.shape import Node, Position

EITHER = JsonAt("$.image", "base64", or_as=("data-uri",))
URI_OR_LINK = JsonAt("$.images[*].url", "data-uri", or_link=True)
LINK = "https://example.com/cat.jpg"


def find(spec, document):
    return LOCATION.find(spec, context(b"application/json"), body(as_json(document)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (B64, ("base64", [])),
        (URI, ("data-uri", [])),
        (URLSAFE, ("base64url", ["base64.urlsafe"])),
        (B64 + "\n", ("base64", ["base64.whitespace"])),
        (URI.replace(",", ", "), ("data-uri", ["base64.whitespace"])),
        (JPEG.hex(), ("hex", ["base64.hex"])),
    ],
    ids=["base64", "a data URI", "url-safe", "a line break", "a blank in a data URI", "hex"],
)
def test_the_nearest_of_several_spellings_judges(text, wanted):
    (found,) = find(EITHER, {"image": text}).found
    assert (found.encoding, [trouble.code for trouble in found.troubles]) == wanted


@pytest.mark.parametrize(
    ("value", "linked", "wanted"),
    [
        (LINK, True, ([], [])),
        (LINK.upper(), True, ([], [])),
        (URI, False, ([("json:/images/0/url", "data-uri", [])], [])),
        (B64, False, ([("json:/images/0/url", "base64", ["data-uri.required"])], [])),
        ("/home/me/cat.jpg", False, ([], ["base64.is-reference"])),
        ("ftp://example.com/cat.jpg", False, ([], ["base64.is-reference"])),
        (17, False, ([], ["json.wrong-type"])),
        ("", False, ([], ["image.empty"])),
    ],
    ids=["a link", "in capitals", "a data URI", "base64", "a path", "another scheme", "a number", "an empty text"],
)
def test_a_link_will_do_where_the_place_says_so(value, linked, wanted):
    located = find(URI_OR_LINK, {"images": [{"url": value}]})
    assert said(located) == wanted
    assert (located.linked, located.present) == (linked, value != "")


def test_an_escaped_link_is_one():
    data = b'{"images": [{"url": "http:\\/\\/example.com\\/cat.jpg"}]}'
    assert LOCATION.find(URI_OR_LINK, context(b"application/json"), body(data)).linked


def test_a_link_beside_an_image():
    located = find(URI_OR_LINK, {"images": [{"url": LINK}, {"url": URI}]})
    assert said(located) == ([("json:/images/1/url", "data-uri", [])], [])
    assert not located.linked


def test_a_link_where_none_will_do():
    located = find(JsonAt("$.image", "base64"), {"image": LINK})
    assert (said(located), located.linked) == (([], ["base64.is-reference"]), False)


@pytest.mark.parametrize(
    ("document", "present"),
    [
        ({"images": []}, False),
        ({"images": [{"url": None}]}, False),
        ({"images": [{"url": ""}]}, False),
        ({"images": [{"url": 7}]}, True),
        ({}, False),
    ],
    ids=["an empty list", "null", "an empty text", "a number", "nothing"],
)
def test_whether_anything_stands_at_the_place(document, present):
    assert find(URI_OR_LINK, document).present is present


def test_text_near_the_place_is_no_image():
    assert not find(URI_OR_LINK, {"images": ["catscatscatscatscatscats"]}).found


@pytest.mark.parametrize(
    ("document", "code", "at"),
    [
        ({"image": URI}, "json.wrong-nesting", "json:/image"),
        ({"inputs": {"image": URI}}, "json.field-name", ""),
        ({"Input": {"image": URI}, "image": 1}, "json.field-name", ""),
        ({"request": {"input": {"image": URI}}}, "json.wrong-nesting", ""),
        ({"input": {"img": URI}}, "json.field-name", "json:/input/img"),
    ],
    ids=["too high", "the outer key misspelt", "in capitals", "too deep", "the inner key misspelt"],
)
def test_what_a_nested_key_was_mistaken_for(document, code, at):
    located = find(JsonAt("$.input.image", "data-uri"), document)
    said = [*(trouble for found in located.found for trouble in found.troubles), *located.troubles]
    assert said[0].code == code
    assert [found.at for found in located.found if at] == [at] * bool(at)


def test_a_near_miss_is_looked_for_in_every_element():
    chat = {"messages": [{"content": "be brief"}, {"content": [{"text": "what?"}, {"image_url": URI}]}]}
    located = find(JsonAt("$.messages[*].content[*].image_url.url", "data-uri"), chat)
    assert said(located) == ([("json:/messages/1/content/1/image_url", "data-uri", ["json.wrong-type"])], [])


def node(value):
    at = Position("rules.yaml", 3, 1, 2)
    if isinstance(value, list):
        return Node("list", tuple(node(one) for one in value), at)
    return Node("str", value, at, value)


@pytest.mark.parametrize(
    ("ways", "spec"),
    [
        (["data-uri", "url"], JsonAt("$.a", "data-uri", or_link=True)),
        (["url", "data-uri", "base64"], JsonAt("$.a", "data-uri", or_as=("base64",), or_link=True)),
    ],
    ids=["a data URI or a link", "in any order"],
)
def test_reads_a_list_of_ways(ways, spec):
    problems = []
    assert LOCATION.read_spec({"json": node("$.a"), "as": node(ways)}, problems) == spec
    assert not problems


@pytest.mark.parametrize(
    ("ways", "problem"),
    [
        (["url"], ("E202", "write [data-uri, url]")),
        ("url", ("E202", "write [data-uri, url]")),
        (["base64", "link"], ("E204", 'did you mean "url"?')),
        (["base64", "base64"], ("E210", "remove one")),
        ([], ("E206", "")),
    ],
    ids=["links alone", "one word", "another word", "twice", "empty"],
)
def test_points_at_mistakes_in_a_list_of_ways(ways, problem):
    problems = []
    LOCATION.read_spec({"json": node("$.a"), "as": node(ways)}, problems)
    assert [(one.code, one.suggestion) for one in problems] == [problem]


CHAT = {"messages": [{"role": "system", "content": "be brief"}, {"role": "user", "content": [{"image_url": "X"}]}]}


@pytest.mark.parametrize(
    ("document", "pointer", "path", "wanted"),
    [
        (
            CHAT,
            "/messages/1/content/0/image_url",
            "$.messages[*].content[*].image_url.url",
            {"messages": [CHAT["messages"][0], {"role": "user", "content": [{"image_url": {"url": "V"}}]}]},
        ),
        ({"data": ["X", 0.5]}, "/data/0", "$.data[*].url", {"data": [{"url": "V"}, 0.5]}),
        ({"data": [0.5, "X"]}, "/data/1", "$.data[*].url", {"data": [0.5, {"url": "V"}]}),
        ({"images": "X", "top": 3}, "/images", "$.images[*]", {"images": ["V"], "top": 3}),
        ({"rows": [{"img": "X", "id": 1}]}, "/rows/0/img", "$.rows[*].image", {"rows": [{"id": 1, "image": "V"}]}),
        ({"rows": [{"id": 0}, {"img": "X"}]}, "/rows/1/img", "$.rows[*].image", {"rows": [{"id": 0}, {"image": "V"}]}),
        ({"image": ["X"]}, "/image/0", "$.image", {"image": "V"}),
        ({"image": "X", "top": 3}, "/image", "$.input.image", {"top": 3, "input": {"image": "V"}}),
        ({"payload": {"image": "X", "top": 3}}, "/payload/image", "$.image", {"image": "V", "top": 3}),
        (
            {"data": {"image": "X", "top": 3}, "id": 7},
            "/data/image",
            "$.image",
            {"data": {"top": 3}, "id": 7, "image": "V"},
        ),
        ({"payload": [{"id": 1, "image": "X"}]}, "/payload/0/image", "$[*].image", [{"id": 1, "image": "V"}]),
        (
            {"a": {"inputs": [{"name": "x", "data": ["X"]}]}},
            "/a/inputs/0/data/0",
            "$.inputs[*].data[*]",
            {"inputs": [{"name": "x", "data": ["V"]}]},
        ),
    ],
    ids=[
        "wrapped in its own message",
        "wrapped before another value",
        "wrapped after another value",
        "a list around it",
        "another key in a row",
        "another key in a later row",
        "out of a list",
        "deeper",
        "wrapped whole",
        "wrapped in part",
        "a list that is wrapped whole",
        "wrapped, with what stands beside",
    ],
)
def test_what_is_moved_stays_among_its_own(document, pointer, path, wanted):
    assert json.loads(moved(json.dumps(document).encode(), pointer, path, "V") or b"null") == wanted


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        ({"query": "q", "variables": {"image": "V", "mode": "fast"}}, {"image": "V", "mode": "fast"}),
        ({"id": 1, "variables": {"image": "V", "mode": "fast", "k": 2}}, {"image": "V", "mode": "fast", "k": 2}),
        ({"id": 1, "variables": {"image": "V"}}, {"id": 1, "variables": {}, "image": "V"}),
        ({"mode": "fast", "variables": {"image": "V", "mode": "slow"}}, {"mode": "fast", "variables": {"mode": "slow"}, "image": "V"}),
    ],
    ids=["a whole one in an envelope", "more beside it", "not all that is wanted", "some of it outside"],
)  # fmt: skip
def test_a_document_in_the_envelope_of_another_protocol(document, wanted):
    sent = json.dumps(document).encode()
    made = moved(sent, "/variables/image", "$.image", "V", '{"image":"here","mode":"exact"}')
    assert json.loads(made or b"null") == wanted


FIELD = b'--X\r\nContent-Disposition: form-data; name="%b"\r\n%b\r\n%b\r\n--X--\r\n'


@pytest.mark.parametrize(
    ("typed", "head"),
    [
        (b"", b'name="file"; filename="image.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'),
        (b"Content-Type: image/png\r\n", b'name="file"; filename="image.jpg"\r\nContent-Type: image/png\r\n\r\n'),
    ],
    ids=["a text field", "a field with a type"],
)
def test_a_field_becomes_a_file_by_name_and_type(typed, head):
    data = FIELD % (b"photo", typed, JPEG)
    (found,) = part.find(Part("file"), context(FORM_TYPE), body(data)).found
    made = part.LOCATION.move(data, found, Carried(Part("file"), JPEG, "image/jpeg"))
    assert made.data == b"--X\r\nContent-Disposition: form-data; " + head + JPEG + b"\r\n--X--\r\n"
