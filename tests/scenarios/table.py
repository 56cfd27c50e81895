"""The scenarios, as data: what is sent, what the model says straight, what is wrong, and what the rules make of it.

The labels come from what was broken here, not from what the program says of it.
"""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass

from scenarios.kit import Kit
from scenarios.requests import Request, base64_text, form, json_image, json_text, png_form, raw
from why400.demo import samples as draw
from why400.demo.model import RAW_LIMIT, UPLOAD_LIMIT

FLASK_PAGE = "could not understand"
"""In Werkzeug's page for a bare 400: it says that something is wrong, and nothing of what."""

FIXED = 200


@dataclass(frozen=True, slots=True)
class Scenario:
    """One mistake.

    `status` and `words` are the model's own answer, straight. `causes` are the codes of what was broken: the first
    cause named has to be one of them (several where one mistake breaks several things). `enforced` is the status
    with the shipped rules in enforce mode; 200 means fixed, and the right digit.
    """

    name: str
    build: Callable[[Kit], Request]
    status: int
    words: str
    causes: tuple[str, ...]
    enforced: int


HTML = b"<!DOCTYPE html><html><head><title>404 Not Found</title></head><body>No such picture.</body></html>"


def as_text(data: bytes) -> bytes:
    """What becomes of bytes that somebody read as UTF-8 text and wrote again."""
    return data.decode("utf-8", "replace").encode()


def shell_json(kit: Kit) -> Request:
    """A JSON made in a shell: `base64` breaks lines, and the breaks stand raw inside the string."""
    return json_text(f'{{"image": "{base64.encodebytes(kit.jpeg).decode()}"}}')


CONTENT_TYPES = (
    Scenario("no content type", lambda k: raw(k.jpeg, None), 400, FLASK_PAGE, ("content-type.missing",), FIXED),
    Scenario(
        "declared as octet-stream",
        lambda k: raw(k.jpeg, "application/octet-stream"),
        400,
        FLASK_PAGE,
        ("content-type.image-type-wrong", "content-type.not-accepted"),
        FIXED,
    ),
    Scenario(
        "curl's form default",
        lambda k: raw(k.jpeg, "application/x-www-form-urlencoded"),
        400,
        FLASK_PAGE,
        ("content-type.image-type-wrong", "content-type.not-accepted"),
        FIXED,
    ),
    Scenario(
        "image/jpg",
        lambda k: raw(k.jpeg, "image/jpg"),
        400,
        FLASK_PAGE,
        ("content-type.image-type-wrong", "content-type.not-accepted"),
        FIXED,
    ),
)

ENCODINGS = (
    Scenario(
        "raw bytes where JSON is expected",
        lambda k: json_text(k.jpeg),
        400,
        FLASK_PAGE,
        ("content-type.image-as-json", "base64.expected"),
        400,
    ),
    Scenario(
        "base64 where raw bytes are expected",
        lambda k: raw(base64_text(k.jpeg).encode()),
        400,
        FLASK_PAGE,
        ("base64.unexpected",),
        FIXED,
    ),
    Scenario(
        "data URI",
        lambda k: json_image("data:image/jpeg;base64," + base64_text(k.jpeg)),
        400,
        "cannot identify image file",
        ("data-uri.unexpected",),
        FIXED,
    ),
    Scenario(
        "base64 of base64",
        lambda k: json_image(base64_text(base64_text(k.jpeg).encode())),
        400,
        "cannot identify image file",
        ("base64.double",),
        FIXED,
    ),
    Scenario(
        "Python's repr of bytes",
        lambda k: json_image(repr(base64_text(k.jpeg).encode())),
        400,
        "cannot identify image file",
        ("base64.illegal-char",),
        FIXED,
    ),
    Scenario(
        "url-safe alphabet",
        lambda k: json_image(base64.urlsafe_b64encode(k.jpeg).decode()),
        400,
        "cannot identify image file",
        ("base64.urlsafe",),
        FIXED,
    ),
    Scenario(
        "padding missing",
        lambda k: json_image(base64_text(k.jpeg).rstrip("=")),
        400,
        "Incorrect padding",
        ("base64.padding",),
        FIXED,
    ),
    Scenario("line breaks inside the JSON string", shell_json, 400, FLASK_PAGE, ("base64.whitespace",), FIXED),
)

