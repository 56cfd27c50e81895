"""The fifth lot of servers that a probe had not met: nine small ones on eight frameworks, asked once before anything was mended."""

from collections.abc import Mapping
from typing import Any

from upstreams.endpoint import Endpoint
from upstreams.fleet import Server
from upstreams.strange_fleet import ALL_FORMATS, Truth, as_hex, unpadded


def _compare(name: str, text: Any) -> Any:
    return {"items": [{"ref": "left", "media": {"encoding": "base64", "mime": "image/jpeg", name: text}}]}


def _face(name: str, text: Any) -> Any:
    return {"mode": "fast", name: text}


def _embeddings(name: str, text: Any) -> Any:
    return {"model": "clip-b32", "input": [{name: text}]}


def _search(name: str, text: Any) -> Any:
    return {"query": {name: unpadded(text), "limit": 5}}


def _described(name: str, text: Any) -> Any:
    return {"picture": {"encoding": "base64", name: text}}


def _json_api(name: str, text: Any) -> Any:
    return {"data": {"type": "photos", "attributes": {name: text}}}


def _rpc(name: str, text: Any) -> Any:
    return {"jsonrpc": "2.0", "id": 7, "method": "classify", "params": {name: text}}


def _prints(name: str, text: Any) -> Any:
    return {"station": "north", "finger": 2, name: as_hex(text)}


def _album(name: str, text: Any) -> Any:
    return [text]


FIFTH_LOT = (
    Server(
        "clinic",
        (
            Endpoint("/api/v1/xray", "form", "image", beside=(("patient_id", "P-100"), ("view", "PA"))),
            Endpoint("/api/v1/compare", "json", "value", _compare),
        ),
        environment="fastapi",
    ),
    Server(
        "kiosk",
        (
            Endpoint("/api/detect?min_score=0.5", "raw"),
            Endpoint("/api/face", "data-uri", "face", _face, failure='"success":false'),
        ),
        environment="flask",
    ),
    Server(
        "gateway",
        (
            Endpoint("/v1/embeddings", "json", "image", _embeddings, fields=(("Authorization", "Bearer sk-test"),)),
            Endpoint("/ingest", "form", "document", beside=(("metadata", '{"source": "scanner"}'),)),
        ),
        environment="aiohttp",
    ),
    Server(
        "shop",
        (Endpoint("/visual-search", "json", "image", _search), Endpoint("/objects/cat.jpg", "raw", method="PUT")),
        environment="small",
    ),
    Server(
        "plants",
        (
            Endpoint("/v2/identify/all", "form", "images", beside=(("organs", "leaf"),)),
            Endpoint("/v2/identify/described", "json", "bytes", _described),
        ),
        environment="litestar",
    ),
    Server(
        "shapes",
        (
            Endpoint("/v1/models/shapes:predict", "rows", "instances", last=True),
            Endpoint("/torch/infer", "rows", "x"),
        ),
        environment="flask",
    ),
    Server(
        "registry",
        (
            Endpoint("/registry/photos", "json", "content", _json_api, media="application/vnd.api+json"),
            Endpoint("/registry/documents/", "form", "scan", beside=(("category", "passport"),)),
        ),
        environment="django",
    ),
    Server(
        "rpc",
        (
            Endpoint("/rpc", "json", "image", _rpc, failure='"error"'),
            Endpoint("/avatars/upload.php", "form", "userfile", beside=(("csrf", "a1b2"),)),
        ),
        environment="small",
    ),
    Server(
        "border",
        (
            Endpoint("/portrait", "raw"),
            Endpoint("/prints", "json", "print", _prints),
            Endpoint("/album", "json", "photos", _album),
        ),
        environment="flask",
    ),
)

FIFTH_TRUTHS: Mapping[str, Truth] = {
    "/api/v1/xray": Truth("image", needs=("patient_id", "view"), formats=("jpeg", "png")),
    "/api/v1/compare": Truth("$.items[*].media.value", "base64", ("ref", "encoding", "mime"), ALL_FORMATS),
    "/api/detect": Truth("", needs=("min_score",), formats=("jpeg", "png", "webp"), body=2_000_000),
    "/api/face": Truth("$.face", "data-uri", ("mode",), ("jpeg", "png")),
    "/v1/embeddings": Truth("$.input[*].image", "base64", ("model",), ALL_FORMATS),
    "/ingest": Truth("document", needs=("metadata",), formats=ALL_FORMATS),
    "/visual-search": Truth("$.query.image", "base64url-unpadded", ("limit",), ALL_FORMATS),
    "/objects/cat.jpg": Truth("", formats=("jpeg",), body=300_000),
    "/v2/identify/all": Truth("images", needs=("organs",), formats=ALL_FORMATS),
    "/v2/identify/described": Truth("$.picture.bytes", "base64", ("encoding",), ALL_FORMATS),
    "/registry/photos": Truth("$.data.attributes.content", "base64", ("type",), ALL_FORMATS),
    "/registry/documents/": Truth("scan", needs=("category",), formats=ALL_FORMATS),
    "/rpc": Truth("$.params.image", "base64", ("jsonrpc", "id", "method"), ALL_FORMATS),
    "/avatars/upload.php": Truth("userfile", needs=("csrf",), formats=("jpeg", "png")),
    "/portrait": Truth("", formats=("jpeg",), body=400_000, sides=(48, 1000)),
    "/prints": Truth("$.print", "hex", ("station", "finger"), ALL_FORMATS),
    "/album": Truth("$[*]", "base64", formats=ALL_FORMATS),
}
