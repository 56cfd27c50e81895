"""TorchServe as clients meet it: its front end's errors, a handler of one's own, and its 503 for whatever fails there."""

import base64
import io
import sys

from flask import Flask, jsonify, request
from model import classify
from PIL import Image
from waitress import serve
from werkzeug.exceptions import HTTPException

app = Flask(__name__)


def refused(status, kind, words):
    return jsonify(code=status, type=kind, message=words), status


@app.errorhandler(HTTPException)
def of_front_end(error):
    if error.code == 404:
        return refused(
            404, "ResourceNotFoundException", "Requested resource is not found, please refer to API document."
        )
    if error.code == 405:
        return refused(
            405, "MethodNotAllowedException", "Requested method is not allowed, please refer to API document."
        )
    return refused(error.code, "InternalServerException", "Prediction failed")


@app.errorhandler(Exception)
def of_worker(error):
    return refused(503, "InternalServerException", "Prediction failed")


@app.route("/predictions/<model>", methods=["POST", "PUT"])
def predictions(model):
    if model not in ("resnet", "encoded"):
        return refused(404, "ModelNotFoundException", f"Model not found: {model}")
    if request.content_length and request.content_length > 1_500_000:
        return refused(413, "RequestEntityTooLargeException", "Request is too large")
    if model == "encoded":
        row = request.get_json(force=True)
        data = base64.b64decode(row["body"] if "body" in row else row["data"])
    elif request.files or request.form:
        data = request.files["data"].read()
    else:
        data = request.get_data()
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return jsonify(label=classify(picture))


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
