"""`json_schema`: the body is JSON, and the document is as this JSON Schema says.

    require: { json_schema: { type: object, required: [image], properties: { top: { type: integer, maximum: 10 } } } }

The schema (draft 2020-12, or what its `$schema` names: 4, 6, 7, 2019-09) stands here as YAML; JSON can be pasted as it
is. It has to be whole by itself: `$ref` leads to its own `$defs`, nothing is fetched. A keyword that does not exist is
an error, for a validator would pass over it; `format` is a note and asks nothing. A `pattern` has neither look-around
nor back references, so that no client can make it take long.

A body that is no strict JSON fails as it does with `json`. What is wrong is told by its place and never by its value:
the first thing to mend is the finding, and its words say where else something is wrong. Documents over 64 KiB are
judged in another process, and so are all where the schema has patterns, alternatives over lists, or itself in it.

    holds: {"image": "aGk="} against { type: object, required: [image] }
    holds: {"n": 3} against { properties: { n: { type: [integer, "null"], minimum: 1 } } }
    fails: {"img": "aGk="} against { type: object, required: [image] } as json.field-name
    fails: {"data": {"size": 3}} against { type: object, required: [size] } as json.wrong-nesting
    fails: {"a": 1} against { type: object, required: [image] } as json.missing-field
    fails: {"n": "3"} against { properties: { n: { type: number } } } as json.wrong-type
    fails: {"images": "aGk="} against { properties: { images: { type: array } } } as json.list-vs-single
    fails: {"n": 1.5} against { properties: { n: { maximum: 1 } } } as json.value-range
    fails: {"n": 1, "m": 2} against { properties: { n: true }, additionalProperties: false } as json.extra-field
    fails: [1] against { type: object } as json.not-object
    fails: {"a": against { type: object } as json.truncated
"""

import orjson

from why400.checks import json_body
from why400.checks.check import Check, Mismatch, Subject
from why400.checks.schema_document import Schema
from why400.checks.schema_finding import also, wrong_with
from why400.checks.schema_shape import SchemaShape
from why400.exchange import Station

LIGHT = 64 * 1024
"""Bytes of a document that is built on the event loop."""


def examine(want: Schema, subject: Subject) -> Mismatch | None:
    """Judge a whole body; one that is not held whole is not known."""
    text = subject.document()
    if text is None:
        return None
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError:
        return json_body.examine("any", subject)
    wrong = wrong_with(document, want)
    if not wrong:
        return None
    twice = json_body.examine("object", subject) if isinstance(document, str) else None
    if twice is not None and twice.cause == "json.double-encoded":
        return twice
    first = wrong[0]
    return Mismatch(first.cause, first.got + also(wrong[1:]), first.want, first.at)


def is_slow(want: Schema, size: int) -> bool:
    """The document has to be built, its long texts too, and some schemas take longer than that."""
    return want.slow or size > LIGHT


CHECK = Check(
    name="json_schema",
    about="request",
    station=Station.WHOLE_BODY,
    shape=SchemaShape(),
    causes=(
        "json.field-name",
        "json.wrong-nesting",
        "json.missing-field",
        "json.list-vs-single",
        "json.wrong-type",
        "json.extra-field",
        "json.value-range",
        *json_body.CHECK.causes,
    ),
    examine=examine,
    says="the document is not as the schema says: {got}, wanted {want}",
    manual=__doc__ or "",
    slow=is_slow,
)
