"""Places where an upstream may want its image, and the bodies that carry it there."""

import base64
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import orjson

from why400.locations.path import Path, parse
from why400.locations.placing import placed

Style = Literal["raw", "form", "json"]
CarriedAs = Literal["base64", "base64url", "base64url-unpadded", "data-uri", "hex", "byte-array"]

BOUNDARY = "------------------------why400probes"
SLOT = "\0image"
"""Stands in a document where the image goes."""

HERE = "here"
"""Stands there in documents that people write."""

PARTS = (
    *("file", "image", "img", "images", "files", "picture", "photo", "upload", "data", "input", "body", "content"),
    *("media", "image_file", "imageFile", "uploaded_file", "file1", "payload", "document", "attachment", "x"),
    *("images[]", "files[]", "file[]", "image[]", "photos", "pictures", "picture_file", "photo_file", "scan"),
    *(
        "uploadFile",
        "uploadedFile",
        "upload_file",
        "image_upload",
        "uploaded_image",
        "input_image",
        "input_file",
        "pic",
    ),
    *(
        "imagefile",
        "myfile",
        "my_file",
        "userfile",
        "sampleFile",
        "avatar",
        "frame",
        "face",
        "binary",
        "image1",
        "query",
    ),
)
"""Names that servers give the part of a form, the commonest first."""

KEYS = (
    *("image", "img", "image_base64", "image_b64", "image_data", "b64", "base64", "data", "file", "picture", "photo"),
    *("content", "input", "body", "base64_image", "b64_image", "imageBase64", "img_base64", "encoded_image", "payload"),
    *("image_bytes", "img_data", "image_string", "img_b64", "image_url", "url", "source", "x", "bytes", "src", "scan"),
    *(
        "imageData",
        "image_str",
        "img_str",
        "imgBase64",
        "base64Image",
        "b64image",
        "image64",
        "imageBytes",
        "img_bytes",
    ),
    *("encoded", "image_file", "input_image", "image_content", "frame", "buffer", "raw", "pic", "snapshot", "face"),
)
"""Names that servers give the key of a JSON object, the commonest first."""

