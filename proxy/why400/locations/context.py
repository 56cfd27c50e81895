"""What a location is, what it is told of a request, and what it answers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from why400.content.body import Body
from why400.content.carried import LooksLikeImage
from why400.content.effort import Effort
from why400.content.media_type import MediaType, parse
from why400.content.trouble import Trouble
from why400.locations.found import FoundImage
from why400.shapes.shape import Node, Problem
from why400.value import value


@value
class BodyContext:
    """What is known of a body apart from its bytes.

    `looks_like_image` is given the first bytes of something (512 at most) and tells whether they are a picture's.
    `thorough` is for requests that were refused: whole texts are then looked at, and JSON is parsed. `json_length` is
    the field Inference-Header-Content-Length of tensors in the binary extension. `effort` bounds the work of this look.
    """

    media: MediaType | None
    content_encoding: bytes | None
    looks_like_image: LooksLikeImage
    thorough: bool = False
    json_length: bytes | None = None
    effort: Effort = field(default_factory=Effort, compare=False)

    @property
    def declared(self) -> str | None:
        """The media type of the request, lower case without parameters."""
        return self.media.essence if self.media else None


@value
class Located:
    """The images found, what is wrong apart from any of them, and whether more of the body could change the answer.

    `present`: something stands at the very place, be it no image; `linked`: a link to one, where that will do.
    """

    found: tuple[FoundImage, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    need_more: bool = False
    present: bool = False
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Carried:
    """An image that is to be put into a new body: for which spec, its bytes, their media type, its name as a file."""

    spec: Any
    data: bytes
    media_type: str
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class NewBody:
    """A body that was made, and the value of its Content-Type.

    `json_length` is for Inference-Header-Content-Length, where binary tensors follow that much JSON.
    """

    content_type: str
    data: bytes
    json_length: int | None = None

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The header fields that tell how to read it."""
        length = [] if self.json_length is None else [("Inference-Header-Content-Length", str(self.json_length))]
        return [("Content-Type", self.content_type), *length]


@dataclass(frozen=True, slots=True)
class Location:
    """One kind of place where an image can be.

    `key` names it in the rules, `keys` are further keys that go with it. `read_spec` reads those keys' nodes into a
    frozen `spec`, or gives None with what is wrong appended. `find` looks for what such a spec describes, `make` makes
    the smallest body that has images where their specs (all of this kind) say; None where one body cannot. `move`
    gives a body of this kind with its image moved to where its spec says and all else kept; None where it cannot.
    """

    key: str
    spec: type
    read_spec: Callable[[Mapping[str, Node], list[Problem]], Any]
    find: Callable[[Any, BodyContext, Body], Located]
    make: Callable[[Sequence[Carried]], NewBody | None]
    move: Callable[[bytes, FoundImage, Carried], NewBody | None]
    keys: tuple[str, ...] = ()


def body_context(
    content_type: bytes | None,
    content_encoding: bytes | None,
    looks_like_image: LooksLikeImage,
    thorough: bool = False,
    effort: Effort | None = None,
    json_length: bytes | None = None,
) -> BodyContext:
    """The context from the values of the header fields, None where a field is absent."""
    media = None if content_type is None or not content_type.strip() else parse(content_type)
    return BodyContext(media, content_encoding, looks_like_image, thorough, json_length, effort or Effort())
