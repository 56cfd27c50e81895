"""From what a person names to requests: a picture, a raw HTTP request, a HAR, or curl commands."""

import base64
import mimetypes
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson

from why400.commands._curl_request import curl_request
from why400.commands._curl_words import read_command
from why400.commands._http_request import Trial
from why400.commands._shell_words import read_commands
from why400.trials.raw import raw_request

AsRequest = Callable[[bytes, str, str], bytes]
"""A picture's bytes, their media type and the file's name as a whole request."""

_REQUEST_LINE = re.compile(rb"\S{1,64} \S+ HTTP/\d|[^\r\n]{0,8192} HTTP/\d\.\d\r?\n")
_CURL = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:[$>] )?curl\s")
_PROMPT = re.compile(r"^\s*[$>] (?=curl\s)", re.MULTILINE)
_HAR = re.compile(rb'\s*(?:\xef\xbb\xbf)?\s*\{\s*"log"\s*:')
_WITH_BODY = ("POST", "PUT", "PATCH")


class NoRequest(ValueError):
    """There is nothing here to try; the message says what was got and what can be given."""


def trials(argument: str, media_type: Callable[[bytes], str | None], as_request: AsRequest) -> Iterator[Trial]:
    """The requests that an argument names: a file, a folder of files, or a curl command itself. NoRequest, OSError.

    `media_type` tells a picture by its first bytes, None where it is none.
    """
    if _CURL.match(argument):
        yield from _from_curl(argument, "the command", Path())
        return
    path = Path(argument)
    if not path.exists():
        raise NoRequest(
            f"there is no file {argument!r}; give a picture, a raw HTTP request, a HAR, or a curl command in quotes"
        )
    for file in _files(path) if path.is_dir() else [path]:
        yield from _from_file(file, media_type, as_request)


def _files(folder: Path) -> list[Path]:
    """The files of a folder by name, but hidden ones and those that are empty and called like no picture."""
    seen = (file for file in folder.iterdir() if file.is_file() and not file.name.startswith("."))
    files = sorted(file for file in seen if file.stat().st_size or _is_called_a_picture(file))
    if not files:
        raise NoRequest(f"{folder} has no files; give a folder of pictures")
    return files


def _is_called_a_picture(path: Path) -> bool:
    return (mimetypes.guess_type(path.name)[0] or "").startswith("image/")


def _from_file(path: Path, media_type: Callable[[bytes], str | None], as_request: AsRequest) -> Iterator[Trial]:
    data = path.read_bytes()
    if not data.strip() and not _is_called_a_picture(path):
        raise NoRequest(f"{path} is empty")
    kind = media_type(data)
    if kind is None and _REQUEST_LINE.match(data):
        yield Trial(str(path), data)
    elif kind is None and _HAR.match(data):
        yield from _from_har(data, str(path))
    elif kind is None and _CURL.match(text := data.decode("utf-8", "replace")):
        yield from _from_curl(text, str(path), path.parent)
    else:
        named = kind or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        yield Trial(str(path), as_request(data, named, path.name))


def _from_curl(text: str, name: str, folder: Path) -> Iterator[Trial]:
    """Each curl command of a script; the files that they name are looked for beside it."""
    try:
        commands = read_commands(_PROMPT.sub("", text))
        curls = [read_command(words[1:]) for words in commands if words[0] == "curl"]
        for number, command in enumerate(curls, start=1):
            which = name if len(curls) == 1 else f"{name}, command {number}"
            yield Trial(which, curl_request(command, lambda file: (folder / file).read_bytes()))
    except ValueError as error:
        raise NoRequest(f"{name}: {error}") from None


def _from_har(data: bytes, name: str) -> Iterator[Trial]:
    """The requests of a HAR 1.2 file that have a body; what a browser left out of it is not there to be tried."""
    try:
        entries = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))["log"]["entries"]
        requests = [entry["request"] for entry in entries]
        for number, request in enumerate(requests, start=1):
            if request["method"] in _WITH_BODY:
                yield Trial(f"{name}, entry {number}", _har_request(request))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NoRequest(f"{name} is no HAR 1.2: {type(error).__name__}: {error}") from None


def _har_request(request: Mapping[str, Any]) -> bytes:
    url, posted = urlsplit(request["url"]), request.get("postData") or {}
    target = (url.path or "/") + (f"?{url.query}" if url.query else "")
    fields = [(field["name"], field["value"]) for field in request["headers"] if not field["name"].startswith(":")]
    text = posted.get("text") or ""
    body = base64.b64decode(text) if posted.get("encoding") == "base64" else text.encode("utf-8", "surrogatepass")
    plain = [(name, value) for name, value in fields if name.lower() != "transfer-encoding"]
    return raw_request(request["method"], target, url.netloc, plain, body)
