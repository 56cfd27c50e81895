"""What is said of a document that is not as its schema says, and that nobody waits for it."""

import json
import pickle
import time
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.subjects import body, seen, subject
from checks.test_manuals import whole
from rules.kit import file
from why400.checks.check import Mismatch
from why400.checks.json_schema import CHECK
from why400.checks.schema_document import Schema
from why400.rules.yaml_reader import read_yaml


def schema(text: str) -> Schema:
    """A schema as it stands in rules."""
    root, problems = read_yaml(file(text)).root, []
    assert root is not None
    read = CHECK.shape.read(root, problems)
    assert problems == []
    assert isinstance(read, Schema)
    return read


def found(text: str, document: Any) -> Mismatch | None:
    return CHECK.examine(schema(text), whole(json.dumps(document).encode()))


# Schema, document, cause, place, what is there, what is wanted.
SAID = {
    "a key is missing": (
        "{ required: [image] }",
        {"x": 1},
        "json.missing-field",
        "json:/image",
        'the keys "x"',
        'the key "image"',
    ),
    "no key at all": ("{ required: [a] }", {}, "json.missing-field", "json:/a", "no keys", 'the key "a"'),
    "below": (
        "{ properties: { a: { items: { required: [b] } } } }",
        {"a": [{"b": 1}, {}]},
        "json.missing-field",
        "json:/a/1/b",
        "no keys",
        'the key "b"',
    ),
    "another spelling": (
        "{ required: [image_data], additionalProperties: false, properties: { image_data: {} } }",
        {"imageData": 1},
        "json.field-name",
        "json:/image_data",
        'the key "imageData"',
        'the key "image_data"',
    ),
    "another spelling and one too many": (
        "{ required: [image], additionalProperties: false, properties: { image: {} } }",
        {"img": 1, "x": 2},
        "json.field-name",
        "json:/image",
        'the key "img" (also at json:/x)',
        'the key "image"',
    ),
    "another depth": (
        "{ required: [size] }",
        {"opts": {"size": 3}},
        "json.wrong-nesting",
        "json:/size",
        "that key at /opts/size",
        'the key "size"',
    ),
    "a string for a number": (
        "{ properties: { a: { type: number } } }",
        {"a": "3"},
        "json.wrong-type",
        "json:/a",
        "a string",
        "a number",
    ),
    "null": ("{ properties: { a: { type: array } } }", {"a": None}, "json.wrong-type", "json:/a", "null", "a list"),
    "a fraction": (
        "{ properties: { a: { type: [integer, boolean] } } }",
        {"a": 1.5},
        "json.wrong-type",
        "json:/a",
        "a number",
        "true or false or a whole number",
    ),
    "one for a list": (
        "{ properties: { a: { type: array } } }",
        {"a": {}},
        "json.list-vs-single",
        "json:/a",
        "an object",
        "a list",
    ),
    "a list for one": (
        "{ properties: { a: { type: number } } }",
        {"a": [1]},
        "json.list-vs-single",
        "json:/a",
        "a list",
        "a number",
    ),
    "the root": ("{ type: object }", [1], "json.not-object", "json:", "a list", "an object"),
    "alternatives of types": (
        "{ properties: { a: { anyOf: [{ type: string }, { type: array }] } } }",
        {"a": 1},
        "json.wrong-type",
        "json:/a",
        "a whole number",
        "a string or a list",
    ),
    "the nearest alternative": (
        "{ oneOf: [{ required: [x], properties: { of: { const: a } } }, { required: [z], properties: { of: { const: b } } }] }",
        {"of": "b"},
        "json.missing-field",
        "json:/z",
        'the keys "of"',
        'the key "z"',
    ),
    "two alternatives at once": (
        "{ oneOf: [{ type: number }, { minimum: 1 }] }",
        3,
        "json.value-range",
        "json:",
        "what fits several of the alternatives",
        "what fits exactly one",
    ),
    "a choice": (
        '{ properties: { a: { enum: [x, 2, "3"] } } }',
        {"a": "secret"},
        "json.value-range",
        "json:/a",
        "another value",
        'one of "x", 2, "3"',
    ),
    "one value": ("{ const: x }", "secret", "json.value-range", "json:", "another value", '"x"'),
    "too large": ("{ maximum: 1 }", 1.7, "json.value-range", "json:", "a larger number", "1 or less"),
    "too short": ("{ minLength: 3 }", "ab", "json.value-range", "json:", "a string of 2", "at least 3"),
    "too few": ("{ minItems: 3 }", [1], "json.value-range", "json:", "a list of 1", "at least 3"),
    "a pattern": ("{ pattern: ^a }", "b", "json.value-range", "json:", "a string of another form", 'one like "^a"'),
    "twice": (
        "{ uniqueItems: true }",
        [1, 1],
        "json.value-range",
        "json:",
        "a list with the same element twice",
        "each element once",
    ),
    "not": (
        "{ not: { type: string } }",
        "a",
        "json.value-range",
        "json:",
        "what the schema rules out",
        "anything else",
    ),
    "forbidden": (
        "{ properties: { a: false } }",
        {"a": 1},
        "json.extra-field",
        "json:/a",
        "a value",
        "nothing here",
    ),
    "any key": ("{ additionalProperties: false }", {"a": 1}, "json.extra-field", "json:", "a key", "no keys"),
    "a name of another form": (
        "{ propertyNames: { pattern: ^a } }",
        {"b": 1},
        "json.extra-field",
        "json:/b",
        'the key "b"',
        "keys of another form",
    ),
    "draft 7": (
        "{ $schema: 'http://json-schema.org/draft-07/schema#', items: [{}], additionalItems: false }",
        [1, 2],
        "json.value-range",
        "json:",
        "a list of 2",
        "at most 1",
    ),
    "far into a list": (
        "{ items: { type: number } }",
        [*range(1000), "x"],
        "json.wrong-type",
        "json:/1000",
        "a string",
        "a number",
    ),
    "too many for its first values to show": (
        "{ maxItems: 100 }",
        [1] * 101,
        "json.value-range",
        "json:",
        "a list of 101",
        "at most 100",
    ),
    "a name that is no terminal's": (
        "{ properties: { a: true }, additionalProperties: false }",
        {"\x1b[31m" + "k" * 100: 1},
        "json.extra-field",
        "json:/\\x1b[31m" + "k" * 58 + "…",
        'the key "\\u001b[31m' + "k" * 58 + '…"'.replace("…", "\\u2026"),
        "no such key",
    ),
}


