"""Flask and OpenCV, as object-detection repositories have it: little is checked, and what fails is 500 or quoted."""

import base64
import sys
import traceback

import cv2
import numpy as np
from flask import Flask, Response, jsonify, request
from waitress import serve

from faults import FAULTS

app = Flask(__name__)
LABELS = ("blue", "green", "red")


def detect(data):
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    small = cv2.resize(image, (32, 32)).astype(np.float32) / 255.0
    batch = np.expand_dims(small.transpose(2, 0, 1), 0)
    assert batch.shape == (1, 3, 32, 32), f"expected input[1, 3, 32, 32], got {list(batch.shape)}"
    return LABELS[int(batch.mean(axis=(0, 2, 3)).argmax())]


@app.before_request
def fault():
    if request.headers.get("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.headers["X-Fault"]]
        return Response(body, status, mimetype=media)


@app.route("/detect", methods=["GET", "POST"])
def upload():
    if request.method == "GET":
        return "<form method=post enctype=multipart/form-data><input type=file name=image></form>", 400
    file = request.files.get("image")
    return jsonify(label=detect(file.read()))


@app.post("/detect/base64")
def encoded():
    try:
        return jsonify(status="ok", label=detect(base64.b64decode(request.json["image"])))
    except Exception:
        return jsonify(status="error", trace=traceback.format_exc()), 500


@app.post("/detect/canvas")
def canvas():
    try:
        text = request.get_json(force=True)["imageData"]
        return jsonify(label=detect(base64.b64decode(text.split(",")[1])))
    except Exception as error:
        return jsonify(success=False, message=f"{type(error).__name__}: {error}"), 400


@app.post("/frame")
def frame():
    try:
        return jsonify(label=detect(request.data))
    except cv2.error as error:
        return jsonify(error=str(error)), 400


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
