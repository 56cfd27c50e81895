"""Bodies that are made: what is put in is found again at its place, with nothing to say against it."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from locations.kit import looks_like_image
from why400.content.body import Body
from why400.locations import json_path, part, whole
from why400.locations.context import Carried, Located, Location, body_context
from why400.locations.decode import decode_image
from why400.locations.example import read_example
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.placing import document_with
from why400.locations.whole import Whole
from why400.shapes.shape import Node, Position, Problem

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4


def found_again(location: Location, spec: Any, data: bytes = JPEG) -> tuple[Located, bytes | None]:
    made = location.make([Carried(spec, data, "image/jpeg")])
    assert made is not None
    body = Body(made.data, len(made.data), ended=True)
    located = location.find(spec, body_context(made.content_type.encode(), None, looks_like_image), body)
    return located, decode_image(body, located.found[0]) if located.found else None


PLACES = {
    "body": (whole.LOCATION, Whole()),
    "part": (part.LOCATION, Part("file")),
    "part with odd letters": (part.LOCATION, Part('a "photo" of ä')),
    "key": (json_path.LOCATION, JsonAt("$.image")),
    "url-safe": (json_path.LOCATION, JsonAt("$.image", "base64url")),
    "url-safe, unpadded": (json_path.LOCATION, JsonAt("$.image", "base64url-unpadded")),
    "hex": (json_path.LOCATION, JsonAt("$.image", "hex")),
    "data URI": (json_path.LOCATION, JsonAt("$.image", "data-uri")),
    "deep": (json_path.LOCATION, JsonAt("$.instances[*].image_bytes.b64")),
    "an index": (json_path.LOCATION, JsonAt("$.inputs[2].data[0]")),
    "an index from the end": (json_path.LOCATION, JsonAt("$.inputs[-1].data")),
    "a slice": (json_path.LOCATION, JsonAt("$.inputs[1:].data")),
    "by name": (json_path.LOCATION, JsonAt('$.inputs[?@.name=="image"].data[0]')),
    "a list alone": (json_path.LOCATION, JsonAt("$[0]")),
    "a string alone": (json_path.LOCATION, JsonAt("$")),
}


@pytest.mark.parametrize(("location", "spec"), PLACES.values(), ids=PLACES)
def test_what_is_made_is_found(location: Location, spec: Any) -> None:
    located, data = found_again(location, spec)
    assert (len(located.found), located.troubles, located.found[0].troubles) == (1, (), ())
    assert data == JPEG


@given(st.binary(min_size=1, max_size=300), st.sampled_from(sorted(PLACES)))
def test_whatever_the_bytes_are(tail: bytes, place: str) -> None:
    assert found_again(*PLACES[place], JPEG + tail)[1] == JPEG + tail


# The path, the example, the document with the text X in its place.
EXAMPLES = {
    "smallest": ("$.image", None, {"image": "X"}),
    "other keys stay": ("$.image", {"model": "digits", "image": "here"}, {"model": "digits", "image": "X"}),
    "a key that is not there": ("$.image", {"model": "digits"}, {"model": "digits", "image": "X"}),
    "one element": ("$.instances[*].b64", {"instances": [{"b64": "a"}, {"b64": "b"}]}, {"instances": [{"b64": "X"}]}),
    "the element asked for": (
        '$.inputs[?@.name=="image"].data',
        {"inputs": [{"name": "mode", "data": 1}, {"name": "image", "data": 2}]},
        {"inputs": [{"name": "mode", "data": 1}, {"name": "image", "data": "X"}]},
    ),
    "what is in the way": ("$.image.bytes", {"image": "here"}, {"image": {"bytes": "X"}}),
    "every member": ("$.*", {"a": 1}, {"a": "X"}),
    "an index of an example": ("$[1]", [1, 2, 3], [1, "X", 3]),
}


@pytest.mark.parametrize(("path", "example", "document"), EXAMPLES.values(), ids=EXAMPLES)
def test_a_document_is_made_from_an_example(path: str, example: Any, document: Any) -> None:
    given_text = json.dumps(example) if example is not None else ""
    assert json.loads(document_with([(path, "X")], given_text)) == document


def test_two_images_share_a_document() -> None:
    made = json_path.LOCATION.make([Carried(JsonAt(f"$.{key}", "hex"), b"\xff", "image/png") for key in ("a", "b")])
    assert made is not None
    assert json.loads(made.data) == {"a": "ff", "b": "ff"}


def test_one_body_is_one_image() -> None:
    assert whole.LOCATION.make([Carried(Whole(), b"a", "image/png")] * 2) is None


NODE = Node("float", float("inf"), Position("rules.yaml", 1, 1, 6), "1e999")
AT = Position("rules.yaml", 1, 1, 2)
NOT_EXAMPLES = {
    "text": (Node("str", "{}", AT, "{}"), "E203"),
    "too large a number": (Node("list", (NODE,), AT), "E209"),
}


@pytest.mark.parametrize(("node", "code"), NOT_EXAMPLES.values(), ids=NOT_EXAMPLES)
def test_what_is_no_example(node: Node, code: str) -> None:
    problems: list[Problem] = []
    assert read_example(node, problems) is None
    assert [problem.code for problem in problems] == [code]
