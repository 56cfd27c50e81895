"""A model server that wants more than an image: other parts, keys, fields, a query. It says no more than that a key is missing."""

import base64
import binascii
import email.policy
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from PIL import Image

TAKEN = {"JPEG", "PNG"}


class Refused(Exception):
    """What is not as it is wanted."""


def want(holds: object, words: str) -> None:
    if not holds:
        raise Refused(words)


def picture(data: bytes, declared: str | None = None) -> None:
    """An RGB JPEG or PNG, declared as what it is."""
    want(data, "no bytes")
    opened = Image.open(io.BytesIO(data))
    want(opened.format in TAKEN and opened.mode == "RGB", f"{opened.format} {opened.mode}")
    opened.load()
    want(declared in (None, Image.MIME[str(opened.format)]), f"declared {declared}")


def text(value: Any) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (TypeError, ValueError, binascii.Error) as error:
        raise Refused(str(error)) from error


def uri(value: Any) -> None:
    head, _, rest = str(value).partition(",")
    want(head.startswith("data:") and head.endswith(";base64"), head[:40])
    picture(text(rest), head.removeprefix("data:").removesuffix(";base64"))


class Picky(BaseHTTPRequestHandler):
    """Each path is a contract of its own."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path, _, query = self.path.partition("?")
        try:
            judge = getattr(self, path.strip("/").replace("/", "_"), None)
            want(judge is not None, "no such path")
            judge(body, query)
        except KeyError as error:
            return self.say(400, {"error": f"KeyError: {error}"})
        except (Refused, OSError, IndexError, TypeError, ValueError):
            return self.say(400, {"error": "bad request"})
        return self.say(200, {"digit": 7})

    def say(self, status: int, words: dict[str, Any]) -> None:
        body = json.dumps(words).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def raw(self, body: bytes, query: str) -> None:
        want(query == "top=5", "no query")
        want(self.headers.get("X-Api-Key") == "k", "no key")
        picture(body, self.headers.get("Content-Type", "nothing"))

    def bearer(self, body: bytes, _: str) -> None:
        want(self.headers.get("Authorization") == "Bearer t", "no token")
        picture(body, self.headers.get("Content-Type"))

    def parts(self) -> dict[str, Any]:
        return {str(part.get_param("name", header="content-disposition")): part for part in self.form.iter_parts()}

    def upload(self, body: bytes, _: str) -> None:
        kind = self.headers.get("Content-Type", "")
        want(kind.startswith("multipart/form-data"), kind)
        head = f"Content-Type: {kind}\r\n\r\n".encode()
        self.form = BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
        parts = self.parts()
        want(self.headers.get("X-Tenant") == "north", "no tenant")
        want(parts["model"].get_content().strip() == "v2", "no model")
        want(parts["photo"].get_filename(), "no file")
        picture(parts["photo"].get_payload(decode=True), parts["photo"].get_content_type())

    def document(self, body: bytes) -> Any:
        want(self.headers.get("Content-Type") == "application/json", "no JSON")
        return json.loads(body)

    def plain(self, body: bytes, _: str) -> None:
        picture(text(self.document(body)["image"]))

    def nested(self, body: bytes, _: str) -> None:
        given = self.document(body)
        want(list(given) == ["instances"], "other keys")
        picture(text(given["instances"][0]["picture"]["b64"]))

    def more(self, body: bytes, _: str) -> None:
        given = self.document(body)
        want(given["threshold"] == 0.25 and given["model"] == "v2", "no threshold")
        picture(text(given["image"]))
        want("img" not in given, "an unknown key")

    def chat(self, body: bytes, _: str) -> None:
        given = self.document(body)
        content = given["messages"][0]["content"]
        want(given["model"] == "m" and content[0]["text"] == "what is it?", "no question")
        uri(content[1]["image_url"]["url"])

    def tensor(self, body: bytes, _: str) -> None:
        [given] = self.document(body)["inputs"]
        want((given["name"], given["datatype"], given["shape"]) == ("pixels", "BYTES", [1]), "another tensor")
        picture(text(given["data"][0]))


@contextmanager
def picky() -> Iterator[str]:
    """It, running; its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Picky)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
