"""Twelve endpoints as small teams write them: each wants its image in a way of its own, and says no in its own words."""

import json

from kit import Refused, only, opened, parts, run, strict, uri, urlsafe
from model import classify


def tag(asked):
    """A form: the part `picture`, and a text part `tenant`. 422 for whatever is wrong."""
    only("POST", asked)
    try:
        form = {name: data for name, _, _, data in parts(asked)}
    except ValueError as why:
        raise Refused(422, {"ok": False, "message": "multipart/form-data expected"}) from why
    for name in ("tenant", "picture"):
        if name not in form:
            raise Refused(422, {"ok": False, "message": f"{name} is required"})
    if len(form["picture"]) > 1_500_000:
        raise Refused(422, {"ok": False, "message": "picture is too large"})
    try:
        return {"ok": True, "tags": [classify(opened(form["picture"]))]}
    except Exception as why:
        raise Refused(422, {"ok": False, "message": "picture cannot be read"}) from why


def top(asked):
    """The bytes of a JPEG, and `?top=` in the query. 500 for the rest."""
    only("POST", asked)
    if not asked.query.get("top", "").isdigit():
        raise Refused(400, "Missing or invalid query parameter: top", "text/plain")
    try:
        picture = opened(asked.body)
        assert picture.format == "JPEG"
        return {"top": [{"label": classify(picture), "rank": 1}][: int(asked.query["top"])]}
    except Exception as why:
        raise Refused(500, "Internal Server Error", "text/plain") from why


def embed(asked):
    """JSON with `model` and a list of `images`; errors as pydantic words them."""
    only("POST", asked)

    def bad(kind, where, words):
        return Refused(422, {"detail": [{"type": kind, "loc": ["body", *where], "msg": words, "input": {}}]})

    try:
        document = json.loads(asked.body)
    except ValueError as why:
        raise bad("json_invalid", [0], "JSON decode error") from why
    if not isinstance(document, dict) or asked.kind != "application/json":
        raise bad("model_attributes_type", [], "Input should be a valid dictionary or object to extract fields from")
    for name in ("model", "images"):
        if name not in document:
            raise bad("missing", [name], "Field required")
    for name in document:
        if name not in ("model", "images"):
            raise bad("extra_forbidden", [name], "Extra inputs are not permitted")
    if not isinstance(document["images"], list):
        raise bad("list_type", ["images"], "Input should be a valid list")
    try:
        return {"labels": [classify(opened(strict(text))) for text in document["images"]]}
    except Exception as why:
        raise bad("value_error", ["images", 0], "Value error, not an image") from why


def ocr(asked):
    """Hexadecimal digits in an object. The error names the place with dots."""
    only("POST", asked)
    try:
        text = json.loads(asked.body)["document"]["hex"]
    except (ValueError, KeyError, TypeError) as why:
        raise Refused(400, {"error": "document.hex: field required"}) from why
    try:
        return {"text": classify(opened(bytes.fromhex(text)))}
    except Exception as why:
        raise Refused(400, {"error": "document.hex: not an image in hexadecimal digits"}) from why


def scan(asked):
    """The url-safe alphabet in JSON."""
    only("POST", asked)
    if asked.kind != "application/json":
        raise Refused(415, {"error": "application/json only"})
    try:
        document = json.loads(asked.body)
    except ValueError as why:
        raise Refused(400, {"error": "body is not JSON"}) from why
    if not isinstance(document, dict) or not isinstance(document.get("image"), str):
        raise Refused(400, {"error": "image: base64url text is required"})
    try:
        data = urlsafe(document["image"])
    except ValueError as why:
        raise Refused(400, {"error": "image: invalid base64url"}) from why
    try:
        return {"result": classify(opened(data))}
    except Exception as why:
        raise Refused(422, {"error": "image: cannot be decoded"}) from why


