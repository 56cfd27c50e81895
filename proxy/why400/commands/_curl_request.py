"""The request that a curl command would send, without curl and without sending it. Source: curl's manual."""

import base64
import re
from collections.abc import Callable, Mapping
from pathlib import PurePath
from urllib.parse import quote_plus, urlsplit

from why400.commands._curl_detour import origin_of
from why400.commands._curl_words import Command
from why400.commands._http_request import form_end, form_part
from why400.trials.raw import Field, raw_request

ReadFile = Callable[[str], bytes]

_BOUNDARY = "------------------------why400tries4you"
_DATA = ("data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "json")
_FORM = ("form", "form-string")
_FORM_TYPES = {
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".xml": "application/xml",
}
"""What curl takes the file of a form for, by its name; all others are application/octet-stream."""


def curl_request(command: Command, read: ReadFile) -> bytes:
    """The bytes of the command's first request; `read` gives a file's bytes (OSError) for `@NAME`. NoDetour: no URL."""
    first = command.first
    url = first.urls[0] if first.urls else ""
    origin = origin_of(url)
    body, kind = _body(first, read)
    parts = urlsplit(url if "://" in url else f"http://{url}")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if first.has("get") and body is not None:
        target, body, kind = f"{target}{'&' if parts.query else '?'}{body.decode('latin-1')}", None, None
    usual = {"http": 80, "https": 443}[origin.scheme]
    host = first.header("Host") or (str(origin) if origin.port != usual else str(origin).rpartition(":")[0])
    return raw_request(_method(first, body), target, host, _fields(first, kind), body)


def _method(command: Command, body: bytes | None) -> str:
    if named := command.last("request"):
        return named
    if command.has("head"):
        return "HEAD"
    if command.has("upload-file"):
        return "PUT"
    return "GET" if body is None else "POST"


def _fields(command: Command, kind: str | None) -> list[Field]:
    """curl's own fields first, each unless the command gives it or takes it away, then the command's."""
    own = {
        "Authorization": _basic(command.last("user")),
        "User-Agent": command.last("user-agent") or "curl/8",
        "Accept": "application/json" if command.has("json") else "*/*",
        "Referer": command.last("referer"),
        "Cookie": "; ".join(value for value in command.all("cookie") if "=" in value) or None,
        "Content-Type": kind,
    }
    fields = [(name, value) for name, value in own.items() if value is not None and command.header(name) is None]
    for line in command.all("header"):
        name, colon, value = line.partition(":")
        if colon and value.strip():
            fields.append((name.strip(), value.strip()))
        elif line.endswith(";") and not colon:
            fields.append((line[:-1].strip(), ""))
    return fields


def _basic(user: str | None) -> str | None:
    return None if user is None else f"Basic {base64.b64encode(user.encode()).decode()}"


def _body(command: Command, read: ReadFile) -> tuple[bytes | None, str | None]:
    """The body and the Content-Type that curl gives it by itself."""
    if command.has(*_FORM):
        return _form(command, read), f"multipart/form-data; boundary={_BOUNDARY}"
    if command.has(*_DATA):
        joint = b"" if command.has("json") else b"&"
        body = joint.join(
            _PIECES.get(item.name, _text)(item.value or "", read) for item in command.items if item.name in _DATA
        )
        return body, "application/json" if command.has("json") else "application/x-www-form-urlencoded"
    if (file := command.last("upload-file")) is not None:
        return read(file), None
    return None, None


def _text(value: str, read: ReadFile) -> bytes:
    """A file read as text: its line ends and zero bytes are dropped."""
    if value.startswith("@"):
        return re.sub(rb"[\r\n\0]", b"", read(value[1:]))
    return _encoded(value)


def _as_it_is(value: str, read: ReadFile) -> bytes:
    return read(value[1:]) if value.startswith("@") else _encoded(value)


def _raw(value: str, read: ReadFile) -> bytes:
    return _encoded(value)


def _urlencoded(value: str, read: ReadFile) -> bytes:
    """`content`, `=content`, `name=content`, `@file` or `name@file`."""
    found = re.match(r"([^=@]*)([=@])(.*)", value, re.DOTALL)
    name, sign, rest = found.groups() if found else ("", "=", value)
    data = read(rest) if sign == "@" else _encoded(rest)
    return (f"{name}=" if name else "").encode() + quote_plus(data).encode()


_PIECES: Mapping[str, Callable[[str, ReadFile], bytes]] = {
    "data-binary": _as_it_is,
    "json": _as_it_is,
    "data-raw": _raw,
    "data-urlencode": _urlencoded,
}


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _form(command: Command, read: ReadFile) -> bytes:
    parts = [_part(item.name, item.value or "", read) for item in command.items if item.name in _FORM]
    return b"".join(parts) + form_end(_BOUNDARY)


def _part(option: str, value: str, read: ReadFile) -> bytes:
    """`name=content`, `name=@file` or `name=<file`, with `;type=` and `;filename=` behind it."""
    name, _, content = value.partition("=")
    if option == "form-string":
        return form_part(name, _encoded(content), None, None, _BOUNDARY)
    content, *said = content.split(";")
    extras = dict(pair.strip().split("=", 1) for pair in said if "=" in pair)
    kind = extras.get("type")
    if not content.startswith(("@", "<")):
        return form_part(name, _encoded(content), extras.get("filename"), kind, _BOUNDARY)
    path = PurePath(content[1:].strip('"'))
    data = read(str(path))
    if content.startswith("<"):
        return form_part(name, data, extras.get("filename"), kind, _BOUNDARY)
    kind = kind or _FORM_TYPES.get(path.suffix.lower(), "application/octet-stream")
    return form_part(name, data, extras.get("filename", path.name), kind, _BOUNDARY)
