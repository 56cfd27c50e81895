"""A request rewritten: images put back in their places, and all renewed that describes what has changed. Pure."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from why400.exchange import Fields
from why400.locations.found import Encoding, FoundImage
from why400.locations.respell import replace_in_body, respell

_PART_HEAD = re.compile(rb"(?:\A|\n)--[^\r\n]*\r?\n((?:[^\r\n]+\r?\n)*\r?\n)\Z")
_PART_TYPE = re.compile(rb"(\A|\n)(content-type[ \t]*:[ \t]*)[^\r\n]*", re.IGNORECASE)
_FILE_NAME = re.compile(rb"(filename\*?=\"?[^\";\r\n]*?)\.([A-Za-z]{2,5})(?=[\";\s]|$)")
_LONGEST_PART_HEAD = 16 * 1024
_EXTENSIONS = {
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/gif": ("gif",),
    "image/bmp": ("bmp", "dib"),
    "image/tiff": ("tif", "tiff"),
}
_DIGESTS = frozenset((b"content-md5", b"digest", b"content-digest", b"repr-digest"))


@dataclass(frozen=True, slots=True)
class NewImage:
    """What stands in an image's place: its bytes, how they are to be spelled, and the type to declare, if any."""

    found: FoundImage
    data: bytes
    encoding: Encoding
    media_type: str
    declare: bool


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A request's fields and body as they go on."""

    fields: Fields
    body: bytes


def rewrite(fields: Fields, body: bytes, images: Iterable[NewImage], media_type: str | None = None) -> Rewritten | None:
    """Put images into a whole body without content coding; `media_type` becomes the request's own type.

    None where an image has no place to go. Lengths, digests, part types, file names and data URIs follow what they
    describe.
    """
    for image in sorted(images, key=lambda image: image.found.start, reverse=True):
        found = image.found
        if image.declare and found.at.startswith("part:"):
            body, found = _relabelled_part(body, found, image.media_type)
        elif image.declare and found.at == "body":
            media_type = media_type or image.media_type
        replaced = replace_in_body(body, found, respell(image.data, image.encoding, image.media_type))
        if replaced is None:
            return None
        body = replaced
    return Rewritten(renewed(fields, body, media_type), body)


def _relabelled_part(body: bytes, found: FoundImage, media_type: str) -> tuple[bytes, FoundImage]:
    """The part of an image with that type and a file name that does not contradict it, and where the image is now."""
    match = _PART_HEAD.search(body, max(0, found.start - _LONGEST_PART_HEAD), found.start)
    if match is None:
        return body, found
    head, declared = match[1], media_type.encode("ascii")
    head = _PART_TYPE.sub(lambda line: line[1] + line[2] + declared, head, count=1)
    head = _FILE_NAME.sub(lambda name: _named(name, media_type), head)
    if not _PART_TYPE.search(head):
        head = b"Content-Type: " + declared + b"\r\n" + head
    moved = match.start(1) + len(head) - found.start
    end = None if found.end is None else found.end + moved
    return body[: match.start(1)] + head + body[found.start :], replace(found, start=found.start + moved, end=end)


def _named(name: re.Match[bytes], media_type: str) -> bytes:
    """A file name whose extension is of another image format gets the right one; any other stays."""
    wanted = _EXTENSIONS.get(media_type, ())
    extension = name[2].decode("ascii").lower()
    if not wanted or extension in wanted or not any(extension in known for known in _EXTENSIONS.values()):
        return name[0]
    return name[1] + b"." + wanted[0].encode("ascii")


def renewed(fields: Fields, body: bytes, media_type: str | None) -> Fields:
    """The fields with all that describes the body as it is now; `media_type` None leaves the type as it was."""
    new = {b"content-length": b"%d" % len(body), b"transfer-encoding": None}
    if media_type is not None:
        new[b"content-type"] = media_type.encode("ascii")
    new |= {name: _digest(name, body) for name in _DIGESTS}
    renewed = [(name, new.get(name.lower(), value)) for name, value in fields]
    there = {name.lower() for name, _ in fields}
    for name in (b"Content-Type", b"Content-Length"):
        if name.lower() not in there:
            renewed.append((name, new.get(name.lower())))
    return tuple((name, value) for name, value in renewed if value is not None)


def _digest(name: bytes, body: bytes) -> bytes | None:
    """The digest field's new value (RFC 9530, RFC 1864); a representation's digest is no longer known."""
    if name == b"content-md5":
        return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest())
    sha256 = base64.b64encode(hashlib.sha256(body).digest())
    if name == b"content-digest":
        return b"sha-256=:" + sha256 + b":"
    return b"SHA-256=" + sha256 if name == b"digest" else None
