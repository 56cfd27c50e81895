"""Requests as people send them: a path, header lines as they stand on the wire, a body."""

import base64
import http.client
import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

BOUNDARY = "----why400scenario"
Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Request:
    """One POST. `Host` and `Content-Length` are added when it is sent, nothing else is."""

    path: str
    headers: Headers
    body: bytes

    def curl(self, base_url: str, body_file: Path) -> list[str]:
        """The arguments of a curl command that sends the same; `body_file` is written."""
        body_file.write_bytes(self.body)
        given = [f"{name}: {value}" for name, value in self.headers]
        absent = [] if any(name == "Content-Type" for name, _ in self.headers) else ["Content-Type:"]
        fields = [word for line in given + absent for word in ("-H", line)]
        return ["-sS", *fields, "--data-binary", f"@{body_file}", base_url + self.path]


@dataclass(frozen=True, slots=True)
class Answer:
    """A reply: status, header fields by lower-case name (the last of a name wins), body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def digit(self) -> int | None:
        """The digit that the model read, where it answered with one."""
        return json.loads(self.body)["digit"] if self.status == 200 else None


def send(base_url: str, request: Request, seconds: float = 20.0) -> Answer:
    """Send it on a connection of its own and read the whole reply."""
    where = urlsplit(base_url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=seconds)
    try:
        connection.putrequest("POST", request.path, skip_accept_encoding=True)
        for name, value in (*request.headers, ("Content-Length", str(len(request.body)))):
            connection.putheader(name, value)
        connection.endheaders(request.body)
        reply = connection.getresponse()
        return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read())
    finally:
        connection.close()


def raw(body: bytes, media_type: str | None = "image/jpeg", path: str = "/predict") -> Request:
    """The picture is the body."""
    return Request(path, (("Content-Type", media_type),) if media_type else (), body)


def form(data: bytes, media_type: str = "image/jpeg", part: str = "file", file_name: str = "digit.jpg") -> Request:
    """The picture is a file part of a form (RFC 7578)."""
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{part}"; filename="{file_name}"\r\n'
        f"Content-Type: {media_type}\r\n\r\n"
    )
    body = head.encode() + data + f"\r\n--{BOUNDARY}--\r\n".encode()
    return Request("/upload", (("Content-Type", f"multipart/form-data; boundary={BOUNDARY}"),), body)


def png_form(data: bytes) -> Request:
    """The same for a PNG, truly declared."""
    return form(data, "image/png", file_name="digit.png")


def json_text(body: str | bytes) -> Request:
    """Any text, sent as JSON."""
    body = body.encode() if isinstance(body, str) else body
    return Request("/predict-json", (("Content-Type", "application/json"),), body)


def json_image(value: str, key: str = "image") -> Request:
    """A JSON object with one string in it."""
    return json_text(json.dumps({key: value}))


def base64_text(data: bytes) -> str:
    """Standard base64 (RFC 4648 section 4)."""
    return base64.b64encode(data).decode()