_PLAIN_KEY = re.compile(r"[A-Za-z_]\w*")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an image goes. `names` are parts of a form, or JSON paths; several only while the right one is sought.

    `document` is the JSON body, with SLOT in the image's place (in each place, where several are tried at once), and
    `frame` that body without images, where it was put together here. `beside` are names and values of text parts of a
    form. `declared` is what the whole body is called, where that is not its own type.
    """

    style: Style
    names: tuple[str, ...] = ()
    carried_as: CarriedAs | Literal["binary"] = "binary"
    document: Any = None
    beside: tuple[tuple[str, str], ...] = ()
    frame: Any = None
    declared: str = ""

    @property
    def name(self) -> str:
        """The one name."""
        return self.names[0] if self.names else ""

    @property
    def words(self) -> str:
        """For people."""
        if self.style == "raw":
            return "the image itself as the body" + (f", declared as {self.declared}" if self.declared else "")
        if self.style == "form":
            return f"a form with the image in the part {self.name}"
        declared = f", declared as {self.declared}" if self.declared else ""
        return f"JSON with the image as {self.carried_as} at {self.name}{declared}"

    @property
    def yaml(self) -> str:
        """What a rules file says after `image:`, without a fix."""
        if self.style == "raw":
            return "{ body: whole }"
        if self.style == "form":
            return f"{{ part: {quoted(self.name)} }}"
        return f"{{ json: {quoted(self.name)}, as: {self.carried_as}{self._example} }}"

    @property
    def _example(self) -> str:
        """The document that was taken, where the path alone does not describe it: what else is in it may have to be."""
        path = parse(self.name)
        if not isinstance(path, Path) or placed(None, path.steps, SLOT) == self.document:
            return ""
        return f", example: {orjson.dumps(_filled(self.document, HERE)).decode()}"


@dataclass(frozen=True, slots=True)
class Carried:
    """A body, and the content type to declare for it (None: none)."""

    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Label:
    """What is said of an image beside its bytes: its media type and its file name (None: not said)."""

    media_type: str | None = "image/jpeg"
    file_name: str | None = "image.jpg"


def quoted(text: str) -> str:
    """A YAML scalar: plain where that is safe."""
    return text if re.fullmatch(r"[A-Za-z_$][\w.$-]*", text) and text not in _WORDS else orjson.dumps(text).decode()


_WORDS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null")


def carry(place: Place, image: bytes, label: Label, spell: "Spell | None" = None) -> Carried:
    """The body that brings `image` to a place. `spell` writes it another way than the place says (JSON alone)."""
    if place.style == "raw":
        return Carried(place.declared or label.media_type, image)
    if place.style == "form":
        return Carried(
            f"multipart/form-data; boundary={BOUNDARY}", _texts(place.beside) + form(place.names, image, label)
        )
    text = (spell or SPELLINGS[place.carried_as])(image, label.media_type or "image/jpeg")
    return Carried(place.declared or "application/json", orjson.dumps(_filled(place.document, text)))


def _texts(beside: tuple[tuple[str, str], ...]) -> bytes:
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{{}}"\r\n\r\n{{}}\r\n'
    return "".join(head.format(name, value) for name, value in beside).encode()


def form(names: tuple[str, ...], image: bytes, label: Label) -> bytes:
    """A form with the image in each of the parts (RFC 7578)."""
    file = "" if label.file_name is None else f'; filename="{label.file_name}"'
    kind = "" if label.media_type is None else f"Content-Type: {label.media_type}\r\n"
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n{kind}\r\n'.encode() + image + b"\r\n"
        for name in names
    ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


def plain_base64(image: bytes, media_type: str) -> str:
    """Standard base64 (RFC 4648 section 4)."""
    return base64.b64encode(image).decode("ascii")


def urlsafe(image: bytes, media_type: str) -> str:
    """The url-safe alphabet (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(image).decode("ascii")


def unpadded(image: bytes, media_type: str) -> str:
    """The url-safe alphabet without padding, as tokens have it (RFC 4648 section 3.2)."""
    return urlsafe(image, media_type).rstrip("=")


def data_uri(image: bytes, media_type: str) -> str:
    """A data URI (RFC 2397)."""
    return f"data:{media_type};base64,{plain_base64(image, media_type)}"


def hexadecimal(image: bytes, media_type: str) -> str:
    """Two digits a byte (RFC 4648 section 8)."""
    return image.hex()


def byte_array(image: bytes, media_type: str) -> list[int]:
    """A list of byte values."""
    return list(image)


Spell = Callable[[bytes, str], str | list[int]]
"""How JSON carries bytes of a media type."""

SPELLINGS: Mapping[str, Spell] = {
    "base64": plain_base64,
    "base64url": urlsafe,
    "base64url-unpadded": unpadded,
    "data-uri": data_uri,
    "hex": hexadecimal,
    "byte-array": byte_array,
}


def raw() -> Place:
    """The whole body."""
    return Place("raw")


def parts(names: tuple[str, ...]) -> Place:
    """Parts of a form."""
    return Place("form", names)


def keys(names: tuple[str, ...], carried_as: CarriedAs = "base64") -> Place:
    """Members of a JSON object."""
    return at_paths(tuple(path_to(name) for name in names), carried_as)


def at_paths(paths: tuple[str, ...], carried_as: CarriedAs = "base64", frame: Any = None) -> Place:
    """JSON paths, in the smallest document that has them all, or in `frame`. None may lead through another."""
    document = {} if not paths and frame is None else frame
    for path in paths:
        document = with_value(document, path, SLOT)
    return Place("json", paths, carried_as, document, frame=frame)


def moved(place: Place, paths: tuple[str, ...], carried_as: CarriedAs, frame: Any) -> Place:
    """The same place in JSON with other paths, another spelling, or another frame."""
    return replace(at_paths(paths, carried_as, frame), declared=place.declared)


def with_value(document: Any, path: str, value: Any) -> Any:
    """The document with a value where a path leads."""
    parsed = parse(path)
    return placed(document, parsed.steps, value) if isinstance(parsed, Path) else document


def path_to(name: str) -> str:
    """The path to a member of the root."""
    return f"$.{name}" if _PLAIN_KEY.fullmatch(name) else f'$["{name}"]'


def _filled(document: Any, text: str | list[int]) -> Any:
    if isinstance(document, dict):
        return {key: _filled(value, text) for key, value in document.items()}
    if isinstance(document, list):
        return [_filled(value, text) for value in document]
    return text if document == SLOT else document
