"""Requests for the tests of locations: pictures, ways to spell them, bodies around them."""

import base64
import json

from corpus.make import picture
from corpus.readers import ALL
from why400.content.body import Body
from why400.image.look import recognise
from why400.locations.context import BodyContext, body_context

JPEG = picture(format="jpeg")
PNG = picture(format="png", color="rgba")
B64 = base64.b64encode(JPEG).decode()
URLSAFE = base64.urlsafe_b64encode(JPEG).decode()
URI = "data:image/jpeg;base64," + B64


def looks_like_image(start: bytes) -> bool:
    reader = recognise(ALL, start)
    return reader is not None and reader.media_types[0].startswith("image/")


def context(content_type: bytes | None, thorough: bool = False, coding: bytes | None = None) -> BodyContext:
    return body_context(content_type, coding, looks_like_image, thorough)


def body(data: bytes, ended: bool = True) -> Body:
    return Body(data, len(data), ended)


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


def as_form(*parts: tuple[bytes, bytes], end: bytes = b"--X--\r\n") -> bytes:
    return b"".join(b"--X\r\n" + head + b"\r\n\r\n" + content + b"\r\n" for head, content in parts) + end


def file_head(name: bytes = b"file", file_name: bytes = b"cat.jpg", media_type: bytes = b"image/jpeg") -> bytes:
    return b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: %s' % (
        name,
        file_name,
        media_type,
    )


def field_head(name: bytes) -> bytes:
    return b'Content-Disposition: form-data; name="%s"' % name


FORM_TYPE = b"multipart/form-data; boundary=X"


def said(located):
    """What was said: for each image its place, spelling and codes, then the codes that stand apart."""
    return (
        [(found.at, found.encoding, [trouble.code for trouble in found.troubles]) for found in located.found],
        [trouble.code for trouble in located.troubles],
    )
