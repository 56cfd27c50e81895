"""What the image is, and tensors."""

import struct
import zlib
from typing import Any

from causes.sent.row import GOOD, Row, answer, document, error, post
from corpus import by_hand
from corpus.make import picture

OPAQUE = answer()
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200
BOMB = b"\x89PNG\r\n\x1a\n" + by_hand.chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0))
BOMB += by_hand.chunk(b"IDAT", zlib.compress(b"\0" * 400)) + by_hand.chunk(b"IEND", b"")


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 255]) + data[at + 1 :]


def photo(image: bytes, media: str = "image/jpeg", path: str = "/predict") -> tuple[bytes]:
    return (post(image, media, path=path),)


IMAGES = (
    Row("image.missing", (document({"images": []}, "/first"),), stage="ruled"),
    Row("image.empty", (document({"image": ""}),), OPAQUE),
    Row("image.error-page", photo(b"<!DOCTYPE html><html><h1>404</h1></html>"), OPAQUE),
    Row("image.not-an-image", photo(b"hello, this is no picture"), OPAQUE),
    Row("image.truncated", photo(GOOD[: len(GOOD) // 2]), OPAQUE),
    Row("image.corrupt", photo(flipped(picture("png"), 300), "image/png"), OPAQUE),
    Row("image.format-unsupported", photo(HEIC, "image/heic"), OPAQUE),
    Row("image.format-mismatch", photo(picture("webp"), "image/webp"), OPAQUE),
    Row("image.bomb", photo(BOMB, "image/png"), OPAQUE),
    Row("image.frames", photo(picture("gif", "palette", frames=3), "image/gif"), OPAQUE),
    Row("image.depth", photo(picture("png", "gray", depth=16), "image/png"), OPAQUE),
    Row("image.cmyk", photo(picture("jpeg", "cmyk")), OPAQUE),
    Row(
        "image.alpha",
        photo(picture("png", "rgba"), "image/png"),
        error("but got 4 channels instead; to have 3 channels"),
    ),
    Row("image.palette", photo(picture("png", "palette"), "image/png"), OPAQUE),
    Row("image.gray", photo(picture("jpeg", "gray")), OPAQUE),
    Row("image.too-large", photo(picture("jpeg", size=(6000, 40))), OPAQUE),
    Row("image.too-small", photo(picture("jpeg", size=(4, 4))), OPAQUE),
    Row("image.size-mismatch", photo(GOOD), error("Kernel size can't be greater than actual input size"), first=False),
    Row("image.profile", photo(picture("jpeg", profile="lab"), path="/profile"), stage="ruled"),
    Row("image.orientation", photo(picture("jpeg", orientation=6), path="/upright"), stage="ruled"),
    Row("image.aspect-ratio", photo(picture("jpeg", size=(400, 40)), path="/square"), stage="ruled"),
    Row("image.metadata", photo(picture("jpeg", orientation=3), path="/bare"), stage="ruled"),
)


def tensor(**changes: Any) -> dict[str, Any]:
    return {"name": "INPUT__0", "shape": [1, 3, 2, 2], "datatype": "FP32", "data": [0.5] * 12, **changes}


def infer(*tensors: dict[str, Any]) -> tuple[bytes]:
    return (document({"inputs": list(tensors)}, "/v2/models/resnet/infer"),)


BINARY = post(b'{"inputs":[]}\0\0\0\0', "application/octet-stream", path="/v2/models/resnet/infer")
TENSORS = (
    Row("tensor.name-unknown", infer(tensor(name="img")), error("unexpected inference input 'img' for model 'resnet'")),
    Row("tensor.missing-input", infer(), error("Required inputs (['INPUT__0']) are missing from input feed (['x']).")),
    Row(
        "tensor.dtype",
        infer(tensor()),
        error("inference input 'INPUT__0' data-type is 'FP32', but model expects 'UINT8'"),
        first=False,
    ),
    Row("tensor.dtype-name", infer(tensor(datatype="FLOAT")), error("invalid datatype FLOAT in the input")),
    Row(
        "tensor.shape",
        infer(tensor()),
        error("unexpected shape for input 'INPUT__0' for model 'resnet'. Expected [1,3,4,4], got [1,3,2,2]"),
        first=False,
    ),
    Row(
        "tensor.rank",
        infer(tensor(shape=[3, 2, 2])),
        error("Invalid rank for input: INPUT__0 Got: 3 Expected: 4"),
        first=False,
    ),
    Row(
        "tensor.layout",
        infer(tensor(shape=[1, 2, 2, 3])),
        error("Got invalid dimensions for input: INPUT__0 index: 1 Got: 2 Expected: 3 index: 3 Got: 3 Expected: 2"),
        first=False,
    ),
    Row("tensor.batch", infer(tensor()), error("inference request batch-size must be <= 1 for 'resnet'")),
    Row(
        "tensor.data-count",
        infer(tensor(data=[0.5])),
        error("Shape does not match true shape of 'data' field", "500 E"),
    ),
    Row("tensor.value-type", infer(tensor()), error("could not convert string to float: 'a'")),
    Row("tensor.value-range", infer(tensor()), error("Python integer 300 out of bounds for uint8")),
    Row(
        "tensor.binary-header",
        (BINARY,),
        error("must specify valid 'Infer-Header-Content-Length' in request header"),
        first=False,
    ),
    Row("tensor.binary-size", (BINARY,), error("unexpected additional input data for model 'resnet'"), first=False),
    Row(
        "tensor.b64-wrapper",
        (document({"instances": [{"b64": "AAAA"}]}, "/v1/models/resnet:predict"),),
        error('JSON Value: {"b64": "AAAA"} Type: Object is not of expected type: float'),
    ),
    Row(
        "tensor.envelope",
        (document({"instances": [], "inputs": []}, "/v1/models/resnet:predict"),),
        error("Not formatted correctly expecting only one of 'inputs' or 'instances' keys to exist"),
    ),
)

SCALED = Row(
    "silent.value-scale",
    (document({"inputs": [tensor(data=[0, 255] * 6)]}, "/scale"),),
    answer("200 OK", '{"outputs": []}'),
    stage="ruled",
)

ROWS = (*IMAGES, *TENSORS, SCALED)
