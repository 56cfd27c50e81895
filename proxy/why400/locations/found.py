"""An image's place in a body, found."""

from typing import Literal

from why400.content.trouble import Trouble
from why400.value import value

Encoding = Literal["binary", "base64", "base64url", "base64url-unpadded", "data-uri", "hex", "byte-array"]
URLSAFE: tuple[Encoding, ...] = ("base64url", "base64url-unpadded")
"""Spellings in the alphabet with - and _. That without padding is found only where a location wants it so."""


@value
class FoundImage:
    """What carries one image: where it is, how its bytes are spelled, and its first bytes.

    `start` and `end` are byte offsets in the body of the value as spelled (for JSON: inside the quotes, or the whole
    list of a `byte-array`), `end` None
    while the value has not ended in what has come, or where it has no place of its own in the body as sent (under a
    content coding, in UTF-16). `head` is the image's own first bytes, decoded (up to 64 KiB
    where it is spelled in base64; the same memory as the body where it is binary). `declared_type` is the media
    type that the request, the part or the data URI declares, lower case without parameters. `size` is the image's
    own size in bytes, exact or (base64 with line breaks) to within the stray bytes; None while not ended.
    """

    at: str
    encoding: Encoding
    start: int
    end: int | None
    head: bytes | memoryview
    declared_type: str | None = None
    file_name: str | None = None
    size: int | None = None
    troubles: tuple[Trouble, ...] = ()
