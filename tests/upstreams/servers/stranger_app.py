"""Twelve endpoints more, written before anything was mended for the first dozen, and first asked when that was done."""

import json
import re
from urllib.parse import parse_qs

from kit import Refused, only, opened, parts, run, strict, uri, urlsafe
from model import classify

XML = "<error><reason>{}</reason></error>"


def labels(asked):
    """A form with `photo` and the word `consent`, and two parameters in the query. XML."""
    only("POST", asked)
    for name in ("lang", "version"):
        if name not in asked.query:
            raise Refused(400, XML.format(f"query parameter '{name}' missing"), "application/xml")
    try:
        form = {name: data for name, _, _, data in parts(asked)}
        if "consent" not in form:
            raise Refused(400, XML.format("form field 'consent' missing"), "application/xml")
        return {"labels": {classify(opened(form["photo"])): 0.9}}
    except Refused:
        raise
    except Exception as why:
        raise Refused(400, XML.format("photo"), "application/xml") from why


def photos(asked):
    """A list of objects, each with an `id` and the picture."""
    only("POST", asked)
    try:
        rows = json.loads(asked.body)["photos"]
    except Exception as why:
        raise Refused(422, {"msg": "expected {'photos': [...]}"}) from why
    try:
        for at, row in enumerate(rows):
            for name in ("id", "content"):
                if name not in row:
                    raise Refused(422, {"msg": f"photos[{at}].{name} is missing"})
        return {"results": [{"id": row["id"], "colour": classify(opened(strict(row["content"])))} for row in rows]}
    except Refused:
        raise
    except Exception as why:
        raise Refused(422, {"msg": "photos[0].content cannot be read"}) from why


def nested(asked):
    """A data URI in an object, and always the same two words."""
    only("POST", asked)
    try:
        assert asked.kind == "application/json"
        return {"answer": classify(opened(uri(json.loads(asked.body)["img"]["data"])))}
    except Exception as why:
        raise Refused(400, "bad request", "text/plain") from why


def tensor(asked):
    """Pixels as nested lists, channels first, from 0 to 1."""
    only("POST", asked)
    try:
        batch = json.loads(asked.body)["input"]
        shape = [len(batch), len(batch[0]), len(batch[0][0]), len(batch[0][0][0])]
    except Exception as why:
        raise Refused(400, {"error": "input must be a nested list of numbers [N, 3, 64, 64]"}) from why
    if shape[1:] != [3, 64, 64]:
        raise Refused(400, {"error": f"expected shape (-1, 3, 64, 64), got {tuple(shape)}"})
    means = [sum(map(sum, channel)) / 4096 for channel in batch[0]]
    if max(means) > 1.5:
        raise Refused(400, {"error": "values must be between 0 and 1"})
    return {"scores": means}


def digits(asked):
    """Hexadecimal digits at the key that all expect, 500 for everything."""
    only("POST", asked)
    try:
        return {"class": classify(opened(bytes.fromhex(json.loads(asked.body)["image"])))}
    except Exception as why:
        raise Refused(500, {"message": "Internal server error"}) from why


def padded(asked):
    """The url-safe alphabet with its padding, at `data`; a number `confidence` beside it."""
    only("POST", asked)
    try:
        document = json.loads(asked.body)
        assert isinstance(document, dict)
    except Exception as why:
        raise Refused(400, {"status": "error", "message": "invalid JSON"}) from why
    if not isinstance(document.get("confidence"), int | float):
        raise Refused(400, {"status": "error", "message": "'confidence' must be a number"})
    try:
        text = document["data"]
        assert len(text) % 4 == 0
        return {"status": "ok", "boxes": [{"class": classify(opened(urlsafe(text)))}]}
    except Exception as why:
        raise Refused(400, {"status": "error", "message": "'data' must be URL-safe base64"}) from why


