"""Flask in front of ONNX Runtime with a model of fixed shape: numbers in JSON, and a picture in a form; the runtime's own words."""

import sys

import numpy as np
import onnx
import onnxruntime
from flask import Flask, Response, jsonify, request
from onnx import TensorProto, helper
from PIL import Image
from waitress import serve

from faults import FAULTS

app = Flask(__name__)


def model():
    """The mean of each of three channels."""
    wanted = helper.make_tensor_value_info("pixels", TensorProto.FLOAT, [1, 3, 8, 8])
    given = helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 3])
    node = helper.make_node("ReduceMean", ["pixels", "axes"], ["scores"], keepdims=0)
    axes = helper.make_tensor("axes", TensorProto.INT64, [2], [2, 3])
    graph = helper.make_graph([node], "colors", [wanted], [given], [axes])
    built = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    onnx.checker.check_model(built)
    return built.SerializeToString()


session = onnxruntime.InferenceSession(model(), providers=["CPUExecutionProvider"])


@app.before_request
def fault():
    if request.headers.get("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.headers["X-Fault"]]
        return Response(body, status, mimetype=media)


def run(pixels):
    (scores,) = session.run(["scores"], {"pixels": pixels})
    return jsonify(label=("red", "green", "blue")[int(scores[0].argmax())])


@app.post("/infer")
def infer():
    try:
        return run(np.array(request.json["pixels"], dtype=np.float32))
    except Exception as error:
        return jsonify(error=str(error)), 400


@app.post("/image")
def image():
    try:
        picture = Image.open(request.files["image"]).resize((8, 8))
        pixels = np.asarray(picture, dtype=np.float32) / 255
        return run(np.moveaxis(pixels, -1, 0)[np.newaxis])
    except Exception as error:
        return jsonify(error=str(error)), 500


@app.post("/feed")
def feed():
    """Whatever is sent is fed by name, as runners of any model do."""
    try:
        feeds = {name: np.array(value, dtype=np.float32) for name, value in request.get_json(force=True).items()}
        (scores,) = session.run(None, feeds)
        return jsonify(scores=scores.tolist())
    except (ValueError, TypeError, RuntimeError) as error:
        return jsonify(detail=f"{type(error).__name__}: {error}"), 422


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
