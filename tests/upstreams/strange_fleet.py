"""Servers that a probe had not met: two lots that it was then mended with, and a third that was first asked afterwards."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from upstreams.endpoint import Endpoint
from upstreams.fleet import Server

_MAGIC = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF", b"GIF8", b"BM", b"II*\0", b"MM\0*")


class AsIs(str):
    """A text that is no longer spelled anew."""


def _image(text: Any) -> bytes | None:
    """The image that a text is the plain base64 of; None for any other value."""
    if not isinstance(text, str) or isinstance(text, AsIs):
        return None
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return data if data.startswith(_MAGIC) else None


def as_hex(text: Any) -> Any:
    """Its digits, of an image's plain base64."""
    data = _image(text)
    return text if data is None else data.hex()


def _urlsafe(text: Any) -> Any:
    data = _image(text)
    return text if data is None else base64.urlsafe_b64encode(data).decode()


def unpadded(text: Any) -> Any:
    """The url-safe alphabet without padding, of an image's plain base64."""
    data = _image(text)
    return text if data is None else base64.urlsafe_b64encode(data).decode().rstrip("=")


def _embed(name: str, text: Any) -> Any:
    return {"model": "clip-vit", name: [text]}


def _ocr(name: str, text: Any) -> Any:
    return {"document": {name: as_hex(text)}}


def _scan(name: str, text: Any) -> Any:
    return {name: unpadded(text)}


def _describe(name: str, text: Any) -> Any:
    return {"version": "2024-06", "params": {"length": 20}, name: text}


def _photo(name: str, text: Any) -> Any:
    return {"signature_name": "serving_default", "instances": [{"key": "7", name: {"b64": text}}]}


def _payload(name: str, text: Any) -> Any:
    return {"payload": {name: text}}


def _silent(name: str, text: Any) -> Any:
    return {"images": [{name: text}]}


STRANGE = Server(
    "strange",
    (
        Endpoint("/api/v2/tag", "form", "picture", beside=(("tenant", "acme"),)),
        Endpoint("/classify?top=3", "raw"),
        Endpoint("/embed", "json", "images", _embed),
        Endpoint("/ocr", "json", "hex", _ocr),
        Endpoint("/scan", "json", "image", _scan),
        Endpoint("/describe", "data-uri", "image", _describe),
        Endpoint("/photos", "form", "images[]"),
        Endpoint("/secure", "raw", fields=(("X-Api-Key", "s3cret"),)),
        Endpoint("/v1/models/photo:predict", "json", "image_bytes", _photo),
        Endpoint("/payload", "json", "photo", _payload),
        Endpoint("/silent", "json", "data", _silent),
    ),
    environment="flask",
)


def _photos(name: str, text: Any) -> Any:
    return {"photos": [{"id": "a-1", name: text}]}


def _nested(name: str, text: Any) -> Any:
    return {"img": {name: text}}


def _digits(name: str, text: Any) -> Any:
    return {name: as_hex(text)}


def _boxes(name: str, text: Any) -> Any:
    return {"confidence": 0.4, name: _urlsafe(text)}


def _generate(name: str, text: Any) -> Any:
    return {"model": "llava", "prompt": "which colour?", "stream": False, name: [text]}


def _typed(name: str, text: Any) -> Any:
    return {"model": "vit", "inputs": {name: text}, "parameters": {"top_k": 2}}


STRANGER = Server(
    "stranger",
    (
        Endpoint("/v1/vision/labels?lang=en&version=2", "form", "photo", beside=(("consent", "yes"),)),
        Endpoint("/v1/vision/photos", "json", "content", _photos),
        Endpoint("/q", "data-uri", "data", _nested),
        Endpoint("/digits", "json", "image", _digits),
        Endpoint("/v2/boxes", "json", "data", _boxes),
        Endpoint("/with-params", "form", "file", beside=(("params", '{"top": 2}'),)),
        Endpoint("/api/generate", "json", "images", _generate),
        Endpoint("/typed", "json", "image", _typed),
    ),
    environment="flask",
)


def _annotate(name: str, text: Any) -> Any:
    return {"requests": [{"image": {name: text}, "features": [{"type": "LABEL_DETECTION"}]}]}


def _rekognition(name: str, text: Any) -> Any:
    return {"Image": {name: text}, "MaxLabels": 5}


def _zod(name: str, text: Any) -> Any:
    return {"payload": {name: text}, "options": {"threshold": 0.5, "labels": ["red"]}}


def _rails(name: str, text: Any) -> Any:
    return {"prediction": {name: text}}


def _rows(name: str, text: Any) -> Any:
    return [{"name": "cat.jpg", name: text}]


STRANGEST = Server(
    "strangest",
    (
        Endpoint("/v1/images:annotate", "json", "content", _annotate),
        Endpoint("/rekognition", "json", "Bytes", _rekognition, fields=(("X-Amz-Target", "Rekognition.DetectLabels"),)),
        Endpoint("/express/upload", "form", "picture"),
        Endpoint("/spring", "form", "photo", beside=(("userId", "17"),)),
        Endpoint("/zod", "json", "imageBase64", _zod),
        Endpoint("/rails/predictions", "data-uri", "image", _rails),
        Endpoint("/rows", "json", "b64", _rows),
    ),
    environment="flask",
)


