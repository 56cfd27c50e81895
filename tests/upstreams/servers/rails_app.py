"""Rails as an API: strong parameters, CarrierWave's and Active Storage's words, and Rack's for what never arrives."""

from house import Fault, Refused, digits, fault_of, pixels, serve
from kit import parts


def failed(status, name):
    raise Refused(status, {"status": status, "error": name})


def missing(name):
    raise Refused(400, {"error": f"param is missing or the value is empty or invalid: {name}"})


def invalid(**errors):
    raise Refused(422, {"errors": {field: [words] for field, words in errors.items()}})


def checked(data, **words):
    try:
        return {"label": pixels(data)}
    except OSError:
        invalid(image=words["unread"])
    except ValueError:
        failed(500, "Internal Server Error")


def predictions(asked):
    if asked.kind not in ("application/json", "text/x-json", "application/jsonrequest"):
        missing("prediction")
    try:
        document = fault_of(asked.body, bom=True) if asked.body else {}
    except Fault:
        failed(400, "Bad Request")
    if not isinstance(document, dict) or not document.get("prediction"):
        missing("prediction")
    inner = document["prediction"]
    if not isinstance(inner, dict):
        failed(500, "Internal Server Error")
    if not isinstance(inner.get("image"), str) or not inner["image"]:
        invalid(image="can't be blank")
    try:
        data = digits(inner["image"])
    except ValueError:
        invalid(image="invalid base64")
    return checked(data, unread="is not a valid image")


def photos(asked):
    if asked.kind != "multipart/form-data":
        missing("photo")
    try:
        found = list(parts(asked))
    except ValueError:
        failed(400, "Bad Request")
    for name, file, kind, data in found:
        if name != "photo[file]":
            continue
        if not file:
            failed(500, "Internal Server Error")
        if kind not in ("image/jpeg", "image/png"):
            allowed = "image/jpeg, image/png"
            invalid(file=f"You are not allowed to upload {kind} files, allowed types: {allowed}")
        return checked(data, unread="Failed to manipulate with MiniMagick, maybe it is not an image?")
    missing("photo")


def absent(asked):
    return Refused(404, {"status": 404, "error": "Not Found"})


serve({"/api/v1/predictions": predictions, "/api/v1/photos": photos}, absent, absent)
