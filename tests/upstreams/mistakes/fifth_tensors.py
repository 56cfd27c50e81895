"""The fifth set's tensors of numbers: the Open Inference Protocol, and rows in nested lists as TensorFlow Serving has them.

After the first run a picture in base64 where numbers are wanted became a whole one (it had been cut, which is a second
mistake), and the names of a runtime's inputs, which are keys of the document, count as such.
"""

import base64
import json
from collections.abc import Callable
from typing import Any

from corpus.make import picture
from upstreams.endpoint import SIDE, Endpoint
from upstreams.mistakes.kind import Mistake, mistake, several
from upstreams.wire import Request

_TEXT = base64.b64encode(picture("jpeg")).decode()
NUMBERS = ("v2", "rows")
Change = Callable[[dict[str, Any]], object]


def _document(where: Endpoint, good: bytes) -> Any:
    return json.loads(where.good(good).body)


def _v2(name: str, causes: str, change: Change) -> Mistake:
    """Another document: the change gets it and its one tensor, and may return another."""

    def make(where: Endpoint, good: bytes) -> Request:
        document = _document(where, good)
        changed = change(document)
        return where.json(json.dumps(document if changed is None else changed))

    return mistake(name, causes, make, "v2")


def _tensor(title: str, causes: str, **fields: object) -> Mistake:
    """Other fields of the one tensor; None takes one away."""

    def change(document: dict[str, Any]) -> None:
        tensor = document["inputs"][0]
        for field, value in fields.items():
            if value is None:
                del tensor[field]
            else:
                tensor[field] = value(tensor) if callable(value) else value

    return _v2(title, causes, change)


def _rows(name: str, causes: str, change: Callable[[Endpoint, Any], object]) -> Mistake:
    """Other numbers in the good document."""

    def make(where: Endpoint, good: bytes) -> Request:
        return where.json(json.dumps(where.around(change(where, where.pixels(good)))))

    return mistake(name, causes, make, "rows")


def _around(name: str, causes: str, change: Callable[[Endpoint, Any], object]) -> Mistake:
    """Another document around the good numbers."""

    def make(where: Endpoint, good: bytes) -> Request:
        return where.json(json.dumps(change(where, where.pixels(good))))

    return mistake(name, causes, make, "rows")


def each(value: Any, change: Callable[[float], object]) -> Any:
    """Every number of nested lists changed."""
    return [each(one, change) for one in value] if isinstance(value, list) else change(value)


def _swapped(where: Endpoint, pixels: Any) -> Any:
    """Channels last for channels first, or the other way."""
    (one,) = pixels
    outer, middle, inner = len(one), len(one[0]), len(one[0][0])
    if where.last:
        return [[[[one[y][x][band] for x in range(middle)] for y in range(outer)] for band in range(inner)]]
    return [[[[one[band][y][x] for band in range(outer)] for x in range(inner)] for y in range(middle)]]


def _one_channel(where: Endpoint, pixels: Any) -> Any:
    return [[[[cell[0]] for cell in row] for row in pixels[0]]] if where.last else [pixels[0][:1]]


def _ragged(where: Endpoint, pixels: Any) -> Any:
    first = pixels[0][0]
    return [[first[:-1], *pixels[0][1:]], *pixels[1:]]


def _flat(where: Endpoint, pixels: Any) -> list[float]:
    found: list[float] = []
    each(pixels, found.append)
    return found


def _with(text: bytes) -> Callable[[Endpoint, bytes], Request]:
    """The first number in the text replaced."""

    def make(where: Endpoint, good: bytes) -> Request:
        body = where.good(good).body
        at = body.rindex(b"[") + 1
        return where.json(body[:at] + text + body[body.index(b",", at) :])

    return make


