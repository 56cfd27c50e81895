"""Bottle, with JSON by jsonschema and by marshmallow, as small services check it: the words of both libraries."""

import base64
import binascii
import io
import sys

import jsonschema
from bottle import Bottle, HTTPResponse, request
from marshmallow import Schema, ValidationError, fields, validate
from model import classify
from PIL import Image, UnidentifiedImageError
from waitress import serve

from faults import FAULTS

app = Bottle()
SCHEMA = {
    "type": "object",
    "required": ["image"],
    "additionalProperties": False,
    "properties": {"image": {"type": "string", "minLength": 16, "pattern": "^[A-Za-z0-9+/]+={0,2}$"}},
}


class Asked(Schema):
    picture = fields.String(
        required=True,
        validate=validate.Regexp(r"^data:image/(png|jpeg);base64,", error="Not a data URI of PNG or JPEG."),
    )


@app.hook("before_request")
def fault():
    if request.get_header("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.get_header("X-Fault")]
        raise HTTPResponse(body, status, headers={"Content-Type": media})


def refused(status, **said):
    return HTTPResponse(said, status)


def labelled(data):
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except UnidentifiedImageError:
        return refused(422, error="unreadable_image")
    except OSError as error:
        return refused(422, error="broken_image", detail=str(error))
    if len(picture.getbands()) != 3:
        return refused(422, error="wrong_channels", channels=len(picture.getbands()))
    return {"label": classify(picture)}


@app.post("/schema")
def schema():
    try:
        asked = request.json
        jsonschema.validate(asked, SCHEMA)
    except jsonschema.ValidationError as error:
        return refused(400, error=error.message, path=error.json_path)
    return labelled(base64.b64decode(asked["image"]))


@app.post("/marshmallow")
def marshmallow():
    try:
        asked = Asked().load(request.json)
    except ValidationError as error:
        return refused(422, errors=error.messages)
    try:
        return labelled(base64.b64decode(asked["picture"].partition(",")[2], validate=True))
    except binascii.Error:
        return refused(422, errors={"picture": ["Not valid Base64."]})


@app.post("/upload")
def upload():
    file = request.files.get("upload")
    if not file:
        return refused(400, error="missing_file")
    if not file.filename.lower().endswith((".png", ".jpg", ".jpeg")):
        return refused(400, error="File extension not allowed.")
    return labelled(file.file.read())


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
