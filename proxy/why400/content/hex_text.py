"""Bytes spelled as hex digits: `ffd8`, `0xffd8`, `\\xffd8` (PostgreSQL), `FF-D8` (.NET), `ff:d8`, also in lines."""

import re

_PAIR = rb"[0-9a-f]{2}[-: \t\r\n]{0,2}+"
_HEX = re.compile(rb"(?:0x|\\x)?+((?:" + _PAIR + rb"){8,})", re.IGNORECASE)
_ALL = re.compile(rb"(?:0x|\\x)?+((?:" + _PAIR + rb")*+)", re.IGNORECASE)
_BETWEEN = b"-: \t\r\n"


def start(text: bytes) -> bytes:
    """The bytes that the digits at the start of a text spell; none where it begins with fewer than eight pairs."""
    match = _HEX.match(text)
    return bytes.fromhex(match[1].translate(None, _BETWEEN).decode("ascii")) if match else b""


def decode(text: bytes) -> bytes | None:
    """All bytes of a text; None where it has anything but digits and what stands between them."""
    match = _ALL.fullmatch(text.strip())
    return bytes.fromhex(match[1].translate(None, _BETWEEN).decode("ascii")) if match else None


def size(text: bytes, length: int | None) -> int | None:
    """How many bytes a text of that length spells, of which `text` is the start; None where that is not known."""
    match = _HEX.match(text)
    if length is None or match is None:
        return None
    if match.end() == length:
        return len(match[1].translate(None, _BETWEEN)) // 2
    return None if match[1].translate(None, b"0123456789abcdefABCDEF") else (length - match.start(1)) // 2
