"""Presets of servers that take the picture as text in JSON."""

import json
from typing import Any

from upstreams.endpoint import Endpoint
from upstreams.fleet import MORE
from upstreams.tries.trial import (
    CURL,
    LINK,
    PATH,
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


def _of(name: str) -> Endpoint:
    return next(server for server in MORE if server.name == name).endpoints[0]


def _input(name: str, text: Any) -> Any:
    return {"input": {name: text}}


def _files(name: str, text: Any) -> Any:
    return {"data": [{name: text}, 0.5]}


def _chat(name: str, text: Any) -> Any:
    question = {"role": "user", "content": [{"type": "text", "text": "which?"}, {"type": name, name: {"url": text}}]}
    return {"model": "lit", "messages": [{"role": "system", "content": "be brief"}, question]}


_LIT = Endpoint("/predict", "json", "image_data")
_AZURE = Endpoint("/score", "json", "data")
_COG = Endpoint("/predictions", "data-uri", "image", _input)
_GRADIO = Endpoint("/gradio_api/run/predict", "data-uri", "url", _files)
_UPLOAD = Endpoint("/gradio_api/upload", "form", "files")
_OPENAI = Endpoint("/v1/chat/completions", "data-uri", "image_url", _chat)
_KSERVE, _MLFLOW = _of("kserve"), _of("mlflow")


def _instead_of_json(where: Endpoint) -> dict[str, Request]:
    return {"raw bytes": where.carrying(PHOTO, "image/jpeg"), "a form": where.form(PHOTO, name="file")}


def _frame(rows: list[list[Any]]) -> Any:
    return {"dataframe_split": {"columns": ["image"], "data": rows}}


TRIES = (
    Trial(
        "litserve",
        "litserve",
        {**pictures(_LIT), "more keys": posted("/predict", {"image_data": TEXT, "top": 3})},
        {
            **spelled(_LIT),
            **_instead_of_json(_LIT),
            "another key": posted("/predict", {"image": TEXT}),
            "a list": posted("/predict", {"image_data": [TEXT]}),
            "too deep": posted("/predict", {"data": {"image_data": TEXT}}),
            "as curl -d": _LIT.good(PHOTO).typed(CURL),
            "single quotes": lax(_LIT),
        },
        {**no_pictures(_LIT), "nothing": (posted("/predict", {"top": 3}), "json.missing-field")},
    ),
    Trial(
        "azure-ml",
        "azureml",
        {**pictures(_AZURE), "a charset": _AZURE.good(PHOTO).typed("application/json; charset=utf-8")},
        {
            **spelled(_AZURE),
            **_instead_of_json(_AZURE),
            "another key": posted("/score", {"image": TEXT}),
            "as curl -d": _AZURE.good(PHOTO).typed(CURL),
            "single quotes": lax(_AZURE),
            "a byte order mark": _AZURE.json(b"\xef\xbb\xbf" + _AZURE.good(PHOTO).body),
        },
        {**no_pictures(_AZURE), "nothing": (posted("/score", {"top": 3}), "json.missing-field")},
    ),
    Trial(
        "cog",
        "cog",
        {
            **pictures(_COG),
            "idempotent": _COG.good(PHOTO).but(method="PUT", path="/predictions/abc"),
            "more inputs": posted("/predictions", {"input": {"image": URI, "top": 2}, "id": "of-mine"}),
        },
        {
            **spelled_uris(_COG),
            **_instead_of_json(_COG),
            "no input around it": posted("/predictions", {"image": URI}),
            "another name": posted("/predictions", {"input": {"img": URI}}),
            "a list": posted("/predictions", {"input": {"image": [URI]}}),
            "as curl -d": _COG.good(PHOTO).typed(CURL),
            "text": _COG.good(PHOTO).typed("text/plain"),
            "no type": _COG.good(PHOTO).typed(None),
            "single quotes": lax(_COG),
            "a byte order mark": _COG.json(b"\xef\xbb\xbf" + _COG.good(PHOTO).body),
        },
        no_pictures(_COG, "data:image/jpeg;base64,"),
    ),
    Trial(
        "gradio",
        "gradio_image",
        {
            **pictures(_GRADIO),
            "an upload": _UPLOAD.good(PHOTO),
            "an upload of text": _UPLOAD.form(b"hello", "text/plain", file_name="a.txt"),
            "for later": _GRADIO.good(PHOTO).but(path="/gradio_api/call/predict"),
        },
        {
            **spelled_uris(_GRADIO),
            "a data URI alone": posted(_GRADIO.path, {"data": [URI, 0.5]}),
            "base64 alone": posted(_GRADIO.path, {"data": [TEXT, 0.5]}),
            "text": _GRADIO.good(PHOTO).typed("text/plain"),
            "no type": _GRADIO.good(PHOTO).typed(None),
            "an upload without a boundary": _UPLOAD.good(PHOTO).typed("multipart/form-data"),
            "an upload of bare LF": _UPLOAD.form(PHOTO, line=b"\n"),
        },
        {
            "a path": (posted(_GRADIO.path, {"data": [{"url": PATH}, 0.5]}), "base64.is-reference"),
            "a number": (posted(_GRADIO.path, {"data": [{"url": 7}, 0.5]}), "json.wrong-type"),
            "half a picture": no_pictures(_GRADIO, "data:image/jpeg;base64,")["half a picture"],
            "a raw upload": (_UPLOAD.carrying(PHOTO, "image/jpeg"), "multipart.no-boundary"),
        },
    ),
    Trial(
        "openai-vision",
        "litserve_openai",
        {
            **pictures(_OPENAI),
            "a link": _OPENAI.text(LINK),
            "no image": posted(_OPENAI.path, {"model": "lit", "messages": [{"role": "user", "content": "hello"}]}),
            "two": posted(
                _OPENAI.path,
                {
                    "model": "lit",
                    "messages": [
                        {
                            "role": "user",
                            "content": [{"type": "image_url", "image_url": {"url": URI, "detail": "low"}}],
                        },
                        {"role": "assistant", "content": "blue"},
                        {"role": "user", "content": [{"type": "image_url", "image_url": {"url": URI}}]},
                    ],
                },
            ),
        },
        {
            **spelled_uris(_OPENAI, "a URI without data:"),
            "a bare image_url": posted(
                _OPENAI.path,
                {
                    "model": "lit",
                    "messages": [
                        {"role": "system", "content": "be brief"},
                        {"role": "user", "content": [{"type": "image_url", "image_url": URI}]},
                    ],
                },
            ),
            "text": _OPENAI.good(PHOTO).typed("text/plain"),
            "no type": _OPENAI.good(PHOTO).typed(None),
        },
        {
            "a path": (_OPENAI.text(PATH), "base64.is-reference"),
            "half a picture": no_pictures(_OPENAI, "data:image/jpeg;base64,")["half a picture"],
        },
    ),
    Trial(
        "mlflow",
        "mlflow",
        {
            **pictures(_MLFLOW),
            "two rows": posted("/invocations", _frame([[TEXT], [TEXT]])),
            "records": posted("/invocations", {"dataframe_records": [{"image": TEXT}]}),
            "instances": posted("/invocations", {"instances": [{"image": TEXT}]}),
            "inputs": posted("/invocations", {"inputs": {"image": [TEXT]}}),
        },
        {
            **spelled(_MLFLOW),
            "as curl -d": _MLFLOW.good(PHOTO).typed(CURL),
            "text": _MLFLOW.good(PHOTO).typed("text/plain"),
            "no type": _MLFLOW.good(PHOTO).typed(None),
            "no type for two rows": posted("/invocations", _frame([[TEXT], [TEXT]]), None),
        },
        {
            **no_pictures(_MLFLOW),
            "raw bytes": (_MLFLOW.carrying(PHOTO, "image/jpeg"), "content-type.not-accepted"),
        },
    ),
    Trial(
        "kserve-v1",
        "kserve",
        {
            **pictures(_KSERVE),
            "octets": _KSERVE.good(PHOTO).typed("application/octet-stream"),
            "two": posted(_KSERVE.path, {"instances": [{"image": {"b64": TEXT}}, {"image": {"b64": TEXT}}]}),
        },
        {
            **spelled(_KSERVE),
            **_instead_of_json(_KSERVE),
            "no b64 around it": posted(_KSERVE.path, {"instances": [{"image": TEXT}]}),
            "as curl -d": _KSERVE.good(PHOTO).typed(CURL),
            "text": _KSERVE.good(PHOTO).typed("text/plain"),
            "single quotes": lax(_KSERVE),
            "a byte order mark": _KSERVE.json(b"\xef\xbb\xbf" + _KSERVE.good(PHOTO).body),
        },
        {
            **no_pictures(_KSERVE),
            "nothing": (_KSERVE.json(json.dumps({"instances": [{"top": 3}]})), "json.missing-field"),
        },
    ),
)
