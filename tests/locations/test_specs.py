"""What people write under `image:`, and what is said of their mistakes."""

import pickle

import pytest

from why400.locations import json_path, part, whole
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.whole import Whole
from why400.shapes.shape import Node, Position

LOCATIONS = {location.key: location for location in (whole.LOCATION, part.LOCATION, json_path.LOCATION)}


def node(value, column=1):
    kind = {str: "str", int: "int", bool: "bool"}[type(value)]
    return Node(kind, value, Position("rules.yaml", 3, column, column + len(str(value))), str(value))


def read(key, **values):
    problems = []
    spec = LOCATIONS[key].read_spec({name.rstrip("_"): node(value, 20) for name, value in values.items()}, problems)
    return spec, [(problem.code, problem.at.column, problem.suggestion) for problem in problems]


@pytest.mark.parametrize(
    ("key", "values", "spec"),
    [
        ("body", {"body": "whole"}, Whole()),
        ("part", {"part": "file"}, Part("file")),
        ("part", {"part": "file[0] é"}, Part("file[0] é")),
        ("json", {"json": "$.image"}, JsonAt("$.image", "base64")),
        ("json", {"json": "$.a[*].b64", "as_": "base64url"}, JsonAt("$.a[*].b64", "base64url")),
        ("json", {"json": "$.image", "as_": "data-uri"}, JsonAt("$.image", "data-uri")),
    ],
)
def test_reads(key, values, spec):
    assert read(key, **values) == (spec, [])
    assert pickle.loads(pickle.dumps(spec)) == spec


@pytest.mark.parametrize(
    ("key", "values", "problem"),
    [
        ("body", {"body": "all"}, ("E204", 20, 'did you mean "whole"?')),
        ("part", {"part": 5}, ("E203", 20, 'write "5" in quotes')),
        ("json", {"json": "image"}, ("E208", 20, "write $.image")),
        ("json", {"json": "$.image-data"}, ("E208", 27, "write ['image-data']")),
        ("json", {"json": "$.image", "as_": "b64"}, ("E204", 20, 'did you mean "base64"?')),
        ("json", {"json": "$.image", "as_": "binary"}, ("E204", 20, "")),
    ],
)
def test_points_at_mistakes(key, values, problem):
    assert read(key, **values) == (None, [problem])
