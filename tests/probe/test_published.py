"""OpenAPI documents: which bodies they describe, and what goes with an image in them."""

import json
from typing import Any

import pytest

from why400.probe.experiment import Answer
from why400.probe.published import asked_published, operation_of, places_published
from why400.probe.wanted import Want

TEXT, NUMBER = {"type": "string"}, {"type": "integer"}
FILE = {"type": "string", "format": "binary"}
SCHEMAS: dict[str, tuple[str, Any, list[tuple[str, Any]]]] = {
    "a form": ("multipart/form-data", {"properties": {"scan": FILE, "k": NUMBER}}, [("{ part: scan }", ())]),
    "a form with more": (
        "multipart/form-data",
        {"properties": {"meta": TEXT, "scan": FILE}, "required": ["meta", "scan"]},
        [("{ part: scan }", (("meta", "1"),))],
    ),
    "a key": ("application/json", {"properties": {"k": NUMBER, "scan": TEXT}}, [("{ json: $.scan, as: base64 }", ())]),
    "a model's name beside a list of objects": (
        "application/json",
        {
            "properties": {
                "model": {"enum": ["v2", "v3"]},
                "rows": {
                    "type": "array",
                    "items": {"properties": {"id": TEXT, "photo": TEXT}, "required": ["id", "photo"]},
                },
            },
            "required": ["model", "rows"],
        },
        [
            (
                '{ json: "$.rows[*].photo", as: base64, example: {"model":"v2","rows":[{"id":"1","photo":"here"}]} }',
                (),
            )
        ],
    ),
    "an object that is asked for": (
        "application/json",
        {
            "properties": {"image": TEXT, "params": {"properties": {"k": NUMBER, "l": TEXT}, "required": ["k"]}},
            "required": ["image", "params"],
        },
        [('{ json: $.image, as: base64, example: {"image":"here","params":{"k":1}} }', ())],
    ),
}


def operation(media_type: str, schema: Any, **more: Any) -> dict[str, Any]:
    described = {"requestBody": {"content": {media_type: {"schema": {"$ref": "#/components/schemas/Body"}}}}, **more}
    document = {"paths": {"/predict": {"post": described}}, "components": {"schemas": {"Body": schema}}}
    return operation_of(Answer(200, "application/json", json.dumps(document).encode()), "/predict?x=1", "POST")


@pytest.mark.parametrize(("media_type", "schema", "first"), SCHEMAS.values(), ids=SCHEMAS)
def test_the_first_place_that_is_published(media_type: str, schema: Any, first: list[tuple[str, Any]]) -> None:
    places = places_published(operation(media_type, schema))
    assert [(place.yaml, place.beside) for place in places[:1]] == first


def test_what_is_asked_for_around_a_body() -> None:
    parameters = [
        {"name": "task", "in": "query", "required": True, "schema": {"enum": ["a", "b"]}},
        {"name": "x-version", "in": "header", "required": True, "schema": NUMBER},
        {"name": "page", "in": "query", "schema": NUMBER},
    ]
    found = asked_published(operation("application/json", {}, parameters=parameters))
    assert found == (Want("query", "task", "a"), Want("header", "x-version", "1"))


@pytest.mark.parametrize("body", [b"", b"[]", b'{"paths": 3}', b'{"paths": {"/predict": {"post": null}}}', b"\xff"])
def test_no_openapi_document_publishes_nothing(body: bytes) -> None:
    told = operation_of(Answer(200, "application/json", body), "/predict", "POST")
    assert (asked_published(told), places_published(told)) == ((), ())


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#/components/schemas/Body"},
        {"properties": 3},
        {"type": "array"},
        {"allOf": [{"$ref": "#/nowhere"}]},
        {"properties": {"a": {"$ref": "#/components/schemas/Body"}}, "required": ["a"]},
        7,
    ],
)
def test_odd_schemas_are_read(schema: Any) -> None:
    assert len(places_published(operation("application/json", schema))) <= 12
