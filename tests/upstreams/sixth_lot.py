"""The sixth lot of servers that a probe had not met: six small ones, asked once after what the fifth showed was mended."""

from collections.abc import Mapping
from typing import Any

from upstreams.endpoint import Endpoint
from upstreams.fleet import Server
from upstreams.strange_fleet import ALL_FORMATS, Truth


def _read(name: str, text: Any) -> Any:
    return {"label": {name: text, "content_type": "image/jpeg"}, "depot": 12}


def _describe(name: str, text: Any) -> Any:
    return {"tile": {name: text}, "crs": "EPSG:3857"}


def _infer(name: str, text: Any) -> Any:
    return {"inputs": {"image": {name: text, "format": "jpeg"}}, "params": {"threshold": 0.5}}


def _frames(name: str, text: Any) -> Any:
    return [{"ts": 1700000000, name: text}]


def _hook(name: str, text: Any) -> Any:
    return {"event": "image.created", "payload": {name: text}}


def _notes(name: str, text: Any) -> Any:
    return {"note": "as found", "attachments": [{"name": "a.jpg", name: text}]}


SIXTH_LOT = (
    Server(
        "parcel",
        (
            Endpoint("/parcels/77/damage", "form", "photos", beside=(("reported_by", "depot 12"),)),
            Endpoint("/labels/read", "json", "content", _read),
        ),
        environment="fastapi",
    ),
    Server(
        "atlas",
        (
            Endpoint("/tiles/score", "raw", fields=(("X-Tile-Zoom", "12"),)),
            Endpoint("/tiles/describe", "data-uri", "src", _describe),
        ),
        environment="litestar",
    ),
    Server("infer", (Endpoint("/infer", "json", "data", _infer),), environment="small"),
    Server(
        "legacy",
        (
            Endpoint("/cgi-bin/upload", "form", "Filedata", beside=(("Filename", "photo.jpg"),), failure="ERROR:"),
            Endpoint("/frames", "json", "jpeg", _frames),
            Endpoint("/snap?cam=3", "raw"),
        ),
        environment="flask",
    ),
    Server(
        "hooks",
        (
            Endpoint("/hooks/image", "json", "image_base64", _hook, fields=(("X-Hook-Key", "h00k"),)),
            Endpoint("/books/cover", "form", "cover", beside=(("isbn", "9783161484100"),)),
        ),
        environment="django",
    ),
    Server(
        "notes",
        (Endpoint("/notes", "json", "data", _notes),),
        environment="litestar",
    ),
)

SIXTH_TRUTHS: Mapping[str, Truth] = {
    "/parcels/77/damage": Truth("photos", needs=("reported_by",), formats=ALL_FORMATS),
    "/labels/read": Truth("$.label.content", "base64", ("content_type", "depot"), ("jpeg", "png")),
    "/tiles/score": Truth("", needs=("X-Tile-Zoom",), formats=ALL_FORMATS, body=1_500_000),
    "/tiles/describe": Truth("$.tile.src", "data-uri", ("crs",), ALL_FORMATS),
    "/infer": Truth("$.inputs.image.data", "base64", ("format", "threshold"), ALL_FORMATS),
    "/cgi-bin/upload": Truth("Filedata", needs=("Filename",), formats=ALL_FORMATS),
    "/frames": Truth("$[*].jpeg", "base64", ("ts",), ("jpeg",)),
    "/snap": Truth("", needs=("cam",), formats=("jpeg", "png"), body=250_000, sides=(40, 800)),
    "/hooks/image": Truth("$.payload.image_base64", "base64", ("event",), ("jpeg", "png", "webp")),
    "/books/cover": Truth("cover", needs=("isbn",), formats=ALL_FORMATS),
    "/notes": Truth("$.attachments[*].data", "base64", ("note", "name"), ALL_FORMATS),
}