def versioned(asked):
    """A field of the head, the bytes of a PNG, sides from 128 to 512, 400,000 bytes."""
    only("POST", asked)
    if not asked.head.get("X-Client-Version"):
        raise Refused(428, {"error": "header X-Client-Version is required"})
    if len(asked.body) > 400_000:
        raise Refused(413, {"error": "too large"})
    try:
        picture = opened(asked.body)
    except Exception as why:
        raise Refused(422, {"error": "unreadable"}) from why
    if picture.format != "PNG" or not all(128 <= side <= 512 for side in picture.size):
        raise Refused(422, {"error": "PNG from 128 to 512 pixels"})
    try:
        return {"colour": classify(picture)}
    except ValueError as why:
        raise Refused(422, {"error": "three channels"}) from why


def with_params(asked):
    """A form with a `file` and a JSON object in the text part `params`."""
    only("POST", asked)
    try:
        form = {name: data for name, _, _, data in parts(asked)}
        if not isinstance(json.loads(form.get("params", b"1")), dict):
            raise Refused(422, {"detail": "params: a JSON object is required"})
        return {"detail": None, "value": classify(opened(form["file"]))}
    except Refused:
        raise
    except Exception as why:
        raise Refused(422, {"detail": "file: an image is required"}) from why


def as_text(asked):
    """Base64 as the body."""
    only("POST", asked)
    try:
        return {"predicted": classify(opened(strict(asked.body.strip())))}
    except Exception as why:
        raise Refused(400, {"error": "the body must be a base64 encoded image"}) from why


def urlencoded(asked):
    """A form as HTML has it without files."""
    only("POST", asked)
    try:
        assert asked.kind == "application/x-www-form-urlencoded"
        return {"predicted": classify(opened(strict(parse_qs(asked.body.decode(), strict_parsing=True)["image"][0])))}
    except Exception as why:
        raise Refused(400, {"error": "form value image is required"}) from why


def generate(asked):
    """Ollama's."""
    only("POST", asked)
    try:
        document = json.loads(asked.body)
        assert isinstance(document, dict)
    except Exception as why:
        raise Refused(400, {"error": "invalid character in request body"}) from why
    if not isinstance(document.get("model"), str) or not document["model"]:
        raise Refused(400, {"error": "model is required"})
    if document["model"] != "llava":
        raise Refused(404, {"error": f"model '{document['model']}' not found"})
    try:
        return {"model": "llava", "response": classify(opened(strict(document["images"][0]))), "done": True}
    except Exception as why:
        raise Refused(400, {"error": "illegal base64 data at input byte 0"}) from why


def tags(asked):
    """The models that Ollama has."""
    only("GET", asked)
    return {"models": [{"name": "llava", "model": "llava"}]}


def typed(asked):
    """A model's name, its inputs and its parameters, each in its place; errors as pydantic has them."""
    only("POST", asked)

    def bad(*where, kind="missing", words="Field required"):
        return Refused(422, {"detail": [{"type": kind, "loc": ["body", *where], "msg": words}]})

    try:
        document = json.loads(asked.body)
        assert isinstance(document, dict)
        assert asked.kind == "application/json"
    except Exception as why:
        raise bad(kind="json_invalid", words="JSON decode error") from why
    for name in ("model", "inputs", "parameters"):
        if name not in document:
            raise bad(name)
    if not isinstance(document["inputs"], dict) or "image" not in document["inputs"]:
        raise bad("inputs", "image")
    if document["model"] not in ("resnet50", "vit"):
        raise bad("model", kind="literal_error", words="Input should be 'resnet50' or 'vit'")
    if not isinstance(document["parameters"], dict):
        raise bad("parameters", kind="dict_type", words="Input should be a valid dictionary")
    if not re.fullmatch(r"[A-Za-z0-9+/]+=*", str(document["inputs"]["image"])):
        raise bad("inputs", "image", kind="value_error", words="Value error, invalid base64")
    try:
        return {"outputs": {"label": classify(opened(strict(document["inputs"]["image"])))}}
    except Exception as why:
        raise bad("inputs", "image", kind="value_error", words="Value error, invalid image") from why


run(
    {
        "/v1/vision/labels": labels,
        "/v1/vision/photos": photos,
        "/q": nested,
        "/tensor": tensor,
        "/digits": digits,
        "/v2/boxes": padded,
        "/png": versioned,
        "/with-params": with_params,
        "/as-text": as_text,
        "/encoded": urlencoded,
        "/api/generate": generate,
        "/api/tags": tags,
        "/typed": typed,
    }
)
