"""What a record does not keep: credentials, query values, file names. And what it keeps is safe to print."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from why400.content.printable import decoded, printable
from why400.content.secret_names import is_secret
from why400.exchange import Fields
from why400.records.echo import without_echoes
from why400.steps import Steps

REDACTED = "<redacted>"
DROPPED = "<dropped>"
FIELDS_KEPT = 100
"""Header fields kept of one message; the rest is counted in a last line."""

_SECRET_VALUE = re.compile(
    r"(?i)\b(bearer|basic|digest|negotiate|aws4-hmac-sha256)\s+\S.*|\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*"
)
_FILE_NAME = re.compile(rb"""(?i)filename\*?\s*=\s*(?:"((?:[^"\\\r\n]|\\.){0,255})"|([^;\s"]{1,255}))""")
_APART = re.compile(rb"[\s;,]+")
_FILE_WORD = b"ilename"
_USER_INFO = re.compile(r"(?<=://)[^/?#@\s]+@")
_QUERY = re.compile(r"\?[^\s#\"'<>]*")
_FILE_FIELDS = re.compile(r"(?i)file-?name|^slug$")
_PLAIN_NAME = re.compile(r"[\w.$:\[\]-]{1,40}")
_LONGEST_NAME = 64
_LOOKED_AT = 4096
"""Bytes of a value or a target that are looked at: eight times, and four times, what is kept of one."""

_CUT_OFF = re.compile(r"\beyJ[\w.-]*\Z|(?<=://)[^/?#@\s]+\Z")
"""The start of a token, or of what stands before a host, whose end is behind the bytes that are looked at."""

_MOST_WORDS = 256
"""Parts of secrets, and file names, that are looked for in a reply: more are nobody's but those of who tries."""


def redacted_fields(fields: Fields, keep_values: bool) -> Steps[list[list[str]]]:
    """Header fields as `[name, value]`, credentials redacted; `keep_values` says that query values may stay."""
    kept = []
    for name, value in fields[:FIELDS_KEPT]:
        kept.append(_redacted_field(name, value, keep_values))
        yield
    more = len(fields) - len(kept)
    return [*kept, ["…", f"{more} more"]] if more > 0 else kept


def redacted_target(target: bytes, keep_values: bool) -> str:
    """The request target without query values (RFC 9112 section 3.2), or only without those that are credentials."""
    path, mark, query = decoded(without_echoes(target[:_LOOKED_AT], ())).partition("?")
    path = _USER_INFO.sub(f"{REDACTED}@", path)
    text = path + mark + _redacted_query(query, keep_values) if mark else path
    return printable(_cut_off(text) if len(target) > _LOOKED_AT else text, 1024)


def secrets_of(fields: Fields) -> tuple[bytes, ...]:
    """The values that are credentials, as a reply could repeat them: whole, and without their scheme."""
    values = [value for name, value in fields if is_secret(decoded(name))]
    split = (_APART.split(value, _MOST_WORDS) for value in values)
    parts = list(islice(chain.from_iterable(split), _MOST_WORDS))
    bare = [part.partition(b"=")[2] for part in parts]
    return tuple(sorted({text for text in (*values, *parts, *bare) if len(text) >= 8}, key=len, reverse=True))


def file_names(fields: Fields, body: Iterable[bytes]) -> tuple[bytes, ...]:
    """The file names that a request gives, in its fields or in the parts of its form (RFC 7578 section 4.2)."""
    named = [value for name, value in fields if _FILE_FIELDS.search(decoded(name))]
    texts = chain((value for _, value in fields), body)
    quoted = [match[1] or match[2] for match in islice(chain.from_iterable(map(_matches, texts)), _MOST_WORDS)]
    return tuple(sorted({name for name in (*named, *quoted) if name and len(name) >= 3}, key=len, reverse=True))


def without(text: bytes, secrets: Iterable[bytes], names: Iterable[bytes]) -> bytes:
    """`text` without the credentials and the file names of the request it answers."""
    for secret in secrets:
        text = text.replace(secret, REDACTED.encode())
    for name in names:
        text = text.replace(name, b"<file name>")
    return text


def _matches(text: bytes) -> Iterator[re.Match[bytes]]:
    """Finding the word first is ten times faster than a search without regard to case, on a body without any."""
    at = text.find(_FILE_WORD)
    while at > 0:
        if match := _FILE_NAME.match(text, at - 1):
            yield match
        at = text.find(_FILE_WORD, at + 1)


def _redacted_field(name: bytes, value: bytes, keep_values: bool) -> list[str]:
    title = printable(decoded(name), _LONGEST_NAME)
    if is_secret(title):
        return [title, REDACTED]
    if _FILE_FIELDS.search(title):
        return [title, DROPPED]
    bare = without_echoes(value[:_LOOKED_AT], ())
    text = decoded(_FILE_NAME.sub(b'filename="' + DROPPED.encode() + b'"', bare))
    text = _SECRET_VALUE.sub(REDACTED, _USER_INFO.sub(f"{REDACTED}@", text))
    text = _cut_off(text) if len(value) > _LOOKED_AT else text
    return [title, printable(_QUERY.sub(lambda found: "?" + _redacted_query(found[0][1:], keep_values), text))]


def _cut_off(text: str) -> str:
    return _CUT_OFF.sub(REDACTED, text) + "…"


def _redacted_query(query: str, keep_values: bool) -> str:
    return "&".join(_redacted_parameter(pair, keep_values) for pair in query.split("&")[:FIELDS_KEPT])


def _redacted_parameter(pair: str, keep_values: bool) -> str:
    name, _, value = pair.partition("=")
    if is_secret(name):
        return f"{name}={REDACTED}"
    if keep_values or not pair:
        return pair
    if not _PLAIN_NAME.fullmatch(name) or not pair[len(name) :]:
        return DROPPED
    return f"{name}={DROPPED}" if value else pair
