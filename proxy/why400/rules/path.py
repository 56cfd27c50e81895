"""Paths as routes see them: normalised copies of request targets (RFC 3986 section 6.2.2, RFC 9112 section 3.2)."""

import re

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_ESCAPE = re.compile(rb"%([0-9A-Fa-f]{2})")
_RAW = re.compile(rb"[^\x21-\x7e]")
_SLASHES = re.compile(r"/{2,}")
_PLAIN = re.compile(rb"(?:/[A-Za-z0-9_~:-][A-Za-z0-9_~:.-]*)+/?|/")


def normalise_path(target: bytes) -> str:
    """The path of a request target for matching: never raises, never longer than three times the target.

    The query is dropped, an absolute form loses scheme and authority, escapes of unreserved characters are decoded and
    the others spelled in upper case, bytes that no URI may hold are escaped, `//` is one slash, dot segments are
    removed. `*` and an authority (OPTIONS, CONNECT) are given as they are.
    """
    if _PLAIN.fullmatch(target):
        return target.decode("ascii")
    path = _path_of(target)
    if not path.startswith(b"/"):
        return path.decode("latin-1")
    escaped = _RAW.sub(lambda match: b"%%%02X" % match[0][0], _ESCAPE.sub(_decode, path))
    return _without_dots(_SLASHES.sub("/", escaped.decode("ascii")))


def _path_of(target: bytes) -> bytes:
    path = target.partition(b"?")[0]
    if not path.startswith(b"/") and b"://" in path:
        authority_and_path = path.partition(b"://")[2]
        return b"/" + authority_and_path.partition(b"/")[2]
    return path


def _decode(match: re.Match[bytes]) -> bytes:
    byte = int(match[1], 16)
    return bytes((byte,)) if byte in _UNRESERVED else match[0].upper()


def _without_dots(path: str) -> str:
    """Remove dot segments (RFC 3986 section 5.2.4); the path has no empty segments but perhaps the last."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
