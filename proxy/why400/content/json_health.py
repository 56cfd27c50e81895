"""Whether a whole body is strict JSON, and if not, why not (RFC 8259).

For refused requests only: this builds the document.
"""

import codecs
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from why400.content import json_lax
from why400.content.json_scan import JsonScan, pointer, scan
from why400.content.names import quoted
from why400.content.trouble import Trouble

LARGEST = 4 * 1024 * 1024
_LONGEST_URI_HEAD = 128
_UTF8_BOM = codecs.BOM_UTF8
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_FINITE = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|(-?Infinity|NaN)', re.DOTALL)
_COMMENTS = (b"//", b"/*", b"#")
_LINE_BREAK = "a raw line break or control character inside a string; it must be escaped"


@dataclass(frozen=True, slots=True)
class JsonHealth:
    """A body read as JSON: what is wrong with it, and its text as strict JSON where one reading is left.

    `text` is the body itself where it is strict, a repaired text where a BOM, a charset, lax spelling or double
    encoding could be undone, None where nothing can be read.
    """

    text: bytes | None
    troubles: tuple[Trouble, ...] = ()


def health(data: bytes) -> JsonHealth:
    """Judge a whole body of at most 4 MiB; a larger one is taken as it is. Offsets count from the start of the body."""
    if len(data) > LARGEST:
        return JsonHealth(data)
    if charset := _wide(data):
        return _transcoded(data, charset)
    if data[:3] == _UTF8_BOM:
        inner = _judged(data[3:], 3)
        return JsonHealth(
            inner.text, (Trouble("json.bom", "a UTF-8 byte order mark stands in front", offset=0), *inner.troubles)
        )
    return _judged(data, 0)


def strict_object(data: bytes | bytearray, clean: Iterable[tuple[int, int]] = ()) -> Mapping[str, Any] | None:
    """The object that the body surely is as strict JSON, without its clean texts; None says nothing.

    `clean` are the spans of strings that hold nothing but a data URI or base64: there is nothing in them that could be
    wrong in JSON, so the document is built without them.
    """
    view, parts, at = memoryview(data), [], 0
    for start, end in sorted(clean):
        if start >= at and data[start - 1 : start] == b'"' == data[end : end + 1]:
            parts.append(view[at : _after_uri_head(data, start)])
            at = end
    try:
        document = orjson.loads(b"".join((*parts, view[at:])))
    except orjson.JSONDecodeError:
        return None
    return document if isinstance(document, dict) else None


def _after_uri_head(data: bytes | bytearray, start: int) -> int:
    """Where the base64 text of a string begins, behind the head of a data URI if there is one."""
    if data[start : start + 5] != b"data:":
        return start
    comma = data.find(b",", start, start + _LONGEST_URI_HEAD)
    return start if comma < 0 else comma + 1


def _judged(data: bytes, base: int) -> JsonHealth:
    try:
        document = orjson.loads(data)
    except orjson.JSONDecodeError as error:
        return _unreadable(data, base, error)
    if isinstance(document, str):
        return _unwrapped(data, document)
    return JsonHealth(data, duplicates(scan(data), base))


def _wide(data: bytes) -> str | None:
    """UTF-16 or UTF-32, by its byte order mark or by the NULs that ASCII has in it."""
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return charset
    if len(data) >= 4 and data[0:4:2] == b"\0\0" and data[1]:
        return "utf-16-be"
    if len(data) >= 4 and data[1:4:2] == b"\0\0" and data[0]:
        return "utf-16-le"
    return None


