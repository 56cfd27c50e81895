"""`match: POST /v1/models/{name}:predict`: a method and a path, one `{name}` a segment."""

import re
from dataclasses import dataclass

from why400.rules.model import Match
from why400.rules.path import normalise_path
from why400.shapes.suggest import closest, listed

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
_CAPTURE = re.compile(r"\{([^{}]*)\}")
_OTHER_CAPTURE = re.compile(r"/(:[A-Za-z_]\w*|<[^/>]*>|\$\w+)(?=/|$)")
_NAME = re.compile(r"[a-z][a-z0-9_-]{0,62}")


@dataclass(frozen=True, slots=True)
class BadMatch:
    """Why a text is no match: the offset and length of the words to point at, and what to write."""

    code: str
    message: str
    offset: int
    length: int
    suggestion: str = ""


def compile_match(text: str) -> Match | BadMatch:
    """Read `METHOD /path`. E305: no such form or a path that no request has once normalised; E306: no such method."""
    method, blank, path = text.partition(" ")
    if text.startswith("/"):
        return BadMatch("E305", "there is no method", 0, len(text), f"write POST {text}")
    if method not in METHODS:
        if several := _several(method, path):
            return BadMatch("E306", f'"{method[:40]}" is not a method', 0, len(method), several)
        meant = closest(method.upper(), METHODS) if method.upper() not in METHODS else method.upper()
        every = method.upper() in ("ANY", "ALL", "*")
        suggestion = f"write {meant}" if meant and not every else f"one of {listed(METHODS)}; several go into a list"
        return BadMatch("E306", f'"{method[:40]}" is not a method', 0, len(method), suggestion)
    if bad := _bad_path(method, path if blank else "", len(method) + 1):
        return bad
    return Match(method, path, re.compile(_pattern(path)))


def _several(method: str, path: str) -> str:
    """What to write for `GET|POST /predict` and for `POST:/predict`; empty where it is neither."""
    names = [name for name in re.split(r"[|,/]", method.upper()) if name]
    if len(names) > 1 and all(name in METHODS for name in names):
        return f"write [{listed(f'{name} {path}' for name in names)}]"
    name, _, rest = method.partition(":")
    return f"write {name.upper()} {rest}" if name.upper() in METHODS and rest.startswith("/") else ""


def _bad_path(method: str, path: str, offset: int) -> BadMatch | None:
    whole = (offset, max(1, len(path)))
    if not path:
        return BadMatch("E305", "there is no path", 0, len(method), f"write {method} /predict")
    if not path.startswith("/"):
        bare = re.sub(r"^[a-z]+://[^/]*/?|^:\d+/|^~?\s*\^?|(?:\.\*|\(\.\*\))?\$?$", "", path.strip()).lstrip("/")
        pattern = path.startswith(("~", "^"))
        words = "a path is no pattern" if pattern else "a path starts with a slash"
        return BadMatch("E305", words, *whole, f"write {method} /{bare}")
    if capture := _OTHER_CAPTURE.search(path):
        name = re.sub("[^a-z0-9_-]", "", capture[1].lower().strip("<>:")) or "name"
        message, suggestion = (
            f'"{capture[1][:64]}" would be taken letter by letter',
            f"write {{{name}}} for one segment",
        )
        return BadMatch("E305", message, offset + capture.start(1), len(capture[1]), suggestion)
    if version := re.search(r"\s+HTTP/[\d.]+$", path):
        at = offset + version.start()
        return BadMatch("E305", "the version of HTTP takes no part", at, len(version[0]), "remove it")
    for sign, message, suggestion in _NEVER:
        if sign in path:
            return BadMatch("E305", message, offset + path.index(sign), len(sign), suggestion)
    return _bad_captures(path, offset) or _bad_normal(method, path, offset)


_NEVER = (
    (" ", "a path has no blanks", "one method and one path; several go into a list"),
    ("?", "the query takes no part in matching", "remove it from here on"),
    ("#", "what follows # is never sent", "remove it from here on"),
    ("*", "a path has no wildcards", "write {name} for one segment"),
    ("}{", "two captures in one segment", "one {name} a segment"),
)


def _bad_captures(path: str, offset: int) -> BadMatch | None:
    names: list[str] = []
    for segment in path.split("/"):
        found = _CAPTURE.findall(segment)
        names += found
        if len(found) > 1 or re.search(r"[{}]", _CAPTURE.sub("", segment)):
            at = offset + path.index(segment)
            return BadMatch("E305", f'"{segment[:64]}" is not a segment', at, len(segment), "one {name} a segment")
    for name in names:
        if not _NAME.fullmatch(name) or names.count(name) > 1:
            plain = re.sub("[^a-z0-9_-]", "", re.split(r"[:*=]", name.lower())[0])
            better = f"write {{{plain}}}" if _NAME.fullmatch(plain) and plain != name else ""
            why = "stands here twice" if names.count(name) > 1 else "is not a name such as {name}"
            return BadMatch("E305", f"{{{name}}} {why}", offset + path.rindex(f"{{{name}}}"), len(name) + 2, better)
    return None


def _bad_normal(method: str, path: str, offset: int) -> BadMatch | None:
    """A path that is not its own normal form matches nothing."""
    plain = _CAPTURE.sub("0", path)
    if normalise_path(plain.encode()) == plain:
        return None
    written = "".join(_CAPTURE.findall(path)) == "" and normalise_path(path.encode())
    suggestion = f"write {method} {written}" if written else "no //, no . or .., escapes in upper case"
    return BadMatch("E305", "no request has this path once it is normalised", offset, len(path), suggestion)


def _pattern(path: str) -> str:
    literals = _CAPTURE.split(path)[::2]
    return "[^/]+".join(map(re.escape, literals))


def covers(wide: str, narrow: str) -> bool:
    """Every path that `narrow` matches, `wide` matches too (both as written in a match)."""
    ours, theirs = wide.split("/"), narrow.split("/")
    return len(ours) == len(theirs) and all(map(_segment_covers, ours, theirs))


def _segment_covers(wide: str, narrow: str) -> bool:
    capture = _CAPTURE.search(wide)
    if not capture:
        return wide == narrow
    before, after = wide[: capture.start()], wide[capture.end() :]
    inner = _CAPTURE.sub("0", narrow)
    return len(inner) > len(before) + len(after) and narrow.startswith(before) and narrow.endswith(after)
