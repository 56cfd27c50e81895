"""Flask behind waitress, as its quick start and the "deploy a model with Flask" tutorials have it."""

import base64
import io
import sys

from flask import Flask, abort, jsonify, request
from model import classify
from PIL import Image
from waitress import serve

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 2 * 1024 * 1024


@app.before_request
def fault():
    """Faults of the server's own, asked for: the request is fine."""
    if request.headers.get("X-Fault") == "bug":
        raise RuntimeError("the labels are out of sync")
    if request.headers.get("X-Fault") == "refusal":
        abort(400)


@app.post("/predict")
def predict():
    file = request.files["file"]
    picture = Image.open(io.BytesIO(file.read()))
    return jsonify(label=classify(picture))


@app.post("/raw")
def raw():
    try:
        return jsonify(label=classify(Image.open(io.BytesIO(request.get_data()))))
    except Exception:
        abort(400)


@app.post("/json")
def from_json():
    data = request.get_json()
    try:
        picture = Image.open(io.BytesIO(base64.b64decode(data["image"])))
        return jsonify(label=classify(picture))
    except Exception as error:
        return jsonify(error=str(error)), 400


@app.post("/strict")
def strict():
    content = request.get_json()
    if "image_base64" not in content:
        return jsonify(error="bad request"), 400
    try:
        data = base64.b64decode(content["image_base64"], validate=True)
        return jsonify(label=classify(Image.open(io.BytesIO(data))))
    except Exception:
        return jsonify(error="could not process image"), 422


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
