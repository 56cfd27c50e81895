"""Little models as functions from a request to an answer, each strict in its own way. No sockets."""

import base64
import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from why400.probe.experiment import Answer, Experiment


@dataclass(frozen=True, slots=True)
class Model:
    """What it takes. `find` reads the image's bytes out of a request, and raises where it is not there."""

    find: "Find"
    path: str = "/predict"
    method: str = "POST"
    formats: tuple[str, ...] = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
    modes: tuple[str, ...] = ("RGB",)
    convert: bool = False
    upright: bool = False
    types: tuple[str, ...] = ()
    most: int | None = None
    sides: tuple[int, int] = (1, 100_000)
    refusal: int = 400
    words: Callable[[str], Any] = field(default=lambda why: {"error": "bad request"})
    always_200: bool = False

    def __call__(self, request: Experiment) -> Answer:
        if request.target != self.path:
            return Answer(404)
        if request.method != self.method:
            return Answer(405, allow=self.method)
        if self.most is not None and len(request.body) > self.most:
            return Answer(413, "text/plain", b"too large")
        try:
            return _json(200, self._predict(request))
        except Exception as why:
            return _json(200 if self.always_200 else self.refusal, self.words(str(why)))

    def _predict(self, request: Experiment) -> dict[str, Any]:
        kind = content_type(request)
        if self.types and kind not in self.types:
            raise ValueError(f"type {kind}")
        picture = Image.open(io.BytesIO(self.find(request)))
        if picture.format not in self.formats:
            raise ValueError(f"format {picture.format}")
        if not self.sides[0] <= min(picture.size) <= max(picture.size) <= self.sides[1]:
            raise ValueError(f"expected {self.sides[1]}x{self.sides[1]}")
        if self.upright:
            picture = ImageOps.exif_transpose(picture)
        if self.convert:
            picture = picture.convert("RGB")
        if picture.mode not in self.modes:
            raise ValueError(f"mode {picture.mode}")
        return {"label": label(picture), "time": id(request)}


Find = Callable[[Experiment], bytes]


def label(picture: Image.Image) -> str:
    """Which edge of the picture is the darkest: it changes with the orientation, and where alpha is dropped."""
    levels = np.asarray(picture.convert("L").resize((16, 16)), dtype=np.float64)
    edges = {"top": levels[:5], "bottom": levels[11:], "left": levels[:, :5], "right": levels[:, 11:]}
    means = {name: round(float(edge.mean()) / 16) for name, edge in edges.items()}
    return min(means, key=lambda name: means[name]) + f" {min(means.values())}"


def content_type(request: Experiment) -> str:
    """The media type with its parameters."""
    return next((value.decode() for name, value in request.fields if name == b"Content-Type"), "")


def body(request: Experiment) -> bytes:
    """The image is the body."""
    return request.body


def part(name: str) -> Find:
    """The image is a file of a form."""

    def find(request: Experiment) -> bytes:
        kind = content_type(request)
        if "boundary=" not in kind:
            raise KeyError(name)
        message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + request.body)
        for one in message.iter_parts():
            if one.get_param("name", header="content-disposition") == name and one.get_filename():
                raw = re.search(
                    rb'name="' + re.escape(name.encode()) + rb'".*?\r\n\r\n(.*?)\r\n--', request.body, re.DOTALL
                )
                return raw[1] if raw else b""
        raise KeyError(name)

    return find


def key(*path: str | int, strict: bool = False, uri: bool = False, alone: bool = False) -> Find:
    """The image is base64 in JSON. `alone`: a document with other keys beside is refused."""

    def find(request: Experiment) -> bytes:
        if content_type(request).partition(";")[0] != "application/json":
            raise TypeError("no JSON")
        document = json.loads(request.body)
        if alone and len(document) > 1:
            raise ValueError("extra fields not permitted")
        for step in path:
            document = document[step]
        head, comma, text = document.partition(",")
        if uri and not (comma and head.startswith("data:image/")):
            raise ValueError("no data URI")
        return base64.b64decode(text if uri else document, validate=strict)

    return find


def _json(status: int, document: Any) -> Answer:
    return Answer(status, "application/json", json.dumps(document).encode())
