"""A container of one's own for SageMaker, as its "bring your own model" example has it: /ping and /invocations."""

import io
import sys

from flask import Flask, Response, jsonify, request
from model import classify
from PIL import Image
from waitress import serve

app = Flask(__name__)


@app.get("/ping")
def ping():
    return Response(response="\n", status=200, mimetype="application/json")


@app.post("/invocations")
def invocations():
    if request.content_type not in ("application/x-image", "image/jpeg", "image/png"):
        return Response("This predictor only supports image data", status=415, mimetype="text/plain")
    try:
        picture = Image.open(io.BytesIO(request.data)).convert("RGB")
    except Exception:
        return Response("could not decode the image", status=400, mimetype="text/plain")
    if picture.width < 32 or picture.height < 32:
        return Response("ModelError", status=500)
    return jsonify(predictions=[classify(picture)])


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
