"""The header fields of one form part (RFC 7578 section 4)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from why400.content import media_type
from why400.content.parameters import first, parameters

LARGEST_HEAD = 16 * 1024
_FIELD = re.compile(rb"(content-[a-z-]{1,64})[ \t]*:[ \t]*([^\r\n]*(?:\r?\n[ \t][^\r\n]*){0,32})", re.IGNORECASE)
_MOST_FIELDS = 16
_USUAL = re.compile(
    rb'content-disposition: form-data; name="([!#$&-\[\]-~ ]{0,200})"(?:; filename="([!#$&-\[\]-~ ]{0,200})")?\r\n'
    rb"(?:content-type: ([a-z0-9.+-]{1,64}/[a-z0-9.+-]{1,64})\r\n)?\r\n",
    re.IGNORECASE,
)
"""The head that nearly all clients write: printable ASCII without escapes, so that it says what stands there."""

_PERCENT = re.compile(r"%(0D|0A|22)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PartHead:
    """What a part says of itself.

    `end` is the offset of its content. `name` and `file_name` are None where it has none. `content_type` is lower
    case without parameters. `transfer_encoding` is lower case. `utf8_names` says that the file name's bytes are UTF-8,
    `bare_lf` that its lines end without CR.
    """

    end: int
    name: str | None = None
    file_name: str | None = None
    content_type: str | None = None
    transfer_encoding: str | None = None
    utf8_names: bool = True
    bare_lf: bool = False


def read(data: bytes | bytearray, start: int) -> PartHead | None:
    """Read the head that starts at `start`; None where its end is not in the next 16 KiB."""
    if usual := _USUAL.match(data, start):
        name, file_name, media = (None if group is None else group.decode("ascii") for group in usual.groups())
        return PartHead(usual.end(), name, file_name, media and media.lower())
    if data[start : start + 2] == b"\r\n" or data[start : start + 1] == b"\n":
        return PartHead(start + (2 if data[start : start + 1] == b"\r" else 1))
    end = _end(data, start)
    if end is None:
        return None
    head = bytes(data[start:end])
    return _head(dict(_fields(head)), end, head.count(b"\n") != head.count(b"\r\n"))


def _fields(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The fields whose names begin with `content-`, found at the speed of a search: a head may have thousands."""
    lower = b"\n" + head.lower()
    at = lower.find(b"\ncontent-")
    for _ in range(_MOST_FIELDS):
        if at < 0:
            return
        if field := _FIELD.match(head, at):
            yield field[1].lower(), field[2]
        at = lower.find(b"\ncontent-", at + 1)


def _end(data: bytes | bytearray, start: int) -> int | None:
    """The offset behind the empty line that ends a head, its lines ended by CR LF or LF alone."""
    reach = start + LARGEST_HEAD
    usual = data.find(b"\n\r\n", start, reach)
    bare = data.find(b"\n\n", start, reach if usual < 0 else usual + 1)
    if bare >= 0:
        return bare + 2
    return usual + 3 if usual >= 0 else None


def _head(fields: dict[bytes, bytes], end: int, bare_lf: bool) -> PartHead:
    disposition = parameters(fields.get(b"content-disposition", b"").decode("latin-1"))
    declared = fields.get(b"content-type")
    coding = fields.get(b"content-transfer-encoding")
    raw_file_name = first(disposition, "filename")
    extended = first(disposition, "filename*")
    file_name = _extended(extended) if extended else None
    return PartHead(
        end,
        _text(first(disposition, "name")),
        file_name if file_name is not None else _text(raw_file_name),
        media_type.parse(declared).essence if declared else None,
        coding.strip().lower().decode("latin-1") if coding else None,
        raw_file_name is None or _is_utf8(raw_file_name),
        bare_lf,
    )


def _text(value: str | None) -> str | None:
    """A name as people wrote it: UTF-8 where it is that, and the three escapes of browsers undone (HTML 4.10.21.8)."""
    if value is None:
        return None
    raw = value.encode("latin-1", "replace")
    text = raw.decode("utf-8") if _is_utf8(value) else value
    return _PERCENT.sub(lambda match: chr(int(match[1], 16)), text)


def _is_utf8(value: str) -> bool:
    try:
        value.encode("latin-1", "replace").decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _extended(value: str) -> str | None:
    """The value of `filename*` (RFC 8187): `UTF-8''na%C3%AFve.jpg`."""
    charset, _, rest = value.partition("'")
    _, quote, encoded = rest.partition("'")
    if not quote:
        return None
    known = "latin-1" if charset.lower() == "iso-8859-1" else "utf-8"
    return unquote_to_bytes(encoded).decode(known, "replace")
