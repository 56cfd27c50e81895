"""Where an image was probably meant to be in JSON that shows none, when nobody has said where it is."""

import re
from collections.abc import Sequence

from why400.content.base64_text import could_be
from why400.content.json_scan import JsonScan, JsonValue
from why400.diagnose.document import document
from why400.diagnose.sight import sight
from why400.exchange import Exchange
from why400.locations.found import Encoding
from why400.locations.json_path import JsonAt

_GLANCE = 512
_SHORTEST = 16
_LONG = 64
_TELLING = re.compile(
    r"(?i)im(?:a?ge?|g)|[pf](?:h)?oto|pict?(?:ure)?s?\b|b(?:ase)?_?64|frame|snap|scan|selfie|avatar|thumb"
)
_ASKING = re.compile(r"(?:is|has|use|with)(?:[A-Z]|_)")
_REFERENCE = re.compile(
    rb"(?i)[^\x00-\x1f]{0,400}\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|avif)(?:\?[^\x00-\x1f]{0,200})?"
)
_USUAL = frozenset(("data", "file", "content", "url", "bytes", "body", "input", "inputs", "payload", "value", "src"))
_HOLDERS = ("object", "array")
_UNQUOTABLE = re.compile(r"['\\\x00-\x1f]")


def guessed_place(exchange: Exchange) -> JsonAt | None:
    """The value that its key or its looks make the image, where the body is JSON and no image was found in it."""
    view = sight(exchange)
    if view.carries != "json" or view.images or any(code.startswith(("json.", "encoding.")) for code in view.codes):
        return None
    return guessed_in(document(exchange), exchange.body)


def guessed_in(found: JsonScan, data: bytes) -> JsonAt | None:
    """The same of a document that was scanned."""
    meant = _by_key(found) or _by_looks(found, data) or _by_usual_key(found)
    return None if meant is None else _place(meant, data)


def _by_key(found: JsonScan) -> JsonValue | None:
    """The first value whose key speaks of an image, unless it is an object: then what is in it does, or nothing.

    A key that asks (`isBase64Encoded`) speaks of something else.
    """
    named = (
        value for value in found.values if value.kind != "object" and value.place and isinstance(value.place[-1], str)
    )
    return next((value for value in named if _speaks_of_image(str(value.place[-1])[:64])), None)


def _speaks_of_image(key: str) -> bool:
    return _TELLING.search(key) is not None and not _ASKING.match(key)


def _by_looks(found: JsonScan, data: bytes) -> JsonValue | None:
    """The first string that is long and could be base64, is a data URI, or names a picture's file."""
    strings = (value for value in found.values if value.kind == "string" and value.place)
    return next((value for value in strings if _looks_meant(value, data)), None)


def _by_usual_key(found: JsonScan) -> JsonValue | None:
    """The first value under a key that many servers use for the image; not a list, and no number in one."""
    usual = [value for value in found.values if value.kind not in _HOLDERS and _key(value).lower() in _USUAL]
    return next((value for value in usual if _is_one_value(value, usual)), None)


def _is_one_value(value: JsonValue, others: Sequence[JsonValue]) -> bool:
    """No number of a list of numbers: that is a tensor."""
    alone = all(other is value or other.place[:-1] != value.place[:-1] for other in others)
    return value.kind in ("string", "null") or isinstance(value.place[-1], str) or alone


def _key(value: JsonValue) -> str:
    """The innermost key on the way to a value, or ""."""
    return next((step for step in reversed(value.place) if isinstance(step, str)), "")


def _looks_meant(value: JsonValue, data: bytes) -> bool:
    end = len(data) if value.end is None else value.end
    start = data[value.start : min(end, value.start + _GLANCE)]
    if start.startswith(b"data:") or (end - value.start < _GLANCE and _REFERENCE.fullmatch(start)):
        return True
    return end - value.start >= _LONG and could_be(start)


def _place(value: JsonValue, data: bytes) -> JsonAt | None:
    if any(isinstance(step, str) and (len(step) > 64 or _UNQUOTABLE.search(step)) for step in value.place):
        return None
    steps = "".join(f"[{step}]" if isinstance(step, int) else f"['{step}']" for step in value.place)
    spelled: Encoding = "data-uri" if data[value.start : value.start + 5] == b"data:" else "base64"
    return JsonAt("$" + steps, spelled)
