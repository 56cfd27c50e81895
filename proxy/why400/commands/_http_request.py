"""Requests to be tried, and the pieces of form bodies as clients write them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Trial:
    """A request to be tried: what to call it, and all its bytes."""

    name: str
    raw: bytes


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
