"""NVIDIA's Triton with a model of one FP32 input, by the words of its HTTP front end: JSON and the binary extension."""

import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import prod

TYPES = {
    "BOOL": 1,
    "UINT8": 1,
    "UINT16": 2,
    "UINT32": 4,
    "UINT64": 8,
    "INT8": 1,
    "INT16": 2,
    "INT32": 4,
    "INT64": 8,
    "FP16": 2,
    "FP32": 4,
    "FP64": 8,
    "BYTES": 0,
    "BF16": 2,
}
PLACE = re.compile(r"/v2/models/([^/]+)(?:/versions/([^/]+))?/infer")


class Refused(Exception):
    def __init__(self, said, status=400):
        super().__init__(said)
        self.status = status


def member(of, name, kind, noun):
    if not isinstance(of, dict) or name not in of:
        raise Refused(f"Unable to parse '{name}': attempt to access non-existing object member '{name}'")
    if not isinstance(of[name], kind):
        raise Refused(f"Unable to parse '{name}': attempt to access JSON non-{noun} as {noun}")
    return of[name]


def flat(value):
    return [leaf for one in value for leaf in flat(one)] if isinstance(value, list) else [value]


def one(tensor):
    name = member(tensor, "name", str, "string")
    datatype = member(tensor, "datatype", str, "string")
    shape = member(tensor, "shape", list, "array")
    if datatype not in TYPES:
        raise Refused(
            f"invalid datatype for input '{name}'"
            if "data" in tensor
            else f"invalid datatype '{datatype}' for input '{name}'"
        )
    if any(not isinstance(size, int) or isinstance(size, bool) for size in shape):
        raise Refused("Unable to parse 'shape': attempt to access JSON non-signed-integer as signed-integer")
    if any(size < 0 for size in shape):
        raise Refused(f"Invalid shape for input '{name}': dimensions must be non-negative")
    if "data" not in tensor:
        raise Refused(
            "must specify valid 'Infer-Header-Content-Length' in request header and 'binary_data_size' when passing inputs in binary data format"
        )
    data = flat(member(tensor, "data", list, "array"))
    if datatype in ("FP16", "BF16"):
        raise Refused(
            f"receiving {datatype} data via JSON is not supported. Please use the binary data format for input '{name}'"
        )
    if len(data) != prod(shape):
        raise Refused("Unable to parse 'data': Shape does not match true shape of 'data' field")
    whole = datatype.startswith(("INT", "UINT"))
    for value in data:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise Refused(
                f"Unable to parse 'data': attempt to access JSON non-{'unsigned-integer' if datatype.startswith('U') else 'double'} as {'unsigned-integer' if datatype.startswith('U') else 'double'}"
            )
        if whole and not isinstance(value, int):
            raise Refused("Unable to parse 'data': attempt to access JSON non-signed-integer as signed-integer")
    return name, datatype, shape


def infer(asked):
    inputs = member(asked, "inputs", list, "array")
    tensors = [one(tensor) for tensor in inputs]
    for output in asked.get("outputs", ()):
        if output.get("name") != "scores":
            raise Refused(f"unexpected inference output '{output.get('name')}' for model 'colors'")
    for name, _, _ in tensors:
        if name != "pixels":
            raise Refused(f"unexpected inference input '{name}' for model 'colors'")
    if len(tensors) != 1:
        raise Refused(
            f"expected 1 inputs but got {len(tensors)} inputs for model 'colors'. Got input(s) {[name for name, _, _ in tensors]}, but missing required input(s) ['pixels']. Please provide all required input(s)."
        )
    ((name, datatype, shape),) = tensors
    if datatype != "FP32":
        raise Refused(f"inference input 'pixels' data-type is '{datatype}', but model 'colors' expects 'FP32'")
    if shape and shape[0] > 4:
        raise Refused("inference request batch-size must be <= 4 for 'colors'")
    if shape[1:] != [3, 8, 8]:
        said = "[" + ",".join(map(str, shape)) + "]"
        raise Refused(
            f"[request id: <id_unknown>] unexpected shape for input 'pixels' for model 'colors'. Expected [-1,3,8,8], got {said}. NOTE: Setting a non-zero max_batch_size in the model config requires a batch dimension to be prepended to each input shape."
        )
    return {
        "model_name": "colors",
        "model_version": "1",
        "outputs": [{"name": "scores", "datatype": "FP32", "shape": [1, 3], "data": [0.5, 0.3, 0.2]}],
    }


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        place = PLACE.fullmatch(self.path.partition("?")[0])
        try:
            if not place:
                return self.answer(404, b"" if self.path.startswith("/v2") else b'{"error":"Not Found"}')
            if place[1] != "colors" or place[2] not in (None, "1"):
                told = f"'{place[1]}' version {place[2]} is not found" if place[2] else f"'{place[1]}' is not found"
                raise Refused(f"Request for unknown model: {told}")
            if self.headers.get("Content-Encoding", "identity") not in ("identity", "gzip", "deflate"):
                raise Refused(f"Unsupported content encoding: {self.headers['Content-Encoding']}")
            try:
                asked = json.loads(body.decode("utf-8", "surrogateescape"))
            except ValueError as error:
                raise Refused(
                    f"failed to parse the request JSON buffer: Invalid value. at {getattr(error, 'pos', 0)}"
                ) from None
            self.answer(200, json.dumps(infer(asked)).encode())
        except Refused as refused:
            self.answer(refused.status, json.dumps({"error": str(refused)}).encode())

    def do_GET(self):
        self.answer(405 if PLACE.fullmatch(self.path) else 404, b"")

    do_PUT = do_DELETE = do_PATCH = do_GET

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = self.command != "POST"

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
