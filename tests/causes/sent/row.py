"""One row: bytes of a client, the upstream's part, and the cause that has to be on record."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any, Literal

from corpus.make import picture
from raw.client import Step
from raw.upstream import Step as Part
from raw.upstream import request

Stage = Literal["plain", "ruled"]
"""Which proxy it goes through: one without rules, or one with `RULES` enforced."""

BOUNDARY = "----sent"
GOOD = picture("jpeg", size=(320, 200))
TEXT = base64.b64encode(GOOD).decode()
NOTHING = "400 Bad Request"


@dataclass(frozen=True, slots=True)
class Row:
    """`first`: the cause stands first in the diagnosis; else it is among its lines, the consequence of another.

    `told` are steps of the client, `plays` those of the upstream.
    """

    cause: str
    told: tuple[Step, ...]
    plays: tuple[Part, ...] = field(default=())
    first: bool = True
    stage: Stage = "plain"


def answer(status: str = NOTHING, body: str | bytes = "", *fields: str) -> tuple[Part, ...]:
    """The upstream reads a request and answers it."""
    data = body.encode() if isinstance(body, str) else body
    lines = "".join(f"{line}\r\n" for line in (*fields, f"Content-Length: {len(data)}"))
    return request, f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + data


def post(body: bytes | str, media: str | None, *fields: str, path: str = "/predict", method: str = "POST") -> bytes:
    """A request whose connection ends with its answer."""
    data = body.encode() if isinstance(body, str) else body
    declared = (f"Content-Type: {media}",) if media else ()
    lines = ("Host: model", "Connection: close", *declared, *fields, f"Content-Length: {len(data)}")
    head = "".join(f"{line}\r\n" for line in (f"{method} {path} HTTP/1.1", *lines, ""))
    return head.encode("latin-1") + data


def part(
    image: bytes = GOOD,
    name: str = "file",
    file_name: bytes | None = b"photo.jpg",
    media: str | None = "image/jpeg",
    *fields: str,
    line: bytes = b"\r\n",
    last: bool = True,
) -> bytes:
    """A form's body with one part."""
    named = b'; filename="%b"' % file_name if file_name is not None else b""
    head = [b"--" + BOUNDARY.encode(), b'Content-Disposition: form-data; name="%b"%b' % (name.encode(), named)]
    head += [b"Content-Type: " + media.encode()] if media else []
    end = [b"--" + BOUNDARY.encode() + b"--", b""] if last else []
    return line.join([*head, *(one.encode() for one in fields), b"", image, *end])


def form(body: bytes, boundary: str | None = BOUNDARY, path: str = "/predict") -> bytes:
    """A form, whose header names a boundary."""
    media = "multipart/form-data" + (f"; boundary={boundary}" if boundary else "")
    return post(body, media, path=path)


def text(value: Any, key: str = "image") -> bytes:
    """JSON with a value in the image's place."""
    return post(json.dumps({key: value}), "application/json")


def document(value: Any, path: str = "/predict") -> bytes:
    """Any JSON."""
    return post(json.dumps(value), "application/json", path=path)


def missing(*where: str | int) -> tuple[Part, ...]:
    """FastAPI's refusal of a request in which it misses something."""
    told = {"detail": [{"type": "missing", "loc": ["body", *where], "msg": "Field required", "input": None}]}
    return answer("422 Unprocessable Entity", json.dumps(told))


def error(words: str, status: str = NOTHING) -> tuple[Part, ...]:
    """A refusal with words."""
    return answer(status, json.dumps({"error": words}), "Content-Type: application/json")
