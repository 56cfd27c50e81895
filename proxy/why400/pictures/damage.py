"""How good files go bad, each by the name that rules use for it."""

from collections.abc import Callable


def _corrupt(data: bytes) -> bytes:
    """Where nobody decodes: a segment too short for its own length, an unknown block, a checksum that does not fit."""
    if data.startswith(b"\xff\xd8"):
        return data[:-2] + b"\xff\xe0\x00\x01" + data[-2:]
    if data.startswith(b"GIF8"):
        return data[:-1] + b"\x55;"
    at = len(data) * 2 // 3
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "truncated": lambda data: data[: len(data) * 2 // 3],
    "corrupt": _corrupt,
    "text-mangled": lambda data: data.decode("utf-8", "replace").encode(),
    "junk-before": lambda data: b"\r\n" + data,
}

_SHOWS_IN = {"corrupt": ("jpeg", "png", "gif"), "junk-before": ("jpeg", "png", "gif", "webp")}


def shows(name: str, format: str) -> bool:
    """A file of that format tells of this damage without being decoded."""
    return format in _SHOWS_IN.get(name, (format,))


def spoil(data: bytes, name: str) -> bytes:
    """The bytes after that mishap."""
    return DAMAGES[name](data)
