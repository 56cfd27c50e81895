"""Laravel's validation by its words, in front of a model: `image` as an uploaded file, and as base64 in JSON."""

import base64
import io
import json
import sys

from flask import Flask, Response, jsonify, request
from model import classify
from PIL import Image
from waitress import serve

from faults import FAULTS

app = Flask(__name__)


@app.before_request
def fault():
    if request.headers.get("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.headers["X-Fault"]]
        return Response(body, status, mimetype=media)


def invalid(field, words):
    return jsonify(message=words, errors={field: [words]}), 422


def answered(field, data):
    try:
        picture = Image.open(io.BytesIO(data))
        if picture.format not in ("JPEG", "PNG"):
            return invalid(field, f"The {field} field must be a file of type: jpg, jpeg, png.")
        return jsonify(label=classify(picture))
    except OSError:
        return invalid(field, f"The {field} field must be an image.")
    except ValueError:
        return jsonify(message="Server Error"), 500


@app.post("/api/photos")
def upload():
    file = request.files.get("photo")
    if not file:
        if "photo" in request.form:
            return invalid("photo", "The photo field must be a file.")
        return invalid("photo", "The photo field is required.")
    return answered("photo", file.read())


@app.post("/api/photos/encoded")
def encoded():
    try:
        asked = json.loads(request.data) if request.is_json else request.form
    except ValueError:
        asked = {}
    if not isinstance(asked, dict) or not asked.get("image"):
        return invalid("image", "The image field is required.")
    if not isinstance(asked["image"], str):
        return invalid("image", "The image field must be a string.")
    try:
        data = base64.b64decode(asked["image"], validate=True)
    except ValueError:
        return invalid("image", "The image field format is invalid.")
    return answered("image", data)


@app.errorhandler(404)
def absent(error):
    return jsonify(message=f"The route {request.path[1:]} could not be found."), 404


@app.errorhandler(405)
def method(error):
    said = f"The {request.method} method is not supported for route {request.path[1:]}. Supported methods: POST."
    return jsonify(message=said), 405


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
