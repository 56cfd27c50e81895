"""What is tried of a preset: requests as a server means them, and mistakes that a preset mends or names."""

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.make import picture
from upstreams.drive import good_pictures
from upstreams.endpoint import Endpoint
from upstreams.wire import Request

PHOTO = good_pictures()[0]
"""A JPEG whose base64 has padding, and both of the digits that the alphabets differ in."""

DRAWING = picture("png")
TEXT = base64.b64encode(PHOTO).decode()
URI = "data:image/jpeg;base64," + TEXT
HALF = base64.b64encode(PHOTO[: len(PHOTO) // 2 // 3 * 3]).decode()
LINK = "http://127.0.0.1:9/cat.jpg"
PATH = "/home/me/photos/cat.jpg"
CURL = "application/x-www-form-urlencoded"

Rejected = Mapping[str, tuple[Request, str]]


@dataclass(frozen=True, slots=True)
class Trial:
    """A preset before a real server.

    `good` is taken as it is and passes untouched. `mended` is refused by the server and taken once fixed. `rejected`
    is refused by the server and by us, with that cause first. `here` is what of the preset's text is called otherwise
    on this server: its paths and names.
    """

    preset: str
    server: str
    good: Mapping[str, Request]
    mended: Mapping[str, Request]
    rejected: Rejected
    here: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.preset}-{self.server}"


def pictures(where: Endpoint) -> dict[str, Request]:
    """Good requests: several pictures as the endpoint takes them."""
    return {"a photo": where.good(PHOTO), "a drawing": where.good(DRAWING, "image/png")}


def spelled(where: Endpoint, *but: str) -> dict[str, Request]:
    """Texts that are base64 in another spelling, each refused by a plain b64decode, or decoded to garbage."""
    texts = {
        "a data URI": URI,
        "the url-safe alphabet": TEXT.replace("+", "-").replace("/", "_"),
        "no padding": TEXT.rstrip("="),
        "Python's bytes": f"b'{TEXT}'",
        "base64 twice": base64.b64encode(TEXT.encode()).decode(),
    }
    return {name: where.text(text) for name, text in texts.items() if name not in but}


def spelled_uris(where: Endpoint, *but: str) -> dict[str, Request]:
    """The same where a data URI is wanted."""
    texts = {
        "base64 alone": TEXT,
        "the url-safe alphabet": "data:image/jpeg;base64," + TEXT.replace("+", "-").replace("/", "_"),
        "no padding": URI.rstrip("="),
        "a URI without data:": URI.removeprefix("data:"),
    }
    return {name: where.text(text) for name, text in texts.items() if name not in but}


def no_pictures(where: Endpoint, before: str = "") -> dict[str, tuple[Request, str]]:
    """Texts that no fix can make a picture of; `before` is what a data URI has in front."""
    return {
        "a path": (where.text(PATH), "base64.is-reference"),
        "half a picture": (where.text(before + HALF), "image.truncated"),
        "an empty text": (where.text(""), "image.empty"),
        "a number": (where.json(json.dumps(where.around(17))), "json.wrong-type"),
    }


def posted(path: str, document: Any, media_type: str | None = "application/json", method: str = "POST") -> Request:
    """A JSON document."""
    headers = (("Content-Type", media_type),) if media_type else ()
    return Request(path, headers, json.dumps(document).encode(), method)


def lax(where: Endpoint) -> Request:
    """A good document as Python prints it."""
    return where.json(str(where.around(where.spelled(PHOTO))))


def named(tries: Iterable[Trial]) -> dict[str, Trial]:
    """By a name each."""
    return {str(one): one for one in tries}
