"""Presets of the four styles in which most models take pictures, on servers as tutorials have them."""

from collections.abc import Mapping

from corpus.make import picture
from upstreams.endpoint import Endpoint
from upstreams.tries.trial import PHOTO, Trial, no_pictures, pictures, spelled, spelled_uris
from upstreams.wire import Request


def _pixels(where: Endpoint) -> Mapping[str, Request]:
    """Pictures that a model of three channels refuses, and that become ones it takes."""
    return {
        "an alpha channel": where.good(picture("png", "rgba"), "image/png"),
        "gray": where.good(picture("jpeg", "gray")),
        "a palette": where.good(picture("png", "palette"), "image/png"),
    }


def _raw(server: str) -> Trial:
    where = Endpoint("/raw", "raw")
    return Trial(
        "raw-body",
        server,
        pictures(where),
        _pixels(where),
        {
            "half a picture": (where.good(PHOTO[: len(PHOTO) // 2]), "image.truncated"),
            "a form": (where.form(PHOTO, name="file"), "content-type.multipart-for-raw"),
        },
        {"POST /predict": "POST /raw"},
    )


def _form(server: str) -> Trial:
    where = Endpoint("/predict", "form", "file")
    return Trial(
        "multipart",
        server,
        pictures(where),
        _pixels(where),
        {
            "half a picture": (where.good(PHOTO[: len(PHOTO) // 2]), "image.truncated"),
            "another part": (where.form(PHOTO, name="photo"), "multipart.part-name"),
            "raw bytes": (where.carrying(PHOTO, "image/jpeg"), "content-type.raw-for-multipart"),
        },
        {"POST /upload": "POST /predict"},
    )


def _json(server: str) -> Trial:
    where = Endpoint("/json", "json", "image")
    return Trial(
        "json-base64",
        server,
        pictures(where),
        {**_pixels(where), **spelled(where)},
        no_pictures(where),
        {"POST /predict-json": "POST /json"},
    )


_URI = Endpoint("/uri", "data-uri", "image")
TRIES = (
    *(make(server) for make in (_raw, _form, _json) for server in ("flask", "fastapi")),
    Trial(
        "data-uri",
        "fastapi",
        pictures(_URI),
        {**_pixels(_URI), **spelled_uris(_URI)},
        no_pictures(_URI, "data:image/jpeg;base64,"),
        {"POST /predict": "POST /uri"},
    ),
)
