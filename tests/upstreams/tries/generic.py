"""Presets of the four styles in which most models take pictures, on servers as tutorials have them."""

from collections.abc import Mapping

from corpus.make import picture
from upstreams.endpoint import Endpoint
from upstreams.tries.trial import (
    CURL,
    PHOTO,
    TEXT,
    URI,
    Trial,
    lax,
    no_pictures,
    pictures,
    posted,
    spelled,
    spelled_uris,
)
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
        {
            **_pixels(where),
            "a form": where.form(PHOTO, name="file"),
            "base64": where.carrying(TEXT.encode(), "image/jpeg"),
            "base64 in JSON": posted(where.path, {"image": TEXT}),
        },
        {"half a picture": (where.good(PHOTO[: len(PHOTO) // 2]), "image.truncated")},
        {"POST /predict": "POST /raw"},
    )


def _form(server: str) -> Trial:
    where = Endpoint("/predict", "form", "file")
    return Trial(
        "multipart",
        server,
        pictures(where),
        {
            **_pixels(where),
            "another part": where.form(PHOTO, name="photo"),
            "no file name": where.form(PHOTO, None, file_name=None),
            "raw bytes": where.carrying(PHOTO, "image/jpeg"),
            "base64 in JSON": posted(where.path, {"image": TEXT}),
            "no boundary": where.good(PHOTO).typed("multipart/form-data"),
        },
        {
            "half a picture": (where.good(PHOTO[: len(PHOTO) // 2]), "image.truncated"),
            "an empty part": (where.form(b""), "multipart.empty-part"),
        },
        {"POST /upload": "POST /predict"},
    )


def _mislaid(where: Endpoint, text: str) -> Mapping[str, Request]:
    """The same picture elsewhere, in another style, or under another type."""
    return {
        "another key": posted(where.path, {"img": text}),
        "too deep": posted(where.path, {"data": {"image": text}}),
        "raw bytes": where.carrying(PHOTO, "image/jpeg"),
        "a form": where.form(PHOTO, name="file"),
        "as curl -d": where.good(PHOTO).typed(CURL),
        "no type": where.good(PHOTO).typed(None),
        "single quotes": lax(where),
    }


def _json(server: str) -> Trial:
    where = Endpoint("/json", "json", "image")
    return Trial(
        "json-base64",
        server,
        pictures(where),
        {**_pixels(where), **spelled(where), **_mislaid(where, TEXT)},
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
        {**_pixels(_URI), **spelled_uris(_URI), **_mislaid(_URI, URI)},
        no_pictures(_URI, "data:image/jpeg;base64,"),
        {"POST /predict": "POST /uri"},
    ),
)
