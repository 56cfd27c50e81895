"""Presets of servers that take the picture itself, as the body or in a form."""

import json

from corpus.make import picture
from upstreams.endpoint import Endpoint
from upstreams.tries.trial import CURL, DRAWING, PHOTO, TEXT, URI, Rejected, Trial, pictures, posted

_BENTO = Endpoint("/classify", "form", "image")
_RAY = Endpoint("/colors/raw", "raw")
_AWS = Endpoint("/invocations", "raw")
_TORCH = Endpoint("/predictions/colors", "raw")
_TORCH_FORM = Endpoint("/predictions/colors", "form", "data")


def _cut(where: Endpoint) -> Rejected:
    return {"half a picture": (where.good(PHOTO[: len(PHOTO) // 2]), "image.truncated")}


def _instead_of_bytes(where: Endpoint) -> dict[str, object]:
    return {
        "base64": where.carrying(TEXT.encode(), "image/jpeg"),
        "a data URI": where.carrying(URI.encode(), "image/jpeg"),
        "a form": where.form(PHOTO, name="file"),
        "base64 in JSON": posted(where.path, {"image": TEXT}),
    }


TRIES = (
    Trial(
        "bentoml",
        "bentoml",
        {
            **pictures(_BENTO),
            "octets": _BENTO.form(PHOTO, "application/octet-stream"),
            "no type of its own": _BENTO.form(PHOTO, None),
            "WebP": _BENTO.good(picture("webp"), "image/webp"),
        },
        {
            "PNG called JPEG": _BENTO.form(DRAWING, "image/jpeg"),
            "image/jpg": _BENTO.form(PHOTO, "image/jpg"),
            "another part": _BENTO.form(PHOTO, name="file"),
            "no file name": _BENTO.form(PHOTO, None, file_name=None),
            "raw bytes": _BENTO.carrying(PHOTO, "image/jpeg"),
            "base64 in JSON": _BENTO.json(json.dumps({"image": TEXT})),
            "base64 in the part": _BENTO.form(TEXT.encode(), "image/jpeg"),
        },
        {**_cut(_BENTO), "an empty part": (_BENTO.form(b""), "multipart.empty-part")},
    ),
    Trial(
        "ray-serve",
        "ray",
        {**pictures(_RAY), "no type": _RAY.carrying(PHOTO, None), "as curl -d": _RAY.carrying(PHOTO, CURL)},
        _instead_of_bytes(_RAY),
        _cut(_RAY),
        {"match: POST /\n": "match: POST /colors/raw\n"},
    ),
    Trial(
        "sagemaker",
        "sagemaker",
        {**pictures(_AWS), "x-image": _AWS.carrying(DRAWING, "application/x-image")},
        {
            **_instead_of_bytes(_AWS),
            "octets": _AWS.carrying(PHOTO, "application/octet-stream"),
            "no type": _AWS.carrying(PHOTO, None),
            "image/jpg": _AWS.carrying(PHOTO, "image/jpg"),
        },
        _cut(_AWS),
    ),
    Trial(
        "sagemaker",
        "torchserve",
        pictures(_AWS),
        {"base64": _AWS.carrying(TEXT.encode(), "image/jpeg"), "a form": _AWS.form(PHOTO, name="file")},
        _cut(_AWS),
    ),
    Trial(
        "torchserve",
        "torchserve",
        {
            **pictures(_TORCH),
            "no type": _TORCH.carrying(PHOTO, None),
            "octets": _TORCH.carrying(PHOTO, "application/octet-stream"),
            "WebP": _TORCH.carrying(picture("webp"), "image/webp"),
            "PUT": _TORCH.good(PHOTO).but(method="PUT"),
            "a version": _TORCH.good(PHOTO).but(path="/predictions/colors/1.0"),
            "the part data": _TORCH_FORM.good(PHOTO),
            "the part body": _TORCH_FORM.form(PHOTO, name="body"),
        },
        {
            "another part": _TORCH_FORM.form(PHOTO, name="file"),
            "base64": _TORCH.carrying(TEXT.encode(), "application/octet-stream"),
            "a data URI": _TORCH.carrying(URI.encode(), "text/plain"),
            "base64 in JSON": posted(_TORCH.path, {"data": TEXT}),
            "instances": posted(_TORCH.path, {"instances": [{"data": TEXT}]}),
            "an alpha channel": _TORCH.good(picture("png", "rgba"), "image/png"),
            "gray": _TORCH.good(picture("png", "gray"), "image/png"),
            "a palette": _TORCH.good(picture("png", "palette"), "image/png"),
        },
        {**_cut(_TORCH), "an empty body": (_TORCH.carrying(b"", "image/jpeg"), "image.empty")},
    ),
)
