"""An endpoint of a real server: where it is, in which style it takes an image, and a good request for it."""

import base64
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from PIL import Image

from upstreams.wire import BOUNDARY, Headers, Request

Style = Literal["raw", "form", "json", "data-uri", "v2", "rows"]
"""`v2`: numbers in a tensor of the Open Inference Protocol; `rows`: numbers in nested lists."""
SIDE = 8
"""Of the pictures that are sent as numbers."""


def _text_part(name: str, value: str, line: bytes) -> bytes:
    head = (f"--{BOUNDARY}", f'Content-Disposition: form-data; name="{name}"', "", value, "")
    return line.join(one.encode() for one in head)


def _flat(name: str, value: Any) -> Any:
    return {name: value}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One endpoint. `name` is its part or key; `document` makes the JSON around an image's text.

    `given`: nobody guesses its document, so a probe is given one. `faults`: it fails by itself where a field `X-Fault` asks for it.
    `fields` are sent with each request, `beside` are text parts that its form needs.
    `last`: numbers come with the channels last. `media`: the type of its JSON. `failure`: what its errors have in a 200.
    """

    path: str
    style: Style
    name: str = ""
    document: Callable[[str, Any], Any] = _flat
    faults: bool = False
    given: bool = False
    fields: Headers = ()
    beside: tuple[tuple[str, str], ...] = ()
    method: str = "POST"
    last: bool = False
    media: str = "application/json"
    failure: str = ""

    @property
    def spells(self) -> bool:
        """The image travels as text in JSON."""
        return self.style in ("json", "data-uri")

    def good(self, image: bytes, media_type: str = "image/jpeg") -> Request:
        """A request as the server's author means it."""
        if self.style == "raw":
            return self.carrying(image, media_type)
        if self.style == "form":
            return self.form(image, media_type)
        if self.style in ("v2", "rows"):
            return self.json(json.dumps(self.around(self.pixels(image))))
        return self.text(self.spelled(image, media_type))

    def carrying(self, body: bytes, media_type: str | None) -> Request:
        """Any body of any type."""
        own = (("Content-Type", media_type),) if media_type else ()
        return Request(self.path, (*self.fields, *own), body, self.method)

    def pixels(self, image: bytes) -> Any:
        """A batch of one picture as nested lists of numbers between 0 and 1, in the order of this endpoint."""
        colors = Image.open(io.BytesIO(image)).convert("RGB").resize((SIDE, SIDE))
        channels = [[value / 255 for value in band.get_flattened_data()] for band in colors.split()]
        first = [
            [[round(value, 3) for value in band[at : at + SIDE]] for at in range(0, SIDE**2, SIDE)] for band in channels
        ]
        if not self.last:
            return [first]
        return [[[[band[y][x] for band in first] for x in range(SIDE)] for y in range(SIDE)]]

    def spelled(self, image: bytes, media_type: str = "image/jpeg") -> str:
        """The image as this endpoint's JSON has it."""
        text = base64.b64encode(image).decode()
        return f"data:{media_type};base64,{text}" if self.style == "data-uri" else text

    def around(self, value: Any, name: str | None = None) -> Any:
        """This endpoint's document with a value in the image's place, under its key or another."""
        return self.document(self.name if name is None else name, value)

    def text(self, text: str) -> Request:
        """A JSON request with this text in the image's place."""
        return self.json(json.dumps(self.around(text)))

    def json(self, body: str | bytes) -> Request:
        """Any text, sent as JSON."""
        return self.carrying(body.encode() if isinstance(body, str) else body, self.media)

    def form(
        self,
        image: bytes,
        media_type: str | None = "image/jpeg",
        name: str | None = None,
        file_name: str | None = "photo.jpg",
        line: bytes = b"\r\n",
    ) -> Request:
        """A form with the image as its one part."""
        named = b'; filename="%b"' % file_name.encode() if file_name else b""
        disposition = b'Content-Disposition: form-data; name="%b"%b' % ((name or self.name).encode(), named)
        head = [b"--" + BOUNDARY.encode(), disposition]
        head += [b"Content-Type: " + media_type.encode()] if media_type else []
        beside = b"".join(_text_part(*one, line) for one in self.beside)
        body = beside + line.join([*head, b"", image, b"--" + BOUNDARY.encode() + b"--", b""])
        return self.carrying(body, f"multipart/form-data; boundary={BOUNDARY}")
