"""Nine endpoints in the words of services and frameworks of other languages, first asked when a probe was done."""

import json
import struct

from kit import Refused, only, opened, parts, run, strict, uri
from model import classify


def document_of(asked, error):
    """The JSON of a body, else that error."""
    try:
        return json.loads(asked.body)
    except ValueError as why:
        raise error from why


def annotate(asked):
    """Google's Vision API."""
    only("POST", asked)

    def bad(words):
        return Refused(400, {"error": {"code": 400, "message": words, "status": "INVALID_ARGUMENT"}})

    document = document_of(asked, bad("Invalid JSON payload received. Parser terminated before end of string."))
    if not isinstance(document, dict):
        raise bad("Invalid JSON payload received. Root element must be a message.")
    for name in document:
        if name not in ("requests", "parent"):
            raise bad(f'Invalid JSON payload received. Unknown name "{name}": Cannot find field.')
    rows = document.get("requests")
    if not isinstance(rows, list) or not rows or not isinstance(rows[0], dict):
        raise bad("Request must have at least one entry in 'requests'.")
    for name in ("image", "features"):
        if name not in rows[0]:
            raise bad(f"Request must specify image and features: requests[0].{name} is required.")
    if not isinstance(rows[0]["features"], list):
        raise bad("Invalid value at 'requests[0].features' (type list), expected an array.")
    try:
        label = classify(opened(strict(rows[0]["image"]["content"])))
    except Exception as why:
        raise bad("Bad image data.") from why
    return {"responses": [{"labelAnnotations": [{"description": label, "score": 0.97}]}]}


def rekognition(asked):
    """Amazon's Rekognition."""
    only("POST", asked)
    if not asked.head.get("X-Amz-Target"):
        raise Refused(400, {"__type": "UnknownOperationException", "message": "Missing header X-Amz-Target"})
    document = document_of(asked, Refused(400, {"__type": "SerializationException"}))
    if not isinstance(document, dict) or not isinstance(document.get("Image"), dict):
        words = (
            "1 validation error detected: Value null at 'Image' failed to satisfy constraint: Member must not be null"
        )
        raise Refused(400, {"__type": "ValidationException", "message": words})
    try:
        return {"Labels": [{"Name": classify(opened(strict(document["Image"]["Bytes"]))), "Confidence": 99.1}]}
    except Exception as why:
        raise Refused(
            400, {"__type": "InvalidImageFormatException", "Message": "Request has invalid image format"}
        ) from why


def multer(asked):
    """Express with multer: one file of one name, any other is too many."""
    only("POST", asked)
    try:
        found = list(parts(asked))
    except ValueError as why:
        raise Refused(
            500, "<pre>Error: Multipart: Boundary not found<br>at Multipart.parse</pre>", "text/html"
        ) from why
    if any(file and name != "picture" for name, file, _, _ in found):
        raise Refused(500, "<pre>MulterError: Unexpected field<br>at wrappedFileFilter</pre>", "text/html")
    data = next((data for name, file, _, data in found if file), b"")
    if not data:
        raise Refused(400, "<pre>TypeError: Cannot read properties of undefined (reading 'buffer')</pre>", "text/html")
    try:
        return {"label": classify(opened(data))}
    except Exception as why:
        raise Refused(500, "<pre>Error: Input buffer contains unsupported image format</pre>", "text/html") from why


def spring(asked):
    """Spring's words for a part and a parameter that are not there."""
    only("POST", asked)

    def bad(status, words):
        document = {"timestamp": "2026-11-24T01:00:00Z", "status": status, "error": "Bad Request", "message": words}
        return Refused(status, document)

    try:
        form = {name: (file, data) for name, file, _, data in parts(asked)}
    except ValueError as why:
        raise bad(415, "Content-Type is not supported; Current request is not a multipart request") from why
    if "photo" not in form:
        raise bad(400, "Required request part 'photo' is not present")
    if "userId" not in form:
        raise bad(400, "Required request parameter 'userId' for method parameter type Long is not present")
    if not form["userId"][1].isdigit():
        raise bad(400, "Failed to convert value of type 'java.lang.String' to required type 'java.lang.Long'")
    try:
        return {"result": {"colour": classify(opened(form["photo"][1]))}, "path": "/spring"}
    except Exception as why:
        raise bad(500, "Internal Server Error") from why


