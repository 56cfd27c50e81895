"""Flask in front of two exported models: pixels as numbers, once with the channels last and once with them first."""

import sys

import numpy as np
from flask import Flask, jsonify, request
from model import LABELS
from waitress import serve

app = Flask(__name__)


def wrong(message, status=400):
    return jsonify(error=message), status


def labels(batch, axes):
    return [LABELS[int(one)] for one in batch.mean(axis=axes).argmax(axis=1)]


@app.post("/v1/models/shapes:predict")
def keras():
    asked = request.get_json(silent=True)
    if not isinstance(asked, dict) or "instances" not in asked:
        return wrong("Missing 'inputs' or 'instances' key")
    try:
        batch = np.asarray(asked["instances"], dtype=np.float32)
    except ValueError:
        return wrong("Encountered list at unexpected size: instances are not of one shape")
    if batch.ndim != 4 or batch.shape[3] != 3:
        return wrong(f"input must be 4-dimensional[batch,height,width,3] but is {list(batch.shape)}")
    return jsonify(predictions=labels(batch, (1, 2)))


@app.post("/torch/infer")
def torch():
    asked = request.get_json(silent=True)
    try:
        batch = np.asarray(asked["x"], dtype=np.float32)
        assert batch.ndim == 4
        assert batch.shape[1] == 3
    except Exception:
        return wrong("Internal Server Error", 500)
    return jsonify(y=labels(batch, (2, 3)))


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