_COUNT = 3 * SIDE * SIDE
_V2 = (
    _tensor("another tensor's name", "tensor.name-unknown", name="pixel_values_in"),
    _tensor("no batch dimension", "tensor.rank tensor.shape", shape=[3, SIDE, SIDE]),
    _tensor("one dimension too many", "tensor.rank tensor.shape", shape=[1, 1, 3, SIDE, SIDE]),
    _tensor("channels last", "tensor.layout tensor.shape", shape=[1, SIDE, SIDE, 3]),
    _tensor("another side", "tensor.shape image.size-mismatch", shape=[1, 3, SIDE, SIDE // 2], data=lambda tensor: tensor["data"][: _COUNT // 2]),
    _tensor("shape larger than the data", "tensor.data-count tensor.shape", shape=[1, 3, SIDE * 2, SIDE]),
    _tensor("a number short", "tensor.data-count", data=lambda tensor: tensor["data"][:-1]),
    _tensor("numbers too many", "tensor.data-count", data=lambda tensor: [*tensor["data"], 0.5, 0.5]),
    _tensor("no data", "tensor.data-count image.missing", data=[]),
    _tensor("type by numpy", "tensor.dtype-name", datatype="float32"),
    _tensor("type by torch", "tensor.dtype-name", datatype="torch.float32"),
    _tensor("type by tensorflow", "tensor.dtype-name", datatype="DT_FLOAT"),
    _tensor("type by triton's config", "tensor.dtype-name", datatype="TYPE_FP32"),
    _tensor("double for float", "tensor.dtype", datatype="FP64"),
    _tensor("bytes for floats", "tensor.dtype", datatype="UINT8", data=lambda tensor: [round(value * 255) for value in tensor["data"]]),
    _tensor("fractions as integers", "tensor.value-type tensor.dtype", datatype="INT64"),
    _tensor("half floats in json", "tensor.dtype", datatype="FP16"),
    _tensor("words for numbers", "tensor.value-type tensor.dtype json.wrong-type", data=lambda tensor: list(map(str, tensor["data"]))),
    _tensor("nulls", "tensor.value-type json.wrong-type", data=lambda tensor: [None, *tensor["data"][1:]]),
    _tensor("data in base64", "tensor.value-type json.wrong-type json.list-vs-single", data="AACAPwAAgD8AAIA/"),
    _tensor("no datatype", "json.missing-field", datatype=None),
    _tensor("no shape", "json.missing-field", shape=None),
    _tensor("no name", "json.missing-field tensor.name-unknown", name=None),
    _tensor("data is not there", "json.missing-field tensor.data-count tensor.binary-size tensor.binary-header", data=None),
    _tensor("shape in words", "json.wrong-type tensor.shape json.list-vs-single", shape="1,3,8,8"),
    _tensor("shape is a number", "json.wrong-type tensor.shape json.list-vs-single tensor.rank", shape=_COUNT),
    _tensor("shape below zero", "tensor.shape json.value-range", shape=[-1, 3, SIDE, SIDE]),
    _tensor("batch of nine", "tensor.batch tensor.shape", shape=[9, 3, SIDE, SIDE], data=lambda tensor: tensor["data"] * 9),
    _v2("inputs by name", "json.wrong-type tensor.envelope json.list-vs-single", lambda document: {"inputs": {document["inputs"][0]["name"]: document["inputs"][0]}}),
    _v2("no inputs at all", "tensor.missing-input tensor.envelope", lambda document: {"inputs": []}),
    _v2("rows for tensors", "route.protocol-mismatch tensor.envelope json.missing-field", lambda document: {"instances": [document["inputs"][0]["data"]]}),
    _v2("input for inputs", "json.field-name json.missing-field tensor.envelope", lambda document: {"input": document["inputs"]}),
    _v2("a tensor alone", "json.wrong-nesting json.missing-field tensor.envelope", lambda document: document["inputs"][0]),
    _v2("an input too many", "tensor.name-unknown", lambda document: {"inputs": [*document["inputs"], {"name": "mask", "shape": [1], "datatype": "FP32", "data": [1.0]}]}),
    _v2("the same input twice", "tensor.name-unknown json.duplicate-key limit.count tensor.missing-input", lambda document: {"inputs": document["inputs"] * 2}),
    _v2("an unknown output", "tensor.name-unknown", lambda document: {**document, "outputs": [{"name": "probabilities"}]}),
    _v2("in a list", "json.not-object json.list-vs-single", lambda document: [document]),
    mistake("another model", "route.model-unknown", lambda where, good: where.good(good).but(path=where.path.replace("colors", "colours")), "v2"),
    mistake("another version", "route.model-unknown", lambda where, good: where.good(good).but(path=where.path.replace("/infer", "/versions/42/infer")), "v2"),
    mistake("predict for infer", "route.not-found", lambda where, good: where.good(good).but(path=where.path.replace("/infer", "/predict")), "v2"),
    mistake("first protocol's path", "route.not-found route.protocol-mismatch", lambda where, good: where.good(good).but(path="/v1/models/colors:predict"), "v2"),
    mistake("octets without a length", "tensor.binary-header content-type.not-accepted content-type.json-mislabelled", lambda where, good: where.good(good).typed("application/octet-stream"), "v2"),
    several("name and type", "tensor.name-unknown tensor.dtype-name", lambda where, good: where.json(where.good(good).body.replace(b"FP32", b"float32").replace(b'"name": "', b'"name": "my_')), "v2"),
)  # fmt: skip

_ROWS = (
    _rows("order of channels", "tensor.layout tensor.shape", _swapped),
    _rows("without a batch", "tensor.rank tensor.shape", lambda where, pixels: pixels[0]),
    _rows("batched twice", "tensor.rank tensor.shape", lambda where, pixels: [pixels]),
    _rows("flat", "tensor.rank tensor.shape", _flat),
    _rows("one channel", "tensor.shape image.gray tensor.layout", _one_channel),
    _rows("a row too few", "tensor.shape image.size-mismatch", lambda where, pixels: [[band[:-2] for band in pixels[0]]] if not where.last else [pixels[0][:-2]]),
    _rows("ragged", "tensor.data-count tensor.shape", _ragged),
    _rows("numbers in quotes", "tensor.value-type json.wrong-type", lambda where, pixels: each(pixels, str)),
    _rows("null inside", "tensor.value-type json.wrong-type", lambda where, pixels: each(pixels, lambda value: None)),
    _rows("truth inside", "tensor.value-type json.wrong-type", lambda where, pixels: each(pixels, lambda value: value > 0.5)),
    _rows("no numbers", "tensor.envelope tensor.data-count image.missing tensor.shape tensor.rank", lambda where, pixels: []),
    _rows("base64 for numbers", "tensor.value-type json.wrong-type tensor.b64-wrapper json.list-vs-single tensor.rank", lambda where, pixels: [_TEXT]),
    _rows("wrapped base64", "tensor.b64-wrapper tensor.value-type json.wrong-type", lambda where, pixels: [{"b64": _TEXT}]),
    _rows("numpy's words", "json.wrong-type tensor.value-type json.list-vs-single", lambda where, pixels: "array([[[[0.1, 0.2, 0.3], ..., [0.4, 0.5, 0.6]]]], dtype=float32)"),
    _around("key in the singular", "json.field-name json.missing-field tensor.envelope tensor.name-unknown tensor.missing-input", lambda where, pixels: {next(iter(where.around(pixels)))[:-1]: pixels}),
    _around("key of another server", "json.field-name json.missing-field tensor.envelope route.protocol-mismatch tensor.name-unknown tensor.missing-input", lambda where, pixels: {"tensor": pixels}),
    _around("tensors for rows", "route.protocol-mismatch json.missing-field tensor.envelope json.field-name", lambda where, pixels: {"inputs": [{"name": "x", "shape": [1, 3, SIDE, SIDE], "datatype": "FP32", "data": _flat(where, pixels)}]}),
    _around("numbers at the root", "json.not-object json.list-vs-single", lambda where, pixels: pixels),
    _around("rows in words", "json.double-encoded json.wrong-type", lambda where, pixels: json.dumps(where.around(pixels))),
    mistake("not a number", "json.nan json.syntax tensor.value-type", _with(b"NaN"), *NUMBERS),
    mistake("endless", "json.nan json.syntax tensor.value-type", _with(b"Infinity"), *NUMBERS),
    mistake("decimal comma", "json.syntax json.lax tensor.data-count tensor.shape", _with(b"0,5"), "rows"),
    mistake("dots for the rest", "json.syntax json.lax", _with(b"..."), *NUMBERS),
    mistake("numpy's scalar", "json.syntax json.lax", _with(b"np.float32(0.5)"), *NUMBERS),
    mistake("cut numbers", "json.truncated", lambda where, good: where.json(where.good(good).body[:700]), *NUMBERS),
    mistake("numbers without a type", "content-type.missing", lambda where, good: where.good(good).typed(None), *NUMBERS),
    mistake("numbers as a form", "content-type.json-mislabelled content-type.not-accepted", lambda where, good: where.good(good).typed("application/x-www-form-urlencoded"), *NUMBERS),
    mistake("a picture for numbers", "content-type.not-accepted tensor.binary-header", lambda where, good: where.carrying(good, "image/jpeg"), *NUMBERS),
    mistake("a picture called json", "content-type.image-as-json", lambda where, good: where.carrying(good, "application/json"), *NUMBERS),
    mistake("numbers fetched", "route.wrong-method http.body-missing", lambda where, good: where.good(good).but(method="GET"), *NUMBERS),
    mistake("numbers misled", "route.not-found", lambda where, good: where.good(good).but(path="/predictions" + where.path), *NUMBERS),
)  # fmt: skip

FIFTH_TENSORS = (*_V2, *_ROWS)
