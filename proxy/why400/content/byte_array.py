"""Bytes spelled as a list of numbers in JSON, as Python's `list`, `Uint8Array` and Node's `Buffer` do: `[255, 216]`."""

import re

from why400.content.json_scan import JsonValue

_START = re.compile(rb"\[\s*+-?\d{1,3}\s*+[,\]]")
_LONGEST_NUMBER = 16
"""Most characters of one number with its comma and the blanks of its line."""

_BLANKS = b" \t\r\n"
_LONGEST_KEYS = 256


def begins(data: bytes | bytearray, start: int) -> bool:
    """A list begins there with a small whole number."""
    return _START.match(data, start) is not None


def of_buffer(data: bytes | bytearray, value: JsonValue) -> int | None:
    """Where the list begins in the object that Node's `Buffer` becomes: `{"type": "Buffer", "data": [255]}`."""
    at = data.find(b"[", value.start, value.start + _LONGEST_KEYS)
    return at if at >= 0 and b'"data"' in data[value.start : at] and begins(data, at) else None


def head(data: bytes | bytearray, start: int, end: int | None, limit: int) -> bytes:
    """The first bytes, at most `limit`, of the list whose bracket opens at `start`, up to what is no byte's value."""
    stop = len(data) if end is None else end
    text = bytes(data[start + 1 : min(stop, start + 1 + limit * _LONGEST_NUMBER)])
    inside, closing, _ = text.partition(b"]")
    words = inside.split(b",")
    made = bytearray()
    for word in words[:limit] if closing else words[:-1][:limit]:  # without its comma a number may be cut in two
        number = _number(word)
        if number is None:
            break
        made.append(number & 0xFF)
    return bytes(made)


def size(data: bytes | bytearray, start: int, end: int) -> int:
    """How many bytes a whole list spells."""
    return data.count(b",", start, end) + 1


def is_signed(data: bytes | bytearray, start: int, end: int | None) -> bool:
    """Some of the values are below 0, as Java's bytes are."""
    return data.find(b"-", start, len(data) if end is None else end) >= 0


def decode(text: bytes) -> bytes | None:
    """All bytes that a list, or an object around one, spells; None where a value is none of a byte."""
    words = text[text.find(b"[") + 1 : max(text.rfind(b"]"), 0)].split(b",")
    if b"-" not in text:
        try:
            return bytes(map(int, words))
        except ValueError:
            return None
    numbers = [_number(word) for word in words]
    return None if None in numbers else bytes(number & 0xFF for number in numbers if number is not None)


def spelled(image: bytes) -> bytes:
    """The bytes as a list in JSON."""
    return b"[%b]" % ",".join(map(str, image)).encode("ascii")


def _number(word: bytes) -> int | None:
    try:
        number = int(word)
    except ValueError:
        return None
    return number if -128 <= number <= 255 else None
