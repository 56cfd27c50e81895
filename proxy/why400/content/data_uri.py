"""The head of a data URI: `data:image/png;base64,…` (RFC 2397)."""

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote_to_bytes

LONGEST_HEAD = 256
_HEAD = re.compile(
    rb"""[ \t\r\n]*
    (?P<scheme>data:(?P<odd>[ ]++|//)?)?
    (?(scheme)|(?:[a-z]{2,8}:(?!//))?)
    (?P<type>[^,;:"'\s/]*+/[^,;"'\s]*+)?
    (?:;(?![ ]?base64)(?:[^,;"]++|"[^"]*+")*+)*+
    (?P<marker>;?[ ]?base64)?
    (?:(?P<comma>,)|(?(marker)[;:]))?""",
    re.IGNORECASE | re.VERBOSE,
)
_ESCAPED = re.compile(rb"[ \t\r\n]*data%3a[^,\s]{0,240}?%2c", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DataUri:
    """A data URI's head: the media type it declares (lower case), whether `;base64` stands there, where its data start.

    `malformed` says what is missing, in words; None where the head is as RFC 2397 has it. `escaped`: it stands there in
    percent-escapes, as `encodeURIComponent` writes it.
    """

    media_type: str | None
    base64: bool
    payload: int
    malformed: str | None = None
    escaped: bool = False


def parse(text: bytes) -> DataUri | None:
    """Read the head of a data URI, also one that lost its `data:`; None where the text is no data URI at all."""
    if escaped := _ESCAPED.match(text[:LONGEST_HEAD]):
        inner = parse(unquote_to_bytes(escaped[0]))
        return None if inner is None else replace(inner, payload=escaped.end(), escaped=True)
    match = _HEAD.match(text[:LONGEST_HEAD])
    if match is None:
        return None
    scheme, odd, media_type, marker, comma = match.group("scheme", "odd", "type", "marker", "comma")
    if not scheme and not (marker and comma):
        return None
    declared = media_type.decode("latin-1").lower() if media_type else None
    return DataUri(declared, marker is not None, match.end(), _malformed(scheme, odd, marker, comma))


def _malformed(scheme: bytes | None, odd: bytes | None, marker: bytes | None, comma: bytes | None) -> str | None:
    if not scheme:
        return "it lacks `data:` in front"
    if odd:
        return "blanks or slashes stand behind `data:`"
    if not comma:
        return "it has no comma before its data"
    if not marker:
        return "it lacks `;base64`"
    if not marker.startswith(b";"):
        return "it lacks the `;` before `base64`"
    return None
