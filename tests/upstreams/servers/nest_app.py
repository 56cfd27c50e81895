"""Node once more: Nest's pipes over multer, class-validator's lists, and Fastify with its schemas and sharp."""

import re

from house import Fault, Refused, digits, fault_of, pixels, serve
from kit import parts

NAMES = ("null", "boolean", "number", "string", "array", "object")
ERRORS = {
    400: "Bad Request",
    404: "Not Found",
    413: "Payload Too Large",
    422: "Unprocessable Entity",
    500: "Internal Server Error",
}


def nest(words, status=400):
    if status == 500:
        return Refused(500, {"statusCode": 500, "message": "Internal server error"})
    return Refused(status, {"message": words, "error": ERRORS[status], "statusCode": status})


def fastify(words, code=None, status=400):
    named = {
        400: "Bad Request",
        415: "Unsupported Media Type",
        406: "Not Acceptable",
        500: "Internal Server Error",
        422: "Unprocessable Entity",
    }
    told = {"statusCode": status, **({"code": code} if code else {}), "error": named[status], "message": words}
    return Refused(status, told)


def v8(body):
    """JSON.parse's words since V8 11."""
    try:
        return fault_of(body, charset=True)
    except Fault as fault:
        text = body.decode("utf-8", "replace")
        if fault.what == "empty" or (fault.what == "end" and fault.sign != '"'):
            raise ValueError("Unexpected end of JSON input") from None
        if fault.what == "end":
            raise ValueError(f"Unterminated string in JSON at position {len(text)}") from None
        if fault.what == "key":
            raise ValueError(
                f"Expected property name or '}}' in JSON at position {fault.at} (line 1 column {fault.at + 1})"
            ) from None
        if fault.what == "comma":
            raise ValueError(
                f"Expected ',' or '}}' after property value in JSON at position {fault.at} (line 1 column {fault.at + 1})"
            ) from None
        if fault.what == "control":
            raise ValueError(f"Bad control character in string literal in JSON at position {fault.at}") from None
        if fault.what == "escape":
            raise ValueError(f"Bad escaped character in JSON at position {fault.at}") from None
        if fault.what == "extra":
            raise ValueError(f"Unexpected non-whitespace character after JSON at position {fault.at}") from None
        near = text[max(0, fault.at - 10) : fault.at + 10]
        raise ValueError(f"Unexpected token '{fault.sign}', \"{near}\"... is not valid JSON") from None


def photos(asked):
    found = []
    if asked.kind == "multipart/form-data":
        if "boundary=" not in asked.head["Content-Type"]:
            raise nest("Multipart: Boundary not found")
        try:
            found = list(parts(asked))
        except ValueError as error:
            raise nest("Malformed part header" if "part" in str(error) else "Unexpected end of form") from None
    files = [one for one in found if one[1]]
    if any(one[0] != "picture" for one in files):
        raise nest("Unexpected field - " + next(one[0] or "" for one in files if one[0] != "picture"))
    if not files:
        raise nest("File is required")
    if not re.fullmatch(r"image/(jpeg|png)", files[0][2]):
        raise nest(
            f"Validation failed (current file type is {files[0][2]}, expected type is /^image\\/(jpeg|png)$/)", 422
        )
    try:
        return {"label": pixels(files[0][3])}
    except (OSError, ValueError):
        raise nest("", 500) from None


def validated(asked):
    document = {}
    if asked.kind == "application/json" and asked.body:
        try:
            document = v8(asked.body)
        except ValueError as error:
            raise nest(str(error)) from None
        if not isinstance(document, (dict, list)):
            raise nest(f"Unexpected token '{asked.body[:1].decode()}', is not valid JSON")
    if not isinstance(document, dict):
        document = {}
    wrong = [f"property {key} should not exist" for key in document if key not in ("imageBase64", "topK")]
    value = document.get("imageBase64")
    if (
        not isinstance(value, str)
        or not re.fullmatch(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", value)
        or not value
    ):
        wrong += ["imageBase64 must be base64 encoded"]
        wrong += [] if value else ["imageBase64 should not be empty"]
        wrong += [] if isinstance(value, str) else ["imageBase64 must be a string"]
    if wrong:
        raise nest(wrong)
    try:
        return {"label": pixels(digits(value))}
    except OSError:
        raise nest("Input buffer contains unsupported image format", 422) from None
    except ValueError:
        raise nest("", 500) from None


def schemed(asked):
    kind = asked.kind
    if kind != "application/json":
        said = f"Unsupported Media Type: {kind}" if kind else "Unsupported Media Type"
        raise fastify(said, "FST_ERR_CTP_INVALID_MEDIA_TYPE", 415)
    if not asked.body:
        raise fastify(
            "Body cannot be empty when content-type is set to 'application/json'", "FST_ERR_CTP_EMPTY_JSON_BODY"
        )
    try:
        document = v8(asked.body)
    except ValueError:
        raise fastify(
            "Body is not valid JSON but content-type is set to 'application/json'", "FST_ERR_CTP_INVALID_JSON_BODY"
        ) from None
    for wrong in schema(document):
        raise fastify(wrong, "FST_ERR_VALIDATION")
    try:
        return {"label": pixels(digits(document["images"][0].partition(",")[2])), "others": len(document["images"]) - 1}
    except OSError:
        raise fastify("Input buffer contains unsupported image format", status=422) from None
    except ValueError as error:
        raise fastify(f"expected 3 bands, got {error}", status=500) from None


def schema(document):
    """ajv's words."""
    if not isinstance(document, dict):
        yield "body must be object"
        return
    if "images" not in document:
        yield "body must have required property 'images'"
        return
    if any(key not in ("images", "top") for key in document):
        yield "body must NOT have additional properties"
    images = document["images"]
    if not isinstance(images, list):
        yield "body/images must be array"
        return
    if not 0 < len(images) < 5:
        yield (
            "body/images must NOT have fewer than 1 items"
            if not images
            else "body/images must NOT have more than 4 items"
        )
    for at, text in enumerate(images):
        if not isinstance(text, str):
            yield f"body/images/{at} must be string"
        elif not re.fullmatch(
            r"data:image/(jpeg|png);base64,(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", text
        ):
            yield f'body/images/{at} must match pattern "^data:image/(jpeg|png);base64,"'


serve(
    {"/photos/classify": photos, "/v1/validated": validated, "/v1/schemed": schemed},
    lambda asked: nest(f"Cannot {asked.method} {asked.path}", 404),
    lambda asked: nest(f"Cannot {asked.method} {asked.path}", 404),
    coding=lambda asked: nest("incorrect header check"),
)
