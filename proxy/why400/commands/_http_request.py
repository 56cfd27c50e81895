"""A request's bytes from its pieces, as a client would write them (RFC 9112)."""

from collections.abc import Iterable
from dataclasses import dataclass

Field = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Trial:
    """A request to be tried: what to call it, and all its bytes."""

    name: str
    raw: bytes


def raw_request(method: str, target: str, host: str, fields: Iterable[Field], body: bytes | None) -> bytes:
    """The bytes of a request. Host and Content-Length are its own, whatever `fields` say of them."""
    given = [(name, value) for name, value in fields if name.lower() not in ("host", "content-length")]
    length = [] if body is None else [("Content-Length", str(len(body)))]
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in [("Host", host), *given, *length])]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + (body or b"")


def form_part(name: str, data: bytes, file_name: str | None, media_type: str | None, boundary: str) -> bytes:
    """One part of a form with its delimiter line (RFC 7578)."""
    file = "" if file_name is None else f'; filename="{_quoted(file_name)}"'
    kind = "" if media_type is None else f"\r\nContent-Type: {media_type}"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"{file}{kind}\r\n\r\n'
    return head.encode("utf-8", "surrogateescape") + data + b"\r\n"


def form_end(boundary: str) -> bytes:
    """The last delimiter line."""
    return f"--{boundary}--\r\n".encode()


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')
