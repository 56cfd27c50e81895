"""TensorFlow Serving with a model of numbers, by the words of its REST API: rows of 8 by 8 pixels, channels last."""

import json
import re
import sys

import numpy as np
from flask import Flask, jsonify, request
from waitress import serve

app = Flask(__name__)
PLACE = re.compile(r"/v1/models/([^/:]+)(?:/versions/(\d+))?:(predict|classify|regress)")


class Refused(Exception):
    def __init__(self, said, status=400):
        super().__init__(said)
        self.status = status


def kind(value):
    names = {dict: "Object", list: "Array", str: "String", bool: "True" if value is True else "False"}
    return "Null" if value is None else names.get(type(value), "Number")


def shape_of(value):
    shape = []
    while isinstance(value, list):
        shape.append(len(value))
        value = value[0] if value else None
    return shape


def fill(value, shape, level=0):
    if level == len(shape):
        if isinstance(value, list):
            raise Refused(
                f"JSON Value: {json.dumps(value)[:60]} Encountered list at unexpected level: {level} expected < {len(shape)}"
            )
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Refused(f"JSON Value: {json.dumps(value)[:60]} Type: {kind(value)} is not of expected type: float")
        return
    if not isinstance(value, list):
        raise Refused(f"JSON Value: {json.dumps(value)[:60]} is not a list; expected list at level {level}")
    if len(value) != shape[level]:
        raise Refused(
            f"Encountered list at unexpected size: {len(value)} at level: {level} expected size: {shape[level]}"
        )
    for one in value:
        fill(one, shape, level + 1)


def tensor(asked):
    if not isinstance(asked, dict):
        raise Refused("JSON Value: is not object: Type: " + kind(asked) + " Is not object")
    if "instances" in asked and "inputs" in asked:
        raise Refused("Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist ")
    if "instances" not in asked and "inputs" not in asked:
        raise Refused("Missing 'inputs' or 'instances' key")
    rows = asked.get("instances", asked.get("inputs"))
    if "instances" in asked:
        if not isinstance(rows, list):
            raise Refused("Expecting 'instances' value to be a list/array")
        if not rows:
            raise Refused("No values in 'instances' array.")
    if asked.get("signature_name", "serving_default") != "serving_default":
        raise Refused(f'Serving signature name: "{asked["signature_name"]}" not found in signature def')
    first = rows[0] if isinstance(rows, list) else rows
    if isinstance(first, dict) and set(first) != {"b64"}:
        raise Refused(
            f"JSON Value: {json.dumps(first)[:60]} not formatted correctly for base64 data"
            if "b64" in first
            else "Failed to process element: 0 of 'instances' list. JSON object: keys must be equal to: pixels"
        )
    if isinstance(first, dict):
        raise Refused(f"JSON Value: {json.dumps(first)[:60]} Type: Object is not of expected type: float")
    fill(rows, shape_of(rows))
    return np.array(rows, dtype=np.float32)


def predicted(pixels):
    shape = list(pixels.shape)
    if len(shape) != 4:
        raise Refused(
            f"input must be 4-dimensional[{','.join(map(str, shape))}]\n\t [[{{{{node sequential/conv2d/Conv2D}}}}]]"
        )
    if shape[3] != 3:
        raise Refused(
            f"input depth must be evenly divisible by filter depth: {shape[3]} vs 3\n\t [[{{{{node sequential/conv2d/Conv2D}}}}]]"
        )
    if shape[1:3] != [8, 8]:
        raise Refused(
            f"Matrix size-incompatible: In[0]: [1,{shape[1] * shape[2] * 3}], In[1]: [192,3]\n\t [[{{{{node sequential/dense/MatMul}}}}]]"
        )
    return pixels.mean(axis=(1, 2)).tolist()


@app.route("/", defaults={"path": ""}, methods=["GET", "POST", "PUT", "DELETE"])
@app.route("/<path:path>", methods=["GET", "POST", "PUT", "DELETE"])
def anything(path):
    try:
        match = PLACE.fullmatch("/" + path)
        if request.method != "POST" or not match:
            raise Refused(f"Malformed request: {request.method} /{path}", 404 if not path.startswith("v1") else 400)
        if match[1] != "colors" or match[2] not in (None, "1"):
            version = f" Version: {match[2]}" if match[2] else ""
            raise Refused(
                f"Servable not found for request: Specific({match[1]},{match[2]})"
                if version
                else f"Servable not found for request: Latest({match[1]})",
                404,
            )
        body = request.get_data()
        if not body:
            raise Refused("JSON Parse error: The document is empty.")
        try:
            asked = json.loads(body.decode("utf-8", "surrogateescape"))
        except ValueError as error:
            raise Refused(f"JSON Parse error: Invalid value. at offset: {getattr(error, 'pos', 0)}") from None
        return jsonify(predictions=predicted(tensor(asked)))
    except Refused as refused:
        return jsonify(error=str(refused)), refused.status


serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