@pytest.mark.parametrize(("text", "document", "cause", "at", "got", "want"), SAID.values(), ids=SAID)
def test_what_is_said(text: str, document: Any, cause: str, at: str, got: str, want: str) -> None:
    assert found(text, document) == Mismatch(cause, got, want, at)
    assert cause in CHECK.causes


# What is sent instead of strict JSON, and the cause: what `json` says of it.
UNREADABLE = {
    b"": "json.syntax",
    b"hello": "json.syntax",
    b"{'a': 1}": "json.lax",
    b'{"a": 1,}': "json.lax",
    b'{"a": ': "json.truncated",
    b'{"a": NaN}': "json.nan",
    b'\xef\xbb\xbf{"a": 1}': "json.bom",
    '{"a": 1}'.encode("utf-16"): "encoding.charset",
    b'"{\\"a\\": 1}"': "json.double-encoded",
}


@pytest.mark.parametrize(("data", "cause"), UNREADABLE.items(), ids=lambda one: repr(one)[:20])
def test_what_is_no_document(data: bytes, cause: str) -> None:
    mismatch = CHECK.examine(schema("{ type: object }"), whole(data))
    assert mismatch is not None
    assert mismatch.cause == cause


def test_what_is_not_held_whole_is_not_known() -> None:
    assert CHECK.examine(schema("{ type: object }"), subject(of=seen(), carried=body(10, ended=False))) is None


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=20,
)
PICKY = schema(
    "{ anyOf: [{ type: object, required: [a], properties: { a: { type: integer, minimum: 3 } }, maxProperties: 2 },"
    " { type: array, items: { $ref: '#' }, uniqueItems: true, contains: { const: 1 } }, { const: x }, { multipleOf: 7 }] }"
)


