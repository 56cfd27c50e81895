"""A service in Rust with axum, serde and the image crate, by the words of their libraries."""

import base64
import io
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
KINDS = {str: "string", bool: "boolean", int: "integer", float: "floating point", list: "sequence", dict: "map"}


class Refused(Exception):
    def __init__(self, said, status=400):
        super().__init__(said)
        self.status = status


def rust_base64(text):
    for at, sign in enumerate(text.rstrip("=")):
        if sign not in DIGITS:
            raise Refused(f"Invalid symbol {ord(sign)}, offset {len(text[:at].encode())}.", 422)
    if len(text.rstrip("=")) % 4 == 1:
        raise Refused("Invalid input length: " + str(len(text)), 422)
    if len(text) % 4:
        raise Refused("Invalid padding", 422)
    return base64.b64decode(text)


def rust_json(media, body):
    if not re.fullmatch(r"application/(?:[\w.-]+\+)?json(?:\s*;.*)?", media):
        raise Refused("Expected request with `Content-Type: application/json`", 415)
    try:
        asked = json.loads(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise Refused(
            "Failed to parse the request body as JSON: invalid unicode code point at line 1 column 1"
        ) from None
    except ValueError as error:
        at, text = getattr(error, "pos", 0), body.decode("utf-8", "replace")
        what = (
            "EOF while parsing a value"
            if at >= len(text.rstrip()) or "Unterminated" in str(error)
            else "expected value"
        )
        raise Refused(f"Failed to parse the request body as JSON: {what} at line 1 column {at + 1}") from None
    front = "Failed to deserialize the JSON body into the target type: "
    if not isinstance(asked, dict):
        kind = "null" if asked is None else KINDS[type(asked)]
        raise Refused(f"{front}invalid type: {kind}, expected struct ClassifyRequest at line 1 column 0", 422)
    if "image" not in asked:
        raise Refused(f"{front}missing field `image` at line 1 column {len(body)}", 422)
    if not isinstance(asked["image"], str):
        kind = "null" if asked["image"] is None else KINDS[type(asked["image"])]
        raise Refused(f"{front}image: invalid type: {kind}, expected a string at line 1 column 10", 422)
    return rust_base64(asked["image"])


def rust_form(media, body):
    boundary = re.search(r'boundary="?([^";]+)', media)
    if not media.startswith("multipart/form-data") or not boundary:
        raise Refused("Invalid `boundary` for `multipart/form-data` request")
    pieces = body.split(b"--" + boundary[1].encode())
    if len(pieces) < 2 or not pieces[-1].startswith(b"--"):
        raise Refused("Error parsing `multipart/form-data` request: incomplete multipart stream")
    for piece in pieces[1:-1]:
        head, _, data = piece.partition(b"\r\n\r\n")
        if re.search(rb'[; ]name="photo"', head):
            return data[:-2]
    raise Refused("missing field: photo")


def rust_image(data):
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except Exception as error:
        known = data.startswith((b"\xff\xd8", b"\x89PNG", b"GIF8", b"RIFF"))
        said = f"Format error decoding Jpeg: {error}" if known else "The image format could not be determined"
        raise Refused(said, 422) from None
    if picture.mode != "RGB":
        raise Refused(f"unsupported color type {picture.mode.title()}8", 422)
    return "ok"


PATHS = {"/api/classify": rust_json, "/api/upload": rust_form}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = self.path.partition("?")[0]
        try:
            if path not in PATHS:
                raise Refused("", 404)
            rust_image(PATHS[path](self.headers.get("Content-Type") or "", body))
            self.answer(200, '{"label":"ok"}')
        except Refused as refused:
            self.answer(refused.status, str(refused))

    def do_GET(self):
        self.answer(405 if self.path.partition("?")[0] in PATHS else 404, "")

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_COPY = do_TRACE = do_GET

    def answer(self, status, text):
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(text.encode())))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(text.encode())
        self.close_connection = True

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