def _triage(name: str, text: Any) -> Any:
    return {"study": "S-1", "scan": {name: text}}


def _bulk(name: str, text: Any) -> Any:
    return {"batch": {name: [text]}}


def _search(name: str, text: Any) -> Any:
    return {"query": "query($image: String!) { search(image: $image) { colour } }", "variables": {name: text}}


def _token(name: str, text: Any) -> Any:
    return {name: _urlsafe(text)}


def _hf(name: str, text: Any) -> Any:
    return {name: text, "parameters": {"top_k": 1}}


def _meter(name: str, text: Any) -> Any:
    return {"camera": "c-7", "taken_at": "2026-11-24T00:00:00Z", name: text}


LAST = Server(
    "last",
    (
        Endpoint("/triage", "json", "encoded", _triage),
        Endpoint("/thumbs?w=64", "raw"),
        Endpoint("/kyc/check", "form", "selfie", beside=(("country", "DE"),)),
        Endpoint("/bulk", "data-uri", "images", _bulk),
        Endpoint("/search", "json", "image", _search),
        Endpoint("/token", "json", "img", _token, fields=(("Api-Version", "2"),)),
        Endpoint("/hf", "json", "inputs", _hf),
        Endpoint("/meter", "json", "frame", _meter),
    ),
    environment="flask",
)


@dataclass(frozen=True, slots=True)
class Truth:
    """What a probe should have found out of a path; what is empty is not asked of it."""

    place: str
    carried_as: str = "binary"
    needs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    body: int = 0
    sides: tuple[int, int] = (0, 0)


ALL_FORMATS = ("jpeg", "png", "webp", "bmp", "tiff", "avif")
TRUTHS: Mapping[str, Truth] = {
    "/api/v2/tag": Truth("picture", needs=("tenant",), formats=ALL_FORMATS),
    "/classify": Truth("", needs=("top",), formats=("jpeg",)),
    "/embed": Truth("$.images[*]", "base64", ("model",), ALL_FORMATS),
    "/ocr": Truth("$.document.hex", "hex", formats=ALL_FORMATS),
    "/scan": Truth("$.image", "base64url", formats=ALL_FORMATS),
    "/describe": Truth("$.image", "data-uri", ("version", "params"), ("jpeg", "png")),
    "/photos": Truth("images[]", formats=ALL_FORMATS),
    "/secure": Truth("", formats=("jpeg", "png"), body=600_000, sides=(32, 2000)),
    "/v1/models/photo:predict": Truth("$.instances[*].image_bytes.b64", "base64", ("key",), ALL_FORMATS),
    "/payload": Truth("$.payload.photo", "base64", formats=ALL_FORMATS),
    "/silent": Truth("$.images[*].data", "base64", formats=ALL_FORMATS),
    "/objects/image": Truth("", formats=ALL_FORMATS),
    "/v1/vision/labels": Truth("photo", needs=("lang", "version", "consent"), formats=ALL_FORMATS),
    "/v1/vision/photos": Truth("$.photos[*].content", "base64", ("id",), ALL_FORMATS),
    "/q": Truth("$.img.data", "data-uri", formats=ALL_FORMATS),
    "/digits": Truth("$.image", "hex", formats=ALL_FORMATS),
    "/v2/boxes": Truth("$.data", "base64url", ("confidence",), ALL_FORMATS),
    "/png": Truth("", needs=("X-Client-Version",), formats=("png",), body=400_000, sides=(128, 512)),
    "/with-params": Truth("file", needs=("params",), formats=ALL_FORMATS),
    "/api/generate": Truth("$.images[*]", "base64", ("model",), ALL_FORMATS),
    "/typed": Truth("$.inputs.image", "base64", ("model", "parameters"), ALL_FORMATS),
    "/v1/images:annotate": Truth("$.requests[*].image.content", "base64", ("features",), ALL_FORMATS),
    "/rekognition": Truth("$.Image.Bytes", "base64", ("X-Amz-Target",), ALL_FORMATS),
    "/express/upload": Truth("picture", formats=ALL_FORMATS),
    "/spring": Truth("photo", needs=("userId",), formats=ALL_FORMATS),
    "/zod": Truth("$.payload.imageBase64", "base64", ("threshold", "labels"), ALL_FORMATS),
    "/rails/predictions": Truth("$.prediction.image", "data-uri", formats=ALL_FORMATS),
    "/rows": Truth("$[*].b64", "base64", ("name",), ALL_FORMATS),
    "/sized": Truth("", formats=("png",), sides=(256, 256)),
    "/invocations": Truth("", formats=ALL_FORMATS),
    "/triage": Truth("$.scan.encoded", "base64", ("study",), ALL_FORMATS),
    "/thumbs": Truth("", needs=("w",), formats=("jpeg", "png", "webp"), body=750_000),
    "/kyc/check": Truth("selfie", needs=("country",), formats=ALL_FORMATS),
    "/bulk": Truth("$.batch.images[*]", "data-uri", formats=ALL_FORMATS),
    "/search": Truth("$.variables.image", "base64", ("query",), ALL_FORMATS),
    "/token": Truth("$.img", "base64url", ("Api-Version",), ALL_FORMATS),
    "/hf": Truth("$.inputs", "base64", ("parameters",), ALL_FORMATS),
    "/meter": Truth("$.frame", "base64", ("camera", "taken_at"), ALL_FORMATS),
}
