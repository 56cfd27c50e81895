"""Libraries that check a JSON document against a schema: jsonschema and marshmallow."""

from why400.causes.fingerprint import Fingerprint

_ABSENT = (
    "json.missing-field",
    "json.field-name",
    "json.wrong-nesting",
    "multipart.part-name",
    "route.protocol-mismatch",
)
_NO_JSON = (
    "content-type.not-accepted",
    "content-type.json-mislabelled",
    "content-type.missing",
    "http.body-missing",
    "json.not-object",
)

FINGERPRINTS = (
    Fingerprint(
        "is a required property",
        r"'(?P<name>[\w.-]{1,64})' is a required property",
        "jsonschema",
        _ABSENT,
        "P",
        '{"error":"\'image\' is a required property"}',
    ),
    Fingerprint(
        "is not of type 'object'",
        r"(?<![\w.])None is not of type 'object'",
        "jsonschema",
        _NO_JSON,
        "P",
        '{"error":"None is not of type \'object\'","path":"$"}',
        says="that there was no document",
        notes="Bottle, Flask with silent=True: what is not declared as JSON is read as nothing",
    ),
    Fingerprint(
        "is not of type 'string'",
        r" is not of type 'string'",
        "jsonschema",
        ("json.wrong-type", "json.list-vs-single"),
        "P",
        "{\"error\":\"['aGVsbG8='] is not of type 'string'\"}",
    ),
    Fingerprint(
        "is not of type 'array'",
        r" is not of type 'array'",
        "jsonschema",
        ("json.list-vs-single", "json.wrong-type"),
        "P",
        "{\"error\":\"'aGVsbG8=' is not of type 'array'\"}",
    ),
    Fingerprint(
        "Additional properties are not allowed",
        r"Additional properties are not allowed \('",
        "jsonschema",
        ("json.extra-field", "json.field-name"),
        "P",
        "Additional properties are not allowed ('img' was unexpected)",
    ),
    Fingerprint(
        "Missing data for required field",
        r'"(?P<name>[\w.-]{1,64})": ?\["Missing data for required field\.',
        "marshmallow",
        _ABSENT,
        "P",
        '{"errors":{"image":["Missing data for required field."]}}',
    ),
    Fingerprint(
        "Unknown field",
        r"\[\"Unknown field\.",
        "marshmallow",
        ("json.extra-field", "json.field-name", "json.wrong-nesting", "json.missing-field"),
        "S",
        '{"errors":{"img":["Unknown field."]}}',
    ),
    Fingerprint(
        "Not a valid string",
        r'"(?P<name>[\w.-]{1,64})": ?\["Not a valid string\.',
        "marshmallow",
        ("json.wrong-type", "json.list-vs-single"),
        "P",
        '{"errors":{"image":["Not a valid string."]}}',
    ),
    Fingerprint(
        "Field may not be null",
        r"Field may not be null\.",
        "marshmallow",
        ("json.wrong-type",),
        "P",
        '{"errors":{"image":["Field may not be null."]}}',
    ),
    Fingerprint(
        "Invalid input type",
        r"_schema\": ?\[\"Invalid input type\.",
        "marshmallow",
        _NO_JSON,
        "P",
        '{"errors":{"_schema":["Invalid input type."]}}',
        says="that the document is no object",
    ),
)