@given(JSON)
def test_whatever_comes_is_judged_as_the_library_does_and_no_value_is_told(document: Any) -> None:
    data = orjson.dumps(document)
    mismatch = CHECK.examine(PICKY, whole(data))
    assert (mismatch is None) == PICKY.validator.is_valid(document)
    assert mismatch is None or (mismatch.cause in CHECK.causes and mismatch.got and mismatch.want)


# Schema, a document that it takes longest to say something of.
LONG = {
    "a list of wrong ones": ("{ items: { type: string } }", [1] * 30_000),
    "alternatives for each": ("{ items: { anyOf: [{ type: string }, { required: [b, c] }] } }", [{}] * 20_000),
    "alternatives over lists": (
        "{ anyOf: [{ type: string }, { items: { anyOf: [{ type: string }, { required: [b] }] } }] }",
        [{}] * 20_000,
    ),
    "names": ("{ propertyNames: { maxLength: 1 } }", {f"k{i}": 1 for i in range(6_000)}),
    "extra ones": ("{ additionalProperties: false }", {f"k{i}": 1 for i in range(6_000)}),
    "missing ones": (f"{{ required: [{', '.join(f'k{i}' for i in range(500))}] }}", {"a": 1}),
    "itself again and again": (
        "{ $ref: '#/$defs/a', $defs: { a: { anyOf: [{ items: { $ref: '#/$defs/a' }, maxItems: 0 },"
        " { items: { $ref: '#/$defs/a' }, minItems: 2 }] } } }",
        json.loads("[" * 60 + "]" * 60),
    ),
    "backtracking": ("{ pattern: ^(a+)+$ }", "a" * 60_000 + "b"),
}


@pytest.mark.parametrize(("text", "document"), LONG.values(), ids=LONG)
def test_saying_what_is_wrong_takes_little_more_than_reading(text: str, document: Any) -> None:
    want, sent = schema(text), whole(orjson.dumps(document))
    taken = []
    for _ in range(3):
        began = time.process_time()
        assert CHECK.examine(want, sent) is not None
        taken.append(time.process_time() - began)
    assert min(taken) < 0.03


# Schemas, and whether a small document may take long.
SLOW = {
    "{ type: object, required: [a], properties: { a: { enum: [1, 2] } } }": False,
    "{ properties: { a: { anyOf: [{ type: string }, { type: 'null' }] } } }": False,
    "{ $ref: '#/$defs/a', $defs: { a: { items: { $ref: '#/$defs/b' } }, b: { type: number } } }": False,
    "{ properties: { a: { pattern: ^a } } }": True,
    "{ anyOf: [{ type: string }, { items: { type: string } }] }": True,
    "{ anyOf: [{ type: string }, { $ref: '#/$defs/a' }], $defs: { a: { items: {} } } }": True,
    "{ items: { $ref: '#' } }": True,
    "{ $ref: '#/$defs/a', $defs: { a: { not: { $ref: '#/$defs/b' } }, b: { if: { $ref: '#/$defs/a' } } } }": True,
}


@pytest.mark.parametrize(("text", "slow"), SLOW.items(), ids=list(SLOW))
def test_what_the_event_loop_has_no_time_for(text: str, slow: bool) -> None:
    assert CHECK.slow is not None
    assert CHECK.slow(schema(text), 10) == slow
    assert CHECK.slow(schema(text), 100_000)


def test_a_schema_travels_between_processes() -> None:
    there = pickle.loads(pickle.dumps(schema("{ pattern: ^a }")))
    assert (there, there.slow) == (schema("{ pattern: ^a }"), True)
    assert not there.validator.is_valid("b")


def test_a_long_chain_of_references_is_read_soon() -> None:
    links = {f"a{i}": {"$ref": f"#/$defs/a{i + 1}"} for i in range(3_000)} | {"a3000": {"type": "number"}}
    text = json.dumps({"$ref": "#/$defs/a0", "$defs": links})
    began = time.process_time()
    assert not schema(text).forks
    assert time.process_time() - began < 3
