"""Rust once more: Rocket, whose catchers tell nothing but the status, and actix-web with its extractors' words."""

from house import Fault, Refused, digits, fault_of, kind_of, pixels, serve
from kit import parts

KINDS = ("null", "boolean", "integer", "string", "sequence", "map")
CAUGHT = {
    400: ("Bad Request", "The request could not be understood by the server due to malformed syntax."),
    404: ("Not Found", "The requested resource could not be found."),
    413: ("Payload Too Large", "The request is larger than the server is willing or able to process."),
    415: ("Unsupported Media Type", "The request format is not supported."),
    422: ("Unprocessable Entity", "The request was well-formed but was unable to be followed due to semantic errors."),
    500: ("Internal Server Error", "The server encountered an internal error while processing this request."),
}


def caught(status):
    name, words = CAUGHT[status]
    page = f"""<!DOCTYPE html>
<html lang="en">
<head>
    <meta charset="utf-8">
    <meta name="color-scheme" content="light dark">
    <title>{status} {name}</title>
</head>
<body align="center">
    <div role="main" align="center">
        <h1>{status}: {name}</h1>
        <p>{words}</p>
        <hr />
    </div>
    <div role="contentinfo" align="center">
        <small>Rocket</small>
    </div>
</body>
</html>"""
    return Refused(status, page, "text/html; charset=utf-8")


def rocket(asked):
    if asked.kind != "application/json":
        raise caught(404)
    try:
        document = fault_of(asked.body)
    except Fault:
        raise caught(400) from None
    if not isinstance(document, dict) or not isinstance(document.get("photo"), str):
        raise caught(422)
    try:
        return {"label": pixels(digits(document["photo"]))}
    except (OSError, ValueError):
        raise caught(422) from None


def rocket_form(asked):
    if asked.kind != "multipart/form-data":
        raise caught(404)
    try:
        found = {name: data for name, file, kind, data in parts(asked)}
    except ValueError:
        raise caught(400) from None
    if "upload" not in found:
        raise caught(422)
    try:
        return {"label": pixels(found["upload"])}
    except (OSError, ValueError):
        raise caught(500) from None


def said(words, status=400):
    return Refused(status, words, "text/plain; charset=utf-8")


def serde(body):
    try:
        return fault_of(body)
    except Fault as fault:
        column = f"at line 1 column {fault.at + 1}"
        words = {
            "empty": "EOF while parsing a value at line 1 column 0",
            "end": f"EOF while parsing a string at line 1 column {len(body)}",
            "key": f"key must be a string {column}",
            "comma": f"expected `,` or `}}` {column}",
            "colon": f"expected `:` {column}",
            "control": f"control character (\\u0000-\\u001F) found while parsing a string {column}",
            "escape": f"invalid escape {column}",
            "extra": f"trailing characters {column}",
            "utf-8": f"invalid unicode code point {column}",
        }.get(fault.what, f"expected value {column}")
        raise said(f"Json deserialize error: {words}") from None


def actix(asked):
    if asked.kind != "application/json":
        raise said("Content type error")
    document = serde(asked.body)
    if not isinstance(document, dict):
        raise said(
            f"Json deserialize error: invalid type: {kind_of(document, KINDS)}, expected struct Infer at line 1 column 0"
        )
    unknown = [key for key in document if key not in ("input", "threshold")]
    if unknown:
        raise said(
            f"Json deserialize error: unknown field `{unknown[0]}`, expected `input` or `threshold` at line 1 column {len(unknown[0]) + 3}"
        )
    if "input" not in document:
        raise said(f"Json deserialize error: missing field `input` at line 1 column {len(asked.body)}")
    if not isinstance(document["input"], str):
        raise said(
            f"Json deserialize error: invalid type: {kind_of(document['input'], KINDS)}, expected a string at line 1 column 11"
        )
    try:
        data = digits(document["input"])
    except ValueError as error:
        at, sign = error.args
        raise said(f"Invalid symbol {ord(sign)}, offset {at}." if sign else "Invalid padding") from None
    try:
        return {"label": pixels(data)}
    except OSError:
        known = data.startswith((b"\xff\xd8", b"\x89PNG", b"GIF8", b"RIFF"))
        raise said(
            "Format error decoding Jpeg: failed to fill whole buffer"
            if known
            else "The image format could not be determined",
            422,
        ) from None
    except ValueError:
        raise said("internal error", 500) from None


def actix_form(asked):
    if not asked.kind:
        raise said("No Content-Type header found")
    if asked.kind != "multipart/form-data":
        raise said("Parsed Content-Type did not have 'multipart' top-level media type")
    if "boundary=" not in asked.head["Content-Type"]:
        raise said("Multipart boundary is not found")
    try:
        found = {name: data for name, file, kind, data in parts(asked)}
    except ValueError:
        raise said("Multipart stream is incomplete") from None
    if "frame" not in found:
        raise said("Field is required: frame")
    try:
        return {"label": pixels(found["frame"])}
    except (OSError, ValueError):
        raise said("decode failed", 422) from None


serve(
    {"/rocket/json": rocket, "/rocket/form": rocket_form, "/actix/json": actix, "/actix/form": actix_form},
    lambda asked: caught(404),
    lambda asked: caught(404),
)