def zod(asked):
    """A node service that checks its input with zod."""
    only("POST", asked)

    def bad(path, expected, received):
        issue = {
            "code": "invalid_type",
            "expected": expected,
            "received": received,
            "path": path,
            "message": "Required",
        }
        return Refused(400, {"success": False, "error": {"issues": [issue], "name": "ZodError"}})

    document = document_of(asked, Refused(400, {"message": "Unexpected token in JSON at position 0"}))
    if not isinstance(document, dict):
        raise bad([], "object", type(document).__name__)
    for outer, inner, kind, expected in (
        ("payload", "imageBase64", str, "string"),
        ("options", "threshold", (int, float), "number"),
        ("options", "labels", list, "array"),
    ):
        if not isinstance(document.get(outer), dict):
            raise bad([outer], "object", "undefined")
        if not isinstance(document[outer].get(inner), kind):
            raise bad([outer, inner], expected, "undefined")
    try:
        return {"success": True, "colour": classify(opened(strict(document["payload"]["imageBase64"])))}
    except Exception as why:
        raise Refused(422, {"success": False, "message": "image could not be processed"}) from why


def rails(asked):
    """Ruby on Rails: strong parameters, and errors by field."""
    only("POST", asked)
    document = document_of(asked, Refused(400, {"status": 400, "error": "Bad Request"}))
    if not isinstance(document, dict) or not isinstance(document.get("prediction"), dict):
        raise Refused(400, {"error": "param is missing or the value is empty: prediction"})
    if "image" not in document["prediction"]:
        raise Refused(422, {"errors": {"image": ["can't be blank"]}})
    try:
        return {"prediction": {"colour": classify(opened(uri(document["prediction"]["image"])))}}
    except Exception as why:
        raise Refused(422, {"errors": {"image": ["is not a valid data URI"]}}) from why


def rows(asked):
    """A list of objects as the document itself."""
    only("POST", asked)
    document = document_of(asked, Refused(400, "expected a JSON array", "text/plain"))
    if not isinstance(document, list) or not document:
        raise Refused(400, "expected a JSON array", "text/plain")
    try:
        return [{"name": row["name"], "colour": classify(opened(strict(row["b64"])))} for row in document]
    except KeyError as why:
        raise Refused(400, f"row 0: missing {why}", "text/plain") from why
    except Exception as why:
        raise Refused(400, "row 0: not an image", "text/plain") from why


def sized(asked):
    """A PNG of exactly 256 pixels."""
    only("PUT", asked)
    try:
        picture = opened(asked.body)
    except Exception as why:
        raise Refused(400, {"error": "bad image"}) from why
    if picture.size != (256, 256) or picture.format != "PNG":
        raise Refused(400, {"error": f"bad image: {picture.format} {picture.size}, want PNG 256x256"})
    return {"colour": classify(picture)}


def image_type(asked):
    """SageMaker's own name for an image."""
    only("POST", asked)
    if asked.kind != "application/x-image":
        raise Refused(415, f"This predictor only supports application/x-image, got {asked.kind}", "text/plain")
    try:
        return [0.1, struct.calcsize("f"), classify(opened(asked.body))]
    except Exception as why:
        raise Refused(400, "Unable to evaluate payload provided", "text/plain") from why


run(
    {
        "/v1/images:annotate": annotate,
        "/rekognition": rekognition,
        "/express/upload": multer,
        "/spring": spring,
        "/zod": zod,
        "/rails/predictions": rails,
        "/rows": rows,
        "/sized": sized,
        "/invocations": image_type,
    }
)
