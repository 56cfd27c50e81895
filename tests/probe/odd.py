"""Servers unlike our own, each odd in its own way: what they want beside an image, and how they say no."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Thread
from typing import Any

from probe.models import Model, body, content_type, key, part
from why400.probe.experiment import Answer, Experiment

Odd = Callable[[Experiment], Answer]


def said(status: int, document: Any) -> Answer:
    return Answer(status, "application/json", json.dumps(document).encode())


def value_of(request: Experiment, name: bytes) -> bytes | None:
    return next((value for one, value in request.fields if one.lower() == name), None)


def in_words(why: str) -> Any:
    return {"error": why}


def two_parts(request: Experiment) -> Answer:
    """A part `meta` beside the picture, asked for as FastAPI does."""
    if "boundary=" in content_type(request) and b'name="meta"' not in request.body:
        return said(422, {"detail": [{"type": "missing", "loc": ["body", "meta"], "msg": "Field required"}]})
    return Model(part("file"), most=3_000_000)(request)


def published_part(request: Experiment) -> Answer:
    """A part `model`, told in the OpenAPI document alone: its refusals say nothing."""
    if request.method == "GET":
        schema = {
            "required": ["image", "model"],
            "properties": {
                "image": {"type": "string", "format": "binary"},
                "model": {"type": "string", "default": "v2"},
            },
        }
        content = {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Body"}}}
        paths = {"/predict": {"post": {"requestBody": {"content": content}}}}
        return said(200, {"paths": paths, "components": {"schemas": {"Body": schema}}})
    if b'name="model"\r\n\r\nv2\r\n' not in request.body:
        return Answer(400)
    return Model(part("image"))(request)


def uris_in_a_list(request: Experiment) -> Answer:
    """A JSON list of data URIs."""

    def find(asked: Experiment) -> bytes:
        images = json.loads(asked.body)["images"]
        if not isinstance(images, list) or not all(str(one).startswith("data:image/") for one in images):
            raise ValueError("images: a list of data URIs")
        return base64.b64decode(images[0].partition(",")[2], validate=True)

    return Model(find, words=in_words)(request)


def error_in_200(request: Experiment) -> Answer:
    """200 for everything, with an error inside where it refused."""
    return Model(key("img"), always_200=True, words=in_words)(request)


def a_header(request: Experiment) -> Answer:
    """A field of the head, named in the refusal."""
    if value_of(request, b"x-model-version") is None:
        return said(400, {"error": "missing required header: X-Model-Version"})
    return Model(body, formats=("JPEG", "PNG"))(request)


def all_500(request: Experiment) -> Answer:
    """500 for whatever is wrong."""
    return Model(part("upload"), refusal=500, words=lambda why: "Internal Server Error")(request)


def a_query(request: Experiment) -> Answer:
    """A parameter of the query, one of two choices."""
    if "task=classify" not in request.target:
        message = "Input should be 'classify' or 'embed'"
        return said(422, {"detail": [{"type": "literal_error", "loc": ["query", "task"], "msg": message}]})
    return Model(body)(replace(request, target="/predict"))


def a_sibling(request: Experiment) -> Answer:
    """A key beside the image, in an object of its own."""

    def find(asked: Experiment) -> bytes:
        document = json.loads(asked.body)
        if "task" not in document:
            raise ValueError("field 'task' is required")
        return base64.b64decode(document["image"])

    return Model(find, words=in_words)(request)


def in_an_object(request: Experiment) -> Answer:
    """The image inside an object."""
    return Model(key("input", "image"), words=in_words)(request)


REQUESTS = count(1)


def counting(request: Experiment) -> Answer:
    """Every ninth request is one too many."""
    return Answer(429) if next(REQUESTS) % 9 == 0 else Model(body)(request)


@contextmanager
def served(odd: Odd) -> Iterator[str]:
    """It, on a real socket; gives its base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            fields = tuple((name.encode("latin-1"), value.encode("latin-1")) for name, value in self.headers.items())
            answer = odd(Experiment("", self.command, self.path, fields, self.rfile.read(size)))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media_type or "text/plain")
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
