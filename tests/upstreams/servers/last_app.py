"""Eight endpoints written after all that the others showed was mended, asked once to see what that is worth."""

import json

from kit import Refused, only, opened, parts, run, strict, uri, urlsafe
from model import classify


def triage(asked):
    """A tele-medicine service: a study, a picture in base64 in its own object, errors as RFC 9457 problems."""
    only("POST", asked)

    def bad(status, detail, **more):
        return Refused(status, {"type": "about:blank", "title": "Invalid request", "detail": detail, **more})

    if asked.kind != "application/json":
        raise bad(415, "send application/json")
    try:
        document = json.loads(asked.body)
    except ValueError as why:
        raise bad(400, "malformed JSON") from why
    if not isinstance(document, dict) or "study" not in document:
        raise bad(400, "property study is required", invalid=[{"pointer": "#/study"}])
    if not isinstance(document.get("scan"), dict):
        raise bad(400, "property scan must be an object", invalid=[{"pointer": "#/scan"}])
    if "encoded" not in document["scan"]:
        raise bad(400, "property encoded is required in scan", invalid=[{"pointer": "#/scan/encoded"}])
    try:
        return {"finding": classify(opened(strict(document["scan"]["encoded"]))), "study": document["study"]}
    except Exception as why:
        raise bad(422, "scan.encoded is not a readable picture") from why


def thumbs(asked):
    """Bytes, a size in the query; PNG, JPEG and WebP up to 750,000 bytes; plain words."""
    only("POST", asked)
    if "w" not in asked.query:
        raise Refused(400, "parameter w missing from query string", "text/plain")
    if not asked.query["w"].isdigit():
        raise Refused(400, "w is not a number", "text/plain")
    if len(asked.body) > 750_000:
        raise Refused(413, "at most 750000 bytes", "text/plain")
    try:
        picture = opened(asked.body)
        assert picture.format in ("PNG", "JPEG", "WEBP")
        return {"main": classify(picture), "w": int(asked.query["w"])}
    except Exception as why:
        raise Refused(415, "not a picture we know", "text/plain") from why


def kyc(asked):
    """A form with `selfie`, a text `country` of two choices, and a file name that ends as it should."""
    only("POST", asked)
    try:
        form = {name: (file, data) for name, file, _, data in parts(asked)}
    except ValueError as why:
        raise Refused(400, {"errorCode": "E_FORM", "errorMessage": "Could not parse multipart form"}) from why
    if "country" not in form:
        raise Refused(400, {"errorCode": "E_MISSING", "errorMessage": "country: may not be empty"})
    if form["country"][1] not in (b"DE", b"FR"):
        raise Refused(400, {"errorCode": "E_VALUE", "errorMessage": "country: must be one of 'DE', 'FR'"})
    if "selfie" not in form:
        raise Refused(400, {"errorCode": "E_MISSING", "errorMessage": "selfie: may not be empty"})
    try:
        return {"ok": True, "background": classify(opened(form["selfie"][1]))}
    except Exception as why:
        raise Refused(400, {"errorCode": "E_IMAGE", "errorMessage": "selfie: unreadable"}) from why


def bulk(asked):
    """A list of data URIs in an object, 500 and one word for everything."""
    only("POST", asked)
    try:
        texts = json.loads(asked.body)["batch"]["images"]
        assert texts
        return {"predictions": [classify(opened(uri(text))) for text in texts]}
    except Exception as why:
        raise Refused(500, {"error": "failed"}) from why


def search(asked):
    """GraphQL's manner: variables, and errors in a 200."""
    only("POST", asked)
    try:
        document = json.loads(asked.body)
        if "query" not in document:
            return {"errors": [{"message": "Must provide query string."}]}
        text = document["variables"]["image"]
        return {"data": {"search": {"colour": classify(opened(strict(text)))}}}
    except KeyError as why:
        return {"errors": [{"message": f'Variable "${why.args[0]}" of required type "String!" was not provided.'}]}
    except Exception:
        return {"errors": [{"message": "Internal error"}]}


def token(asked):
    """The url-safe alphabet in a key of a known name; a version in the head."""
    only("POST", asked)
    if asked.head.get("Api-Version") is None:
        raise Refused(400, {"fault": "The request header 'Api-Version' is mandatory"})
    try:
        document = json.loads(asked.body)
        return {"result": [classify(opened(urlsafe(document["img"])))]}
    except Exception as why:
        raise Refused(400, {"fault": "unprocessable"}) from why


def gradio(asked):
    """Hugging Face's inference API: `inputs`, and `parameters` that must be there."""
    only("POST", asked)
    try:
        document = json.loads(asked.body)
        assert isinstance(document, dict)
    except Exception as why:
        raise Refused(400, {"error": "Content-Type or body not understood"}) from why
    missing = [name for name in ("inputs", "parameters") if name not in document]
    if missing:
        raise Refused(422, {"error": [f"Error in `{name}`: field required" for name in missing]})
    try:
        return [{"label": classify(opened(strict(document["inputs"]))), "score": 0.9}]
    except Exception as why:
        raise Refused(400, {"error": "cannot identify image file", "warnings": []}) from why


def meter(asked):
    """A camera's meter: a reading beside the frame, named one at a time with codes."""
    only("POST", asked)
    try:
        document = json.loads(asked.body)
        frame = document["frame"]
    except Exception as why:
        raise Refused(400, {"code": 17, "text": "no frame"}) from why
    for name in ("camera", "taken_at"):
        if name not in document:
            raise Refused(400, {"code": 18, "text": f"frame lacks attribute {name}"})
    try:
        return {"reading": classify(opened(strict(frame)))}
    except Exception as why:
        raise Refused(400, {"code": 19, "text": "frame undecodable"}) from why


run(
    {
        "/triage": triage,
        "/thumbs": thumbs,
        "/kyc/check": kyc,
        "/bulk": bulk,
        "/search": search,
        "/token": token,
        "/hf": gradio,
        "/meter": meter,
    }
)
