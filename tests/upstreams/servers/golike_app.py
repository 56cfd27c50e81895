"""A service in Go with gin, by the words of its standard library: strict base64, strict JSON, forms by FormFile."""

import base64
import io
import json
import re
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image


class Refused(Exception):
    pass


def go_base64(text):
    for at, sign in enumerate(text.replace("\r", "").replace("\n", "")):
        if not re.match(r"[A-Za-z0-9+/=]", sign):
            raise Refused(f"illegal base64 data at input byte {at}")
    try:
        return base64.b64decode(text, validate=False)
    except ValueError:
        raise Refused(f"illegal base64 data at input byte {len(text) - len(text) % 4}") from None


def go_json(body):
    try:
        text = body.decode("utf-8", "replace")
        asked, _ = json.JSONDecoder().raw_decode(text.lstrip())
    except ValueError as error:
        if not body.strip():
            raise Refused("EOF") from None
        at = getattr(error, "pos", 0)
        if at >= len(text.lstrip()) or "Unterminated" in str(error):
            raise Refused("unexpected EOF") from None
        raise Refused(f"invalid character {text.lstrip()[at]!r} looking for beginning of value") from None
    if not isinstance(asked, dict):
        kind = {list: "array", str: "string", bool: "bool", int: "number", float: "number"}.get(type(asked), "null")
        raise Refused(f"json: cannot unmarshal {kind} into Go value of type main.Request")
    value = next((asked[key] for key in asked if key.lower() == "image"), None)
    if value is None:
        raise Refused("Key: 'Request.Image' Error:Field validation for 'Image' failed on the 'required' tag")
    if not isinstance(value, str):
        kind = {dict: "object", list: "array", bool: "bool"}.get(type(value), "number")
        raise Refused(f"json: cannot unmarshal {kind} into Go struct field Request.image of type []uint8")
    return go_base64(value)


def go_form(media, body, wanted):
    if not media.lower().startswith("multipart/form-data"):
        raise Refused("request Content-Type isn't multipart/form-data")
    boundary = re.search(r'boundary="?([^";]+)', media)
    if not boundary:
        raise Refused("no multipart boundary param in Content-Type")
    pieces = body.split(b"--" + boundary[1].encode())
    if len(pieces) < 2:
        raise Refused("multipart: NextPart: EOF")
    if not body.rstrip().endswith(b"--"):
        raise Refused("unexpected EOF")
    for piece in pieces[1:-1]:
        head, _, data = piece.partition(b"\r\n\r\n")
        if f'name="{wanted}"'.encode() in head and b"filename=" in head:
            return data[:-2]
    raise Refused("http: no such file")


def go_image(data):
    if not data.startswith((b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")):
        raise Refused("image: unknown format")
    try:
        picture = Image.open(io.BytesIO(data))
        picture.load()
    except Exception:
        raise Refused("invalid JPEG format: short Huffman data" if data[:1] == b"\xff" else "unexpected EOF") from None
    if picture.mode != "RGB":
        raise Refused(f"unsupported color model, want 3 channels, got {len(picture.getbands())}")
    return "ok"


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "gin", ""
    ROUTES = ("/api/v1/image", "/api/v1/json", "/api/v1/raw")

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        media = self.headers.get("Content-Type") or ""
        path = self.path.partition("?")[0]
        if path not in self.ROUTES:
            return self.answer(404, "text/plain", "404 page not found")
        try:
            if path.endswith("image"):
                go_image(go_form(media, body, "image"))
            elif path.endswith("json"):
                go_image(go_json(body))
            else:
                go_image(body)
            self.answer(200, "application/json", '{"label":"ok"}')
        except Refused as refused:
            bare = path.endswith("raw")
            self.answer(415 if bare else 400, "application/json", json.dumps({} if bare else {"error": str(refused)}))

    def do_GET(self):
        known = self.path.partition("?")[0] in self.ROUTES
        self.answer(405 if known else 404, "text/plain", "405 method not allowed" if known else "404 page not found")

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_GET

    def answer(self, status, media, text):
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(text.encode())))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(text.encode())
        self.close_connection = True

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
