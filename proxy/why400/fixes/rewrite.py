"""A request rewritten: images put back in their places, and all renewed that describes what has changed. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from why400.content.file_names import following
from why400.exchange import Fields
from why400.fixes.digests import DIGESTS
from why400.fixes.rework import value_of, with_field
from why400.locations.found import Encoding, FoundImage
from why400.locations.respell import replace_in_body, respell
from why400.locations.tensor_write import NewValue, with_values

_PART_HEAD = re.compile(rb"(?:\A|\n)--[^\r\n]*\r?\n((?:[^\r\n]+\r?\n)*\r?\n)\Z")
_PART_TYPE = re.compile(rb"(\A|\n)(content-type[ \t]*:[ \t]*)[^\r\n]*", re.IGNORECASE)
_LONGEST_PART_HEAD = 16 * 1024
JSON_LENGTH = b"inference-header-content-length"


@dataclass(frozen=True, slots=True)
class NewImage:
    """What stands in an image's place: its bytes, how they are to be spelled, their type.

    `declare`: the type is to be declared; `converted`: it is another than before.
    """

    found: FoundImage
    data: bytes
    encoding: Encoding
    media_type: str
    declare: bool
    converted: bool = False


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A request's fields and body as they go on."""

    fields: Fields
    body: bytes


def rewrite(fields: Fields, body: bytes, images: Sequence[NewImage], media_type: str | None = None) -> Rewritten | None:
    """Put images into a whole body without content coding; `media_type` becomes the request's own type.

    None where an image has no place to go. Lengths, digests, part types, file names and data URIs follow what they
    describe.
    """
    in_tensors = [image for image in images if image.found.at.startswith("tensor:") and not _is_all(image.found, body)]
    if in_tensors:
        return _with_tensors(fields, body, in_tensors)
    for image in sorted(images, key=lambda image: image.found.start, reverse=True):
        found = image.found
        if (image.declare or image.converted) and found.at.startswith("part:"):
            body, found = _relabelled_part(body, image)
        elif image.declare and found.at == "body":
            media_type = media_type or image.media_type
        value = respell(image.data, image.encoding, image.media_type)
        replaced = replace_in_body(body, found, value, image.encoding)
        if replaced is None:
            return None
        body = replaced
    return Rewritten(renewed(fields, body, media_type), body)


def _is_all(found: FoundImage, body: bytes) -> bool:
    """The whole body is the value: a tensor without JSON around it."""
    return found.start == 0 and found.end == len(body)


def _with_tensors(fields: Fields, body: bytes, images: list[NewImage]) -> Rewritten | None:
    """The same for images in tensors: the length of the JSON before binary ones follows too."""
    said = value_of(fields, JSON_LENGTH)
    values = [
        NewValue(image.found, respell(image.data, image.encoding, image.media_type), image.encoding) for image in images
    ]
    made = with_values(body, int(said) if said is not None and said.isdigit() else None, values)
    if made is None:
        return None
    renamed = fields if made[1] is None else with_field(fields, JSON_LENGTH, b"%d" % made[1])
    return Rewritten(renewed(renamed, made[0], None), made[0])


def _relabelled_part(body: bytes, image: NewImage) -> tuple[bytes, FoundImage]:
    """The part of an image with a file name, and where it is declared a type, that fit; and where the image is now."""
    found = image.found
    match = _PART_HEAD.search(body, max(0, found.start - _LONGEST_PART_HEAD), found.start)
    if match is None:
        return body, found
    head = following(match[1], image.media_type)
    if image.declare:
        head = _declaring(head, image.media_type.encode("ascii"))
    moved = match.start(1) + len(head) - found.start
    end = None if found.end is None else found.end + moved
    return body[: match.start(1)] + head + body[found.start :], replace(found, start=found.start + moved, end=end)


def _declaring(head: bytes, media_type: bytes) -> bytes:
    if not _PART_TYPE.search(head):
        return b"Content-Type: " + media_type + b"\r\n" + head
    return _PART_TYPE.sub(lambda line: line[1] + line[2] + media_type, head, count=1)


def renewed(fields: Fields, body: bytes, media_type: str | None) -> Fields:
    """The fields with all that describes the body as it is now; `media_type` None leaves the type as it was."""
    new = {b"content-length": b"%d" % len(body), b"transfer-encoding": None}
    if media_type is not None:
        new[b"content-type"] = media_type.encode("ascii")
    renewed = [(name, _renewed(name.lower(), value, new, body)) for name, value in fields]
    there = {name.lower() for name, _ in fields}
    for name in (b"Content-Type", b"Content-Length"):
        if name.lower() not in there:
            renewed.append((name, new.get(name.lower())))
    return tuple((name, value) for name, value in renewed if value is not None)


def _renewed(name: bytes, value: bytes, new: Mapping[bytes, bytes | None], body: bytes) -> bytes | None:
    digest = DIGESTS.get(name)
    return digest(value, body) if digest is not None else new.get(name, value)