COLORS = (
    Scenario(
        "PNG where JPEG is expected",
        lambda k: raw(draw.png(k.picture), "image/png"),
        400,
        FLASK_PAGE,
        ("image.format-mismatch", "image.format-unsupported", "content-type.not-accepted"),
        FIXED,
    ),
    Scenario(
        "PNG that says it is a JPEG",
        lambda k: raw(draw.png(k.picture)),
        400,
        FLASK_PAGE,
        ("content-type.image-type-wrong", "image.format-mismatch"),
        FIXED,
    ),
    Scenario(
        "alpha",
        lambda k: png_form(draw.png(draw.transparent(k.picture))),
        400,
        "mismatch in its core dimension",
        ("image.alpha",),
        FIXED,
    ),
    Scenario(
        "gray and alpha",
        lambda k: png_form(draw.png(draw.gray_transparent(k.picture))),
        400,
        "mismatch in its core dimension",
        ("image.alpha", "image.gray"),
        FIXED,
    ),
    Scenario(
        "palette",
        lambda k: png_form(draw.png(draw.palette(k.picture))),
        400,
        "not enough values to unpack",
        ("image.palette",),
        FIXED,
    ),
    Scenario(
        "gray",
        lambda k: form(draw.jpeg(draw.gray(k.picture))),
        400,
        "not enough values to unpack",
        ("image.gray",),
        FIXED,
    ),
    Scenario("four inks", lambda k: raw(draw.cmyk_jpeg(k.picture)), 400, FLASK_PAGE, ("image.cmyk",), FIXED),
    Scenario(
        "16 bit",
        lambda k: png_form(draw.png(draw.deep_gray(k.picture))),
        400,
        "not enough values to unpack",
        ("image.depth", "image.gray"),
        FIXED,
    ),
)

LIMITS = (
    Scenario(
        "over a limit that says 400",
        lambda k: raw(draw.large_jpeg(k.picture, RAW_LIMIT + 1)),
        400,
        FLASK_PAGE,
        ("limit.body-size",),
        413,
    ),
    Scenario(
        "over a limit that says 413",
        lambda k: form(draw.large_jpeg(k.picture, UPLOAD_LIMIT + 1)),
        413,
        "exceeds the capacity limit",
        ("limit.body-size",),
        413,
    ),
)

DAMAGE = (
    Scenario(
        "read as text on the way",
        lambda k: raw(as_text(k.jpeg)),
        400,
        FLASK_PAGE,
        ("encoding.text-mangled",),
        400,
    ),
    Scenario(
        "CR LF in front",
        lambda k: form(b"\r\n" + k.jpeg),
        400,
        "cannot identify image file",
        ("image.corrupt", "encoding.text-mangled"),
        400,
    ),
    Scenario(
        "cut off",
        lambda k: form(k.jpeg[: len(k.jpeg) * 2 // 3]),
        400,
        "image file is truncated",
        ("image.truncated",),
        400,
    ),
    Scenario(
        "HTML page saved as .jpg",
        lambda _: form(HTML),
        400,
        "cannot identify image file",
        ("image.error-page",),
        400,
    ),
    Scenario(
        "empty part",
        lambda _: form(b""),
        400,
        "cannot identify image file",
        ("multipart.empty-part",),
        400,
    ),
    Scenario("wrong part name", lambda k: form(k.jpeg, part="image"), 400, FLASK_PAGE, ("multipart.part-name",), 400),
    Scenario(
        "wrong JSON key",
        lambda k: json_image(base64_text(k.jpeg), key="img"),
        400,
        "'image'",
        ("json.field-name", "json.missing-field"),
        400,
    ),
    Scenario(
        "trailing comma",
        lambda k: json_text(f'{{"image": "{base64_text(k.jpeg)}",}}'),
        400,
        FLASK_PAGE,
        ("json.lax",),
        400,
    ),
    Scenario(
        "JSON inside a JSON string",
        lambda k: json_text(json.dumps(json.dumps({"image": base64_text(k.jpeg)}))),
        400,
        "string indices must be integers",
        ("json.double-encoded",),
        400,
    ),
)

MISTAKES = CONTENT_TYPES + ENCODINGS + COLORS + LIMITS + DAMAGE


@dataclass(frozen=True, slots=True)
class ServerFault:
    """The request is fine and the server refuses it. `words` as above."""

    name: str
    path: str
    words: str


SERVER_FAULTS = (
    ServerFault("crashes silently", "/crash", ""),
    ServerFault("a file is missing on the server", "/fussy", "No such file or directory"),
)
