"""The JVM once more: Spring's problem details, Micronaut's embedded errors, Quarkus with its violations, ImageIO behind."""

from house import Fault, Refused, digits, fault_of, kind_of, pixels, serve
from kit import parts

NAMES = (
    "null",
    "Boolean value (token `JsonToken.VALUE_TRUE`)",
    "Integer value",
    "String value",
    "Array value (token `JsonToken.START_ARRAY`)",
    "Object value (token `JsonToken.START_OBJECT`)",
)


def problem(status, title, detail, asked):
    return Refused(
        status,
        {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": asked.path},
        "application/problem+json",
    )


def spring(asked):
    if asked.kind not in ("application/json", "application/problem+json"):
        raise problem(
            415,
            "Unsupported Media Type",
            f"Content-Type '{asked.head.get('Content-Type', '')}' is not supported.",
            asked,
        )
    try:
        document = fault_of(asked.body)
    except Fault:
        raise problem(400, "Bad Request", "Failed to read request", asked) from None
    if not isinstance(document, dict) or not isinstance(document.get("photo"), (str, int, float, type(None))):
        raise problem(400, "Bad Request", "Failed to read request", asked)
    value = document.get("photo")
    if not value:
        raise problem(400, "Bad Request", "Invalid request content.", asked)
    try:
        return {"label": pixels(digits(str(value)))}
    except OSError:
        raise problem(422, "Unprocessable Entity", "ImageIO.read returned null", asked) from None
    except ValueError as error:
        if error.args and isinstance(error.args[0], int):
            raise problem(
                400,
                "Bad Request",
                f"Illegal base64 character {ord(error.args[1]):x}"
                if error.args[1]
                else "Input byte array has incorrect ending byte",
                asked,
            ) from None
        raise problem(500, "Internal Server Error", "Unsupported Image Type", asked) from None


def micronaut(asked):
    def bad(words, status=400, title="Bad Request"):
        return Refused(
            status,
            {
                "_links": {"self": [{"href": asked.path, "templated": False}]},
                "_embedded": {"errors": [{"message": words}]},
                "message": title,
            },
        )

    if asked.kind != "multipart/form-data":
        raise bad(
            f"Content Type [{asked.kind}] not allowed. Allowed types: [multipart/form-data]"
            if asked.kind
            else "Required argument [CompletedFileUpload file] not specified",
            415 if asked.kind else 400,
            "Unsupported Media Type" if asked.kind else "Bad Request",
        )
    if "boundary=" not in asked.head["Content-Type"]:
        raise bad("Needs a boundary value")
    try:
        found = list(parts(asked))
    except ValueError:
        raise bad("Required argument [CompletedFileUpload file] not specified") from None
    for name, file, _, data in found:
        if name == "file" and file:
            try:
                return {"label": pixels(data)}
            except OSError:
                raise bad(
                    "Internal Server Error: Error reading PNG image data"
                    if data[:4] == b"\x89PNG"
                    else 'Internal Server Error: Cannot invoke "java.awt.image.BufferedImage.getWidth()" because "image" is null',
                    500,
                    "Internal Server Error",
                ) from None
            except ValueError:
                raise bad("Internal Server Error: Unsupported Image Type", 500, "Internal Server Error") from None
    raise bad("Required argument [CompletedFileUpload file] not specified")


def quarkus(asked):
    if asked.kind != "application/json":
        raise Refused(415, "", "text/plain")
    try:
        document = fault_of(asked.body)
    except Fault:
        raise Refused(400, "", "text/plain") from None

    def violated(words):
        return Refused(
            400,
            {
                "title": "Constraint Violation",
                "status": 400,
                "violations": [{"field": "classify.request.image", "message": words}],
            },
        )

    if not isinstance(document, dict):
        raise Refused(400, {"objectName": "ClassifyRequest", "attributeName": None, "line": 1, "column": 1})
    value = document.get("image")
    if value is None or value == "":
        raise violated("must not be blank")
    if not isinstance(value, str):
        raise Refused(
            400,
            {
                "objectName": "ClassifyRequest",
                "attributeName": "image",
                "line": 1,
                "column": 11,
                "value": kind_of(value, NAMES)[:6],
            },
        )
    try:
        data = digits(value)
    except ValueError:
        raise Refused(
            400,
            {"objectName": "ClassifyRequest", "attributeName": "image", "line": 1, "column": 11, "value": value[:20]},
        ) from None
    try:
        return {"label": pixels(data)}
    except (OSError, ValueError):
        raise Refused(500, {"details": "Error id 3f1c0c2e-8a0d-4f4e-9d6e-1c6f7f6a2b11-1", "stack": ""}) from None


serve(
    {"/spring/classify": spring, "/micronaut/upload": micronaut, "/quarkus/classify": quarkus},
    lambda asked: problem(404, "Not Found", f"No static resource {asked.path[1:]}.", asked),
    lambda asked: problem(405, "Method Not Allowed", f"Method '{asked.method}' is not supported.", asked),
    coding=lambda asked: problem(400, "Bad Request", "Failed to read request", asked),
)
