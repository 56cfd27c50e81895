"""A request's bytes from its pieces, as a client would write them (RFC 9112)."""

from collections.abc import Iterable

Field = tuple[str, str]


def raw_request(method: str, target: str, host: str, fields: Iterable[Field], body: bytes | None) -> bytes:
    """The bytes of a request. Host and Content-Length are its own, whatever `fields` say of them."""
    given = [(name, value) for name, value in fields if name.lower() not in ("host", "content-length")]
    length = [] if body is None else [("Content-Length", str(len(body)))]
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in [("Host", host), *given, *length])]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape") + (body or b"")
