"""What TensorFlow Serving and Keras say of a picture: rows of {"b64"}, and a form, their errors word by word."""

import base64
import io
import sys

import numpy as np
from flask import Flask, Response, jsonify, request
from PIL import Image
from waitress import serve

from faults import FAULTS

app = Flask(__name__)
LABELS = ("red", "green", "blue")


class Refused(Exception):
    pass


@app.before_request
def fault():
    if request.headers.get("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.headers["X-Fault"]]
        return Response(body, status, mimetype=media)


def predicted(picture):
    pixels = np.asarray(picture.resize((32, 32)))
    shape = (1, *pixels.shape)
    if len(shape) != 4:
        raise Refused(
            f'Input 0 of layer "sequential" is incompatible with the layer: expected min_ndim=4, found ndim={len(shape)}. Full shape received: {shape}'
        )
    if shape[-1] != 3:
        raise Refused(
            f'Input 0 of layer "conv2d" is incompatible with the layer: expected axis -1 of input shape to have value 3, but received input with shape {shape}'
        )
    return LABELS[int(pixels.mean(axis=(0, 1)).argmax())]


def decoded(data):
    """tf.io.decode_image, by its words."""
    if not data:
        raise Refused("Input is empty.")
    kinds = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")
    if not data.startswith(kinds):
        raise Refused("Unknown image file format. One of JPEG, PNG, GIF, BMP required.\n\t [[{{node DecodeImage}}]]")
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except Exception:
        kind = "PNG" if data.startswith(b"\x89") else "JPEG"
        raise Refused(f"Invalid {kind} data, size {len(data)}\n\t [[{{{{node DecodeImage}}}}]]") from None
    return picture


@app.post("/v1/models/flowers:predict")
def rows():
    try:
        body = request.get_data()
        try:
            asked = __import__("json").loads(body)
        except ValueError:
            raise Refused("JSON Parse error: Invalid value. at offset: 0") from None
        if not isinstance(asked, dict):
            raise Refused("JSON Value: (not an object) Is not object")
        if "instances" not in asked:
            raise Refused("Missing 'inputs' or 'instances' key")
        if not isinstance(asked["instances"], list) or not asked["instances"]:
            raise Refused(
                "Expected 'instances' to be an array/list value."
                if asked["instances"]
                else "No values in 'instances' array."
            )
        answers = []
        for one in asked["instances"]:
            if not isinstance(one, dict) or set(one) != {"image_bytes"}:
                raise Refused(
                    "Failed to process element: 0 of 'instances' list. Error: INVALID_ARGUMENT: JSON object: does not have named input: image_bytes"
                )
            value = one["image_bytes"]
            if not isinstance(value, dict) or set(value) != {"b64"} or not isinstance(value["b64"], str):
                raise Refused(
                    "JSON Value: (value) Type: String is not of expected type: string or not formatted correctly for base64 data"
                )
            try:
                data = base64.b64decode("".join(value["b64"].split()), validate=True)
            except ValueError:
                raise Refused(
                    "Failed to process element: 0 key: image_bytes of 'instances' list. Error: INVALID_ARGUMENT: JSON Value: (value) Unable to base64 decode"
                ) from None
            answers.append(predicted(decoded(data)))
        return jsonify(predictions=answers)
    except Refused as refused:
        return jsonify(error=str(refused)), 400


@app.post("/flowers")
def form():
    try:
        file = request.files["flower"]
        return jsonify(label=predicted(Image.open(file.stream)))
    except Refused as refused:
        return jsonify(detail=f"Exception encountered when calling Sequential.call().\n\n{refused}"), 500


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
