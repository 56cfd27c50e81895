"""How good files go bad: each a function of the bytes, by the name of what did it."""

from collections.abc import Callable


def _flipped(data: bytes) -> bytes:
    at = len(data) * 2 // 3
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut-in-head": lambda data: data[:20],
    "cut-in-half": lambda data: data[: len(data) // 2],
    "cut-last-bytes": lambda data: data[:-2],
    "flipped-byte": _flipped,
    "crlf-before": lambda data: b"\r\n" + data,
    "words-before": lambda data: b"image: " + data,
    "junk-after": lambda data: data + b"<!-- saved by a plug-in -->",
    "utf8-replaced": lambda data: data.decode("utf-8", "replace").encode(),
    "latin1-as-utf8": lambda data: data.decode("latin-1").encode(),
    "cp1252-as-utf8": lambda data: "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data).encode(),
    "undecodable-dropped": lambda data: data.decode("ascii", "ignore").encode(),
    "question-marks": lambda data: data.decode("ascii", "replace").replace("\ufffd", "?").encode(),
    "lf-to-crlf": lambda data: data.replace(b"\n", b"\r\n"),
    "crlf-to-lf": lambda data: data.replace(b"\r\n", b"\n"),
    "bytes-that-are-no-utf8-dropped": lambda data: data.decode("utf-8", "ignore").encode(),
    "signature": lambda data: bytes([data[0] ^ 0x20]) + data[1:],
    "seven-bit": lambda data: bytes(byte & 0x7F for byte in data),
}


def spoil(data: bytes, name: str) -> bytes:
    """The bytes after the named mishap."""
    return DAMAGES[name](data)
