"""What the servers of the seventh and eighth sets share: reading a request, where JSON goes wrong, how an answer leaves."""

import base64
import gzip
import json
import re
import sys
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from kit import Asked, Refused, opened

from faults import FAULTS

__all__ = ["Asked", "Fault", "Refused", "digits", "fault_of", "kind_of", "opened", "pixels", "serve"]

_WHERE = {
    "Expecting value": "value",
    "Expecting property name": "key",
    "Illegal trailing comma": "key",
    "Expecting ',' delimiter": "comma",
    "Expecting ':' delimiter": "colon",
    "Unterminated string": "end",
    "Invalid control character": "control",
    "Invalid \\": "escape",
    "Extra data": "extra",
}


class Fault(Exception):
    """A text that is no JSON: what was wanted, where, and the character there."""

    def __init__(self, what, at, sign):
        super().__init__(what)
        self.what, self.at, self.sign = what, at, sign


def fault_of(body, *, bom=False, charset=False):
    """The document, or a Fault. `bom`: a mark is skipped; `charset`: other bytes than UTF-8 become U+FFFD."""
    if bom:
        body = body.removeprefix(b"\xef\xbb\xbf")
    try:
        text = body.decode("utf-8", "replace" if charset else "strict")
    except UnicodeDecodeError as error:
        raise Fault("utf-8", error.start, "\ufffd") from None
    if not text.strip():
        raise Fault("empty", 0, "")

    def constant(word):
        raise Fault("value", text.index(word), word[0])

    try:
        if text[0] == "\ufeff":
            raise Fault("value", 0, "\ufeff")
        return json.loads(text, parse_constant=constant)
    except json.JSONDecodeError as error:
        what = next(word for start, word in _WHERE.items() if error.msg.startswith(start))
        end = error.pos >= len(text.rstrip())
        raise Fault("end" if end else what, error.pos, text[error.pos : error.pos + 1]) from None
    except RecursionError:
        raise Fault("depth", 0, "[") from None


def kind_of(value, names):
    """The word of a language for the type of a JSON value: null, bool, number, string, array, object in this order."""
    kinds = (type(None), bool, (int, float), str, list, dict)
    return next(name for kind, name in zip(kinds, names, strict=True) if isinstance(value, kind))


def digits(text, *, breaks=False, pad=True, alphabet=r"A-Za-z0-9+/"):
    """Standard base64, or ValueError with the place of the first wrong character."""
    told = re.sub(r"[\r\n]", "", text) if breaks else text
    bad = re.search(rf"[^{alphabet}]", told.rstrip("="))
    if bad:
        raise ValueError(bad.start(), bad[0])
    bare = told.rstrip("=")
    if len(bare) % 4 == 1 or (pad and len(told) % 4):
        raise ValueError(len(told), "")
    return base64.b64decode(bare + "=" * (-len(bare) % 4))


def pixels(data):
    """A picture of three channels, or what is wrong with it: OSError, or ValueError with its mode."""
    picture = opened(data)
    if picture.mode != "RGB":
        raise ValueError(picture.mode)
    return "green"


def serve(routes, absent, forbidden, *, coding=None):
    """Serve `{"/path": function of what was asked}`. `absent` and `forbidden` make what another path or method gets,
    `coding` what a body gets whose gzip is none: without it no coding is read."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            try:
                status, kind, said = self.answered()
            except Refused as refused:
                status, kind, said = refused.answer
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_POST

        def answered(self):
            asked = Asked(self)
            told = FAULTS.get(self.headers.get("X-Fault"))
            if told:
                return told[0], told[1], told[2].encode()
            if asked.path not in routes:
                raise absent(asked)
            if asked.method != "POST":
                raise forbidden(asked)
            if coding and "gzip" in asked.head.get("Content-Encoding", ""):
                try:
                    asked.body = gzip.decompress(asked.body)
                except (OSError, EOFError, zlib.error):
                    raise coding(asked) from None
            return 200, "application/json", json.dumps(routes[asked.path](asked)).encode()

        def log_message(self, *words):
            """Say nothing."""

    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