def describe(asked):
    """A data URI of JPEG or PNG, a `version` and an object `params` beside it; fields are named."""
    only("POST", asked)

    def bad(name, words):
        return Refused(400, {"errors": [{"field": name, "message": words}]})

    try:
        document = json.loads(asked.body)
        assert isinstance(document, dict)
    except (ValueError, AssertionError) as why:
        raise bad("body", "must be a JSON object") from why
    if not isinstance(document.get("version"), str):
        raise bad("version", "is required")
    if not isinstance(document.get("params"), dict):
        raise bad("params", "must be an object")
    if "image" not in document:
        raise bad("image", "is required")
    try:
        picture = opened(uri(document["image"]))
        assert picture.format in ("JPEG", "PNG")
        assert picture.mode == "RGB"
        return {"caption": f"a {classify(picture)} picture", "colour": classify(picture)}
    except Exception as why:
        raise bad("image", "must be a data URI of an RGB JPEG or PNG") from why


def photos(asked):
    """Files called `images[]`, as PHP has them; a page with status 500 for the rest."""
    only("POST", asked)
    try:
        found = [data for name, file, _, data in parts(asked) if name == "images[]" and file]
        assert found
        return {"count": len(found), "colours": [classify(opened(data)) for data in found]}
    except Exception as why:
        raise Refused(500, "<!doctype html><title>500</title><h1>Something broke</h1>", "text/html") from why


def secure(asked):
    """A key in the head, the bytes of a PNG or JPEG, codes for errors."""
    only("POST", asked)
    if asked.head.get("X-Api-Key") != "s3cret":
        raise Refused(401, {"code": 1001})
    if asked.kind not in ("image/png", "image/jpeg"):
        raise Refused(400, {"code": 1002})
    if len(asked.body) > 600_000:
        raise Refused(400, {"code": 1004})
    try:
        picture = opened(asked.body)
        assert picture.format in ("PNG", "JPEG")
        assert 32 <= min(picture.size) <= max(picture.size) <= 2000
        return {"code": 0, "colour": classify(picture)}
    except Exception as why:
        raise Refused(400, {"code": 1003}) from why


def put(asked):
    """PUT of octets."""
    only("PUT", asked)
    if asked.kind != "application/octet-stream":
        raise Refused(415, {"title": "Unsupported Media Type"})
    try:
        return {"stored": True, "colour": classify(opened(asked.body))}
    except Exception as why:
        raise Refused(422, {"title": "Unprocessable Entity"}) from why


def photo(asked):
    """TensorFlow Serving's rows, of a model with two inputs."""
    only("POST", asked)
    try:
        rows = json.loads(asked.body)["instances"]
        assert isinstance(rows, list)
        assert rows
    except Exception as why:
        raise Refused(400, {"error": "Missing 'inputs' or 'instances' key"}) from why
    for row in rows:
        for name in ("key", "image_bytes"):
            if not isinstance(row, dict) or name not in row:
                raise Refused(
                    400, {"error": f"Failed to process element: 0 of 'instances' list. Missing named input: {name}"}
                )
    try:
        return {
            "predictions": [
                {"key": row["key"], "class": classify(opened(strict(row["image_bytes"]["b64"])))} for row in rows
            ]
        }
    except Exception as why:
        raise Refused(400, {"error": "Expected image (JPEG, PNG, or GIF), got unknown format"}) from why


def payload(asked):
    """Python's KeyError word by word: `{"error": "'payload'"}`, then `'photo'`."""
    only("POST", asked)
    try:
        return {"prediction": classify(opened(strict(json.loads(asked.body)["payload"]["photo"])))}
    except Exception as why:
        raise Refused(500, {"error": str(why)}) from why


def silent(asked):
    """A list of objects, and not a word when it is not as it should be."""
    only("POST", asked)
    try:
        rows = json.loads(asked.body)["images"]
        assert rows
        return {"out": [{"label": classify(opened(strict(row["data"])))} for row in rows]}
    except Exception as why:
        raise Refused(400, "", "text/plain") from why


run(
    {
        "/api/v2/tag": tag,
        "/classify": top,
        "/embed": embed,
        "/ocr": ocr,
        "/scan": scan,
        "/describe": describe,
        "/photos": photos,
        "/secure": secure,
        "/objects/image": put,
        "/v1/models/photo:predict": photo,
        "/payload": payload,
        "/silent": silent,
    }
)
