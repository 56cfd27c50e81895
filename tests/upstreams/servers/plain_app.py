"""A script on Python's own http.server, as one writes it in an afternoon: tracebacks as text, or nothing at all."""

import base64
import io
import json
import sys
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from model import classify
from PIL import Image


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            if self.path == "/image":
                picture = Image.open(io.BytesIO(body))
            elif self.path == "/json":
                picture = Image.open(io.BytesIO(base64.b64decode(json.loads(body)["picture"])))
            elif self.path == "/silent":
                picture = Image.open(io.BytesIO(base64.b64decode(json.loads(body)["img"], validate=True)))
            else:
                return self.send_error(404)
            self.answer(200, classify(picture))
        except Exception:
            self.answer(
                400 if self.path == "/silent" else 500, "" if self.path == "/silent" else traceback.format_exc()
            )

    def do_GET(self):
        self.send_error(404)

    def answer(self, status, text):
        data = json.dumps({"class": text}).encode() if status == 200 else text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *words):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