def _transcoded(data: bytes, charset: str) -> JsonHealth:
    name = charset.upper().removesuffix("-LE").removesuffix("-BE")
    trouble = Trouble("encoding.charset", f"the body is {name}, JSON must be UTF-8", offset=0)
    text = data.decode(charset, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    inner = _judged(text, 0)
    return JsonHealth(inner.text, (trouble, *(_nowhere(one) for one in inner.troubles)))


def _nowhere(trouble: Trouble) -> Trouble:
    return Trouble(trouble.code, trouble.detail, trouble.at)


def _unwrapped(data: bytes, inner: str) -> JsonHealth:
    """A root that is a string: JSON inside JSON where its text is an object or an array."""
    if not inner.lstrip().startswith(("{", "[")):
        return JsonHealth(data)
    text = inner.encode("utf-8", "replace")
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return JsonHealth(data)
    words = "the document is a string that holds JSON: it was encoded twice"
    return JsonHealth(text, (Trouble("json.double-encoded", words, offset=0),))


def duplicates(found: JsonScan, base: int = 0) -> tuple[Trouble, ...]:
    """The first key that stands twice in one object, if there is one; offsets count from `base`."""
    seen: set[tuple[str | int, ...]] = set()
    for value in found.values:
        if value.place in seen:
            words = f"the key {quoted(str(value.place[-1]))} stands twice in one object; most parsers take the last"
            return (Trouble("json.duplicate-key", words, "json:" + pointer(value.place), base + value.start),)
        seen.add(value.place)
    return ()


def _unreadable(data: bytes, base: int, error: json.JSONDecodeError) -> JsonHealth:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as wrong:
        words = f"the byte 0x{data[wrong.start]:02X} is not valid UTF-8 here"
        return JsonHealth(None, (Trouble("encoding.charset", words, offset=base + wrong.start),))
    if not data.strip():
        return JsonHealth(None, (Trouble("json.syntax", "the body is empty where JSON should be", offset=base),))
    if not text.lstrip().startswith(("{", "[", '"')):
        words = "the body does not start as JSON does"
        commented = _lax(data, base) if data.lstrip().startswith(_COMMENTS) else None
        return commented or JsonHealth(None, (Trouble("json.syntax", words, offset=base),))
    offset = len(text[: error.pos].encode("utf-8")) if not text.isascii() else error.pos
    return _extra(data, text, base) or _not_finite(data, base) or _lax(data, base) or _broken(data, base, offset)


def _extra(data: bytes, text: str, base: int) -> JsonHealth | None:
    begin = len(text) - len(text.lstrip())
    try:
        _, stop = json.JSONDecoder().raw_decode(text, begin)
    except (ValueError, RecursionError):
        return None
    end = len(text[:stop].encode("utf-8"))
    rest = data[end:].lstrip()
    if not rest or _readable(data[:end]) is None:
        return None
    if rest.startswith(_COMMENTS) and (commented := _lax(data, base)):
        return commented
    kind = "NUL bytes follow" if not rest.strip(b"\0 \r\n\t") else "more text follows"
    return JsonHealth(data[:end], (Trouble("json.extra-data", f"{kind} after the JSON document", offset=base + end),))


def _readable(data: bytes) -> object:
    try:
        return (orjson.loads(data),)
    except orjson.JSONDecodeError:
        return None


def _not_finite(data: bytes, base: int) -> JsonHealth | None:
    """`NaN` and `Infinity`: the document is fine once they are numbers, which they are not to be turned into."""
    first: list[int] = []

    def number(match: "re.Match[bytes]") -> bytes:
        if match[1] is None:
            return match[0]
        first.append(match.start())
        return b"0"

    replaced = _NOT_FINITE.sub(number, data)
    if not first or _readable(replaced) is None:
        return None
    words = "NaN or Infinity, which JSON does not have"
    return JsonHealth(None, (Trouble("json.nan", words, offset=base + first[0]),))


def _lax(data: bytes, base: int) -> JsonHealth | None:
    strict = json_lax.strictly(data)
    if strict is None or _readable(strict.text) is None:
        return None
    words = f"not strict JSON: {', '.join(strict.words)}"
    return JsonHealth(strict.text, (Trouble("json.lax", words, offset=base + strict.offset),))


def _broken(data: bytes, base: int, offset: int) -> JsonHealth:
    found = scan(data)
    at_end = offset >= len(data.rstrip()) - 1 or _open_string(found)
    if found.root_end is None and found.broken_at is None and at_end and not found.exhausted:
        words = f"the JSON text ends in the middle, after {len(data)} bytes"
        return JsonHealth(None, (Trouble("json.truncated", words, offset=base + len(data)),))
    if offset < len(data) and data[offset] < 0x20:
        return JsonHealth(None, (Trouble("json.syntax", _LINE_BREAK, offset=base + offset),))
    return JsonHealth(None, (Trouble("json.syntax", f"not JSON at byte {base + offset}", offset=base + offset),))


def _open_string(found: JsonScan) -> bool:
    return bool(found.values) and found.values[-1].kind == "string" and found.values[-1].end is None
