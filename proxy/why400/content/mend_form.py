"""A form mended around its parts where one reading is left: boundary, line ends, last delimiter, file names."""

import re

from why400.content.file_names import readable
from why400.content.media_type import parse
from why400.content.multipart import form

_LF = re.compile(rb"(?<!\r)\n")


def mended(data: bytes, content_type: bytes | None) -> tuple[bytes, bytes] | None:
    """The Content-Type value and the body of a form as every reader takes it; None where its parts cannot be told.

    What is inside the parts stays byte for byte.
    """
    read = form(data, parse(content_type or b"").boundary, True)
    if read.boundary is None or not read.parts:
        return None
    made, done = bytearray(), 0
    for part in read.parts:
        if part.end is None:
            return None
        made += readable(_LF.sub(b"\r\n", data[done : part.start])) + data[part.start : part.end]
        done = part.end
    rest = _LF.sub(b"\r\n", data[done:]) if read.closed else b"\r\n--" + read.boundary + b"--\r\n"
    return _type(content_type, read.boundary), bytes(made + rest)


def _type(content_type: bytes | None, boundary: bytes) -> bytes:
    """The value as it was where it names the boundary, else one that does."""
    media = parse(content_type or b"")
    if media.boundary == boundary:
        return content_type or b""
    essence = media.essence if media.is_form else "multipart/form-data"
    return essence.encode("latin-1") + b'; boundary="' + boundary + b'"'
