"""What the small servers on the standard library share: how one refuses, how a form is read, how paths are served."""

import base64
import io
import json
import re
import sys
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from PIL import Image


class Refused(Exception):
    """A status and a body of some type."""

    def __init__(self, status, document, kind="application/json"):
        super().__init__(status)
        said = document if isinstance(document, str) else json.dumps(document)
        self.answer = status, kind, said.encode()


class Asked:
    """One request: method, path, query (first values), head and body."""

    def __init__(self, handler):
        url = urlsplit(handler.path)
        self.method, self.path = handler.command, url.path
        self.query = {name: values[0] for name, values in parse_qs(url.query).items()}
        self.head = handler.headers
        self.body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))

    @property
    def kind(self):
        """The media type, without its parameters."""
        return self.head.get("Content-Type", "").partition(";")[0].strip().lower()


def parts(asked):
    """The parts of a form: name, file name (or None), media type, bytes. A form that is not well-formed raises."""
    kind = asked.head.get("Content-Type", "")
    boundary = re.search(r'boundary="?([^";]+)', kind)
    if asked.kind != "multipart/form-data" or boundary is None:
        raise ValueError("no form")
    mark = b"--" + boundary[1].encode()
    if not asked.body.startswith(mark + b"\r\n") or mark + b"--" not in asked.body:
        raise ValueError("malformed form")
    for piece in asked.body.split(mark + b"--")[0].split(mark + b"\r\n")[1:]:
        head, blank, data = piece.partition(b"\r\n\r\n")
        if not blank or not data.endswith(b"\r\n"):
            raise ValueError("malformed part")
        told = BytesParser(policy=HTTP).parsebytes(head + b"\r\n\r\n")
        name = told.get_param("name", header="content-disposition")
        yield name, told.get_filename(), told.get_content_type(), data[:-2]


def strict(text):
    """Standard base64, padded, without a break."""
    return base64.b64decode(text, validate=True)


def urlsafe(text):
    """The url-safe alphabet alone."""
    if not re.fullmatch(r"[A-Za-z0-9_-]+=*", text):
        raise ValueError("alphabet")
    return base64.urlsafe_b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4))


def uri(text):
    """A data URI of an image."""
    found = re.fullmatch(r"data:image/[a-z]+;base64,(.+)", text, re.DOTALL)
    if found is None:
        raise ValueError("not a data URI")
    return strict(found[1])


def opened(data):
    """A picture, decoded."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def run(paths):
    """Serve `{"/path": function of what was asked}` on the port that is named, until ended. GET of none of them is 404."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            asked = Asked(self)
            try:
                if asked.path not in paths:
                    raise Refused(404, "nothing here", "text/plain")
                status, kind, said = 200, "application/json", json.dumps(paths[asked.path](asked)).encode()
            except Refused as refused:
                status, kind, said = refused.answer
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_PUT = do_DELETE = do_PATCH = do_POST

        def log_message(self, *words):
            """Say nothing."""

    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()


def only(method, asked, status=405):
    """Another method is refused."""
    if asked.method != method:
        raise Refused(status, "method not allowed", "text/plain")
