"""A private endpoint by Hugging Face's inference toolkit, behind its token: the picture in `inputs`, or as the body."""

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
TYPES = ("image/png", "image/jpeg", "image/jpg", "image/tiff", "image/bmp", "image/gif", "image/webp", "image/x-image")


@app.before_request
def fault():
    if request.headers.get("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.headers["X-Fault"]]
        return Response(body, status, mimetype=media)


@app.before_request
def token():
    if request.path == "/":
        return None
    said = request.headers.get("Authorization", "")
    if not said:
        return jsonify(error="Authorization header is required"), 401
    if said != "Bearer hf_colours":
        return jsonify(error="Invalid credentials in Authorization header"), 401


def answered(data):
    return jsonify([{"label": classify(Image.open(io.BytesIO(data))), "score": 0.9}])


@app.post("/models/colors")
def toolkit():
    """Every exception becomes a 400 with its words."""
    media = request.content_type or ""
    try:
        if media in TYPES:
            return answered(request.data)
        if media != "application/json":
            raise ValueError(
                f'Content type "{media}" not supported. Supported content types are: application/json, {", ".join(TYPES)}'
            )
        asked = json.loads(request.data)
        if "inputs" not in asked:
            raise ValueError("Body needs to provide a inputs key, received: " + json.dumps(asked)[:60])
        return answered(base64.b64decode(asked["inputs"]))
    except Exception as error:
        return jsonify(error=str(error)), 400


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
