"""The text of a JSON string between its quotes, and back (RFC 8259 section 7)."""

import json
import re

_CUT_ESCAPE = re.compile(rb"\\(?:u[0-9a-fA-F]{0,3})?$")


def unescape(raw: bytes) -> bytes:
    """The UTF-8 text that the inside of a JSON string means. What is no valid string comes back as it is."""
    if b"\\" not in raw:
        return raw
    if is_lightly_escaped(raw):
        return raw.replace(b"\\/", b"/")
    try:
        text = json.loads(f'"{raw.decode("utf-8", "surrogateescape")}"', strict=False)
    except ValueError:
        return raw
    return _utf8(text) if isinstance(text, str) else raw


def is_lightly_escaped(raw: bytes) -> bool:
    """No escape but that of the slash: PHP writes every slash of base64 so.

    `\\\\/` cannot be among them, for it would count a backslash more.
    """
    return b"\\" not in raw or raw.count(b"\\") == raw.count(b"\\/")


def unescape_head(raw: bytes) -> bytes:
    """The same for the start of a string: an escape that is cut off is left out."""
    return unescape(raw) if b"\\" not in raw[-6:] else unescape(whole_escapes(raw))


def whole_escapes(raw: bytes) -> bytes:
    """The start of a string up to its last whole escape."""
    match = _CUT_ESCAPE.search(raw[-6:])
    if match is None:
        return raw
    cut = len(raw) - len(match[0])
    slashes = len(raw[:cut]) - len(raw[:cut].rstrip(b"\\"))
    return raw if slashes % 2 else raw[:cut]


def escape(text: bytes) -> bytes:
    """UTF-8 text as it stands between the quotes of a JSON string; all else that needs it is escaped too."""
    return json.dumps(text.decode("utf-8", "replace"))[1:-1].encode("ascii")


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
