"""Three endpoints unlike any framework's, on the standard library's server: other names, strictness and words."""

import base64
import io
import json
import re
import sys
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from model import classify
from PIL import Image

XML = "<fault><code>{}</code></fault>"


class Refused(Exception):
    """A status and a body of some type."""


def scan(head, body):
    """The bytes alone: PNG or JPEG, called so, of at least 20 pixels and at most 900,000 bytes."""
    if len(body) > 900_000:
        raise Refused(413, "text/xml", XML.format("E31"))
    if head.get("Content-Encoding", "identity") != "identity":
        raise Refused(501, "text/xml", XML.format("E40"))
    kind = head.get("Content-Type")
    if kind not in ("image/png", "image/jpeg"):
        raise Refused(406, "text/xml", XML.format("E17"))
    try:
        picture = Image.open(io.BytesIO(body))
        if f"image/{picture.format.lower()}" != kind or min(picture.size) < 20:
            raise ValueError
        return {"colour": classify(picture)}
    except (OSError, ValueError) as why:
        raise Refused(422, "text/xml", XML.format("E22")) from why


def upload(head, body):
    """A form with the part `scan_image`: a file called .jpg or .png, of a type that says that it is an image."""
    kind = head.get("Content-Type", "")
    if not kind.startswith("multipart/form-data") or "boundary=" not in kind or b"\r\n" not in body:
        raise Refused(460, "application/json", json.dumps({"fault": {"code": 1}}))
    if not body.endswith(b"--\r\n") and not body.endswith(b"--"):
        raise Refused(461, "application/json", json.dumps({"fault": {"code": 2}}))
    whole = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + body)
    for part in whole.iter_parts():
        if part.get_param("name", header="content-disposition") == "scan_image":
            named = re.search(r"\.(jpe?g|png)$", part.get_filename() or "", re.IGNORECASE)
            if named is None or not part.get_content_type().startswith("image/"):
                raise Refused(462, "application/json", json.dumps({"fault": {"code": 3, "field": "scan_image"}}))
            start = body.index(b"\r\n\r\n", body.index(b'name="scan_image"')) + 4
            data = body[start : body.index(b"\r\n--", start)]
            try:
                return {"colour": classify(Image.open(io.BytesIO(data)))}
            except Exception as why:
                raise Refused(463, "application/json", json.dumps({"fault": {"code": 4}})) from why
    raise Refused(464, "application/json", json.dumps({"fault": {"code": 5, "missing": "scan_image"}}))


def _once(pairs):
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key twice")
    return dict(pairs)


def _no(constant):
    raise ValueError(constant)


def infer(head, body):
    """JSON with the url-safe alphabet and without padding, in an object."""
    if head.get("Content-Type", "").partition(";")[0] != "application/json":
        raise Refused(415, "text/plain", "")
    try:
        document = json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no)
        text = document["payload"]["pixels"]
        if not re.fullmatch(r"[A-Za-z0-9_-]+", text):
            raise ValueError("alphabet")
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return {"ok": True, "colour": classify(Image.open(io.BytesIO(data)))}
    except json.JSONDecodeError as why:
        raise Refused(400, "text/plain", "unreadable") from why
    except Exception as why:
        raise Refused(400, "application/json", json.dumps({"ok": False, "reason": type(why).__name__})) from why


PATHS = {"/v3/scan": scan, "/v3/upload": upload, "/v3/infer": infer}


class Handler(BaseHTTPRequestHandler):
    """Answers POST alone."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        handle = PATHS.get(self.path)
        try:
            if handle is None:
                raise Refused(404, "text/plain", "nothing here")
            status, kind, said = 200, "application/json", json.dumps(handle(self.headers, body))
        except Refused as refused:
            status, kind, said = refused.args
        except Exception:
            status, kind, said = 500, "text/plain", "oops"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said.encode())

    def do_GET(self):
        self.send_error(404)

    def log_message(self, *words):
        """Say nothing."""


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
