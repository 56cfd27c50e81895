"""pydantic 2: the types of its errors, as FastAPI, MLServer, KServe and BentoML hand them on."""

from why400.causes.fingerprint import Fingerprint, Grade

_STEPS = r'(?:(?:"[^"]{1,64}"|\d{1,6}), ?){0,12}'
_LOCATION = rf'(?:, ?"loc": ?\[{_STEPS}(?:"(?P<name>[^"]{{1,64}})"|"[^"]{{1,64}}"(?:, ?\d{{1,6}}){{1,3}})\])?'
"""An index behind the last name: what is wrong is one of a list, and the name is the list's."""

_BRANCH = r'(?!, ?"loc": ?\[[^\]]{0,300}"(?:[A-Z]|\w{1,20}\[|(?:str|int|float|bool|bytes|dict|list|none)"\]))'
"""Not one branch of a union: what it lacks says nothing of why the others failed."""


def _row(kind: str, causes: tuple[str, ...], grade: Grade = "P") -> Fingerprint:
    return Fingerprint(
        literal=f'"{kind}"',
        pattern=rf'"type": ?"{kind}"{_BRANCH}{_LOCATION}',
        framework="pydantic",
        version="2",
        causes=causes,
        grade=grade,
        statuses=(400, 422),
        example=f'{{"detail":[{{"type":"{kind}","loc":["body","image"],"msg":"Input should be valid"}}]}}',
    )


FINGERPRINTS = (
    _row(
        "json_invalid",
        ("json.*", "content-type.image-as-json", "content-type.not-accepted"),
        "S",
    ),
    _row(
        "model_attributes_type",
        (
            "content-type.json-mislabelled",
            "content-type.missing",
            "content-type.not-accepted",
            "json.not-object",
            "json.double-encoded",
        ),
        "S",
    ),
    _row("string_type", ("json.wrong-type", "json.list-vs-single")),
    _row("list_type", ("json.wrong-type", "json.list-vs-single")),
    _row("dict_type", ("json.wrong-type", "json.list-vs-single")),
    _row("bytes_type", ("json.wrong-type", "json.list-vs-single")),
    _row("float_parsing", ("json.wrong-type",)),
    _row("int_parsing", ("json.wrong-type",)),
    _row("bool_parsing", ("json.wrong-type",)),
    _row("int_from_float", ("json.wrong-type",)),
    _row("too_short", ("json.value-range",)),
    _row("too_long", ("json.value-range",)),
    _row("string_too_short", ("json.value-range", "image.empty")),
    _row("string_too_long", ("json.value-range",)),
    _row("greater_than_equal", ("json.value-range",)),
    _row("less_than_equal", ("json.value-range",)),
    _row("literal_error", ("json.value-range",)),
    _row("enum", ("json.value-range", "tensor.dtype-name")),
    _row("extra_forbidden", ("json.extra-field",)),
    _row("base64_decode", ("base64.*",)),
    Fingerprint(
        "Field required",
        r"(?:^|[\s\"'>,.])(?P<name>[A-Za-z_][\w-]{0,63})(?:: |\n {1,4})Field required",
        "pydantic",
        ("json.missing-field", "json.field-name", "json.wrong-nesting", "multipart.part-name"),
        "S",
        '{"error":{"message":"body.model: Field required","type":"invalid_request_error"}}',
        (400, 422, 500),
        version="2",
        notes="printed by str(error), or joined by an application",
    ),
    Fingerprint(
        "Input should be a valid string",
        r"Input should be a valid string(?! or)",
        "pydantic",
        ("json.wrong-type", "json.list-vs-single"),
        "S",
        "1 validation error for Item\nimage\n  Input should be a valid string [type=string_type, input_value=3]",
        (400, 422, 500),
        version="2",
    ),
    Fingerprint(
        "Input should be a valid list",
        r"Input should be a valid list",
        "pydantic",
        ("json.list-vs-single", "json.wrong-type"),
        "S",
        "images\n  Input should be a valid list [type=list_type, input_value='a', input_type=str]",
        (400, 422, 500),
        version="2",
    ),
    Fingerprint(
        "Input should be a valid dictionary",
        r"Input should be a valid dictionary",
        "pydantic",
        (
            "content-type.json-mislabelled",
            "content-type.missing",
            "content-type.not-accepted",
            "json.not-object",
            "json.double-encoded",
            "json.wrong-type",
        ),
        "S",
        "body: Input should be a valid dictionary or object to extract fields from",
        (400, 422, 500),
        version="2",
    ),
)
