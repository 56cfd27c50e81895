"""Presets of the Open Inference Protocol V2, on servers that speak it."""

import json
from typing import Any

from upstreams.endpoint import Endpoint
from upstreams.tries.trial import CURL, DRAWING, PHOTO, TEXT, Trial, lax, no_pictures, pictures, posted, spelled
from upstreams.wire import Request

PATH = "/v2/models/colors/infer"


def _document(tensor: str, text: Any) -> Any:
    return {"inputs": [{"name": tensor, "shape": [1], "datatype": "BYTES", "data": [text]}]}


def _binary(image: bytes, size: int = 0, length: int = 0, datatype: str = "UINT8") -> Request:
    """An image behind the JSON; `size` and `length` are told wrongly by so many bytes."""
    tensor = {"name": "image", "shape": [len(image)], "datatype": datatype}
    tensor |= {"parameters": {"binary_data_size": len(image) + size}}
    text = json.dumps({"inputs": [tensor]}).encode()
    fields = (
        ("Content-Type", "application/octet-stream"),
        ("Inference-Header-Content-Length", str(len(text) + length)),
    )
    return Request(PATH, fields, text + image)


_TEXT = Endpoint(PATH, "json", "image", _document)
_IN_JSON = posted(PATH, _document("image", TEXT))


_TOP = {"name": "top", "shape": [1], "datatype": "INT32", "data": [3]}


def _coded() -> Any:
    """The same, with the codec named that reads it."""
    document = _document("image", TEXT)
    document["inputs"][0]["parameters"] = {"content_type": "base64"}
    return document


def _in_text(server: str, *taken: str) -> Trial:
    """`taken`: spellings that this server takes as well."""
    mended = {
        **spelled(_TEXT, *taken),
        "the picture alone": Request(PATH, (("Content-Type", "image/jpeg"),), PHOTO),
        "a flat document": posted(PATH, {"image": TEXT}),
        "a list of byte values": posted(PATH, {"image": list(PHOTO)}),
    }
    return Trial("open-inference-v2-json", server, pictures(_TEXT), mended, no_pictures(_TEXT))


TRIES = (
    Trial(
        "mlserver",
        "mlserver",
        {
            **pictures(_TEXT),
            "a content type of its own": posted(PATH, _coded()),
            "another tensor beside": posted(PATH, {"inputs": [*_document("image", TEXT)["inputs"], _TOP]}),
        },
        {
            **spelled(_TEXT),
            "as curl -d": _IN_JSON.typed(CURL),
            "text": _IN_JSON.typed("text/plain"),
            "the picture alone": _TEXT.carrying(PHOTO, "image/jpeg"),
            "a form": _TEXT.form(PHOTO, name="file"),
            "a flat document": posted(PATH, {"image": TEXT}),
            "single quotes": lax(_TEXT),
            "a byte order mark": _TEXT.json(b"\xef\xbb\xbf" + _IN_JSON.body),
        },
        {**no_pictures(_TEXT), "no tensors": (posted(PATH, {"instances": [[0.5]]}), "route.protocol-mismatch")},
    ),
    _in_text("mlserver"),
    _in_text("kserve"),
    Trial(
        "open-inference-v2-binary",
        "kserve",
        {"a photo": _binary(PHOTO), "a drawing": _binary(DRAWING)},
        {
            "the picture alone": Request(PATH, (("Content-Type", "image/jpeg"),), PHOTO),
            "a flat document": posted(PATH, {"image": TEXT}),
        },
        {
            "half a picture": (_binary(PHOTO[: len(PHOTO) // 2]), "image.truncated"),
            "no tensors": (posted(PATH, {"instances": [[0.5]]}), "route.protocol-mismatch"),
        },
        {"datatype: BYTES": "datatype: UINT8"},
    ),
)
