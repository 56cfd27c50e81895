"""A recorded request made again, with some of it changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import orjson

from why400.content.body import Body
from why400.content.media_type import parse
from why400.content.multipart import form
from why400.exchange import Fields, Image, RequestHead, Station
from why400.facts import Eyes
from why400.fixes.answer import Answer as Painted
from why400.fixes.answer import Failed
from why400.fixes.fix import CannotFix, Fix, Step
from why400.fixes.plan_image import ImageJob, image_job
from why400.fixes.rework import Reworked
from why400.fixes.rewrite import NewImage, rewrite
from why400.image.bare import bare
from why400.locations.decode import decode_image
from why400.locations.found import Encoding
from why400.probe.experiment import Experiment
from why400.probe.padding import padded
from why400.probe.places import BOUNDARY, Carried, Label, Place, carry

_OF_MESSAGE = (
    b"content-length",
    b"transfer-encoding",
    b"connection",
    b"expect",
    b"host",
    b"keep-alive",
    b"te",
    b"upgrade",
)
"""Fields that belong to the connection that the request came by (RFC 9110 section 7.6.1), not to what it says."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """A request as it was kept: whole. `path` is the target as the request line had it."""

    head: RequestHead
    body: bytes

    @property
    def target(self) -> str:
        """The request target, as text."""
        return self.head.target.decode("latin-1")


Rework = Callable[[Fields, bytes], Reworked | CannotFix]
"""A change of fields and body, made before any image is looked for."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """What of a request is changed. Everything that is not said stays byte for byte.

    `reworks` change fields and body as a whole, first; `steps` are pixel fixes; `skip` drops bytes before the image;
    `encoding` spells it another way in its place; `to` puts it elsewhere; `content_type` and `label` say what is
    declared; `instead` is another image, where this one is broken; `bare` leaves out its metadata.
    `same_size` makes a file that was painted no smaller than it was.
    """

    steps: tuple[Step, ...] = ()
    skip: int = 0
    encoding: Encoding | None = None
    to: Place | None = None
    label: Label | None = None
    content_type: str | None = None
    reworks: tuple[Rework, ...] = ()
    instead: bytes | None = None
    bare: bool = False
    same_size: bool = False
    target: str | None = None

    @property
    def of_image(self) -> bool:
        """The image's own bytes or their place change."""
        return bool(self.steps or self.skip or self.encoding or self.to or self.label or self.instead or self.bare)


@dataclass(frozen=True, slots=True)
class Workshop:
    """What is needed to make requests: eyes to find the image, fixes, and who runs pixel jobs (a decode worker)."""

    eyes: Eyes
    fixes: Mapping[str, Fix]
    paint: Callable[[ImageJob, bytes], Painted]
    painted: dict[Any, Painted] = field(default_factory=dict)

    def look(self, recorded: Recorded) -> tuple[Image, ...]:
        """The images in a request, wherever they are."""
        body = Body(recorded.body, len(recorded.body), ended=True)
        return self.eyes.see(recorded.head, recorded.target, body, reach=Station.WHOLE_BODY, thorough=True).seen.images

    def remade(self, what: str, recorded: Recorded, altered: Alteration, turn: int = 0) -> Experiment | CannotFix:
        """The request with the alterations, or why it cannot be made."""
        reworked = _reworked(recorded, self._reworks(recorded, altered))
        if isinstance(reworked, CannotFix):
            return reworked
        recorded = reworked
        made = self._body(recorded, altered)
        if isinstance(made, CannotFix):
            return made
        fields, body = made
        if altered.content_type is not None and altered.to is None:
            fields = _declaring(fields, altered.content_type)
        target = altered.target or recorded.target
        kept = tuple((name, value) for name, value in fields if name.lower() not in _OF_MESSAGE)
        return Experiment(what, recorded.head.method, target, kept, body, turn)

    def _reworks(self, recorded: Recorded, altered: Alteration) -> tuple[Rework, ...]:
        """Nothing of an image can be changed inside a content coding: it is taken off first."""
        undo = self.fixes["decompress"].rework
        coded = altered.of_image and recorded.head.value(b"content-encoding") is not None
        return (undo, *altered.reworks) if coded and undo and undo not in altered.reworks else altered.reworks

    def _body(self, recorded: Recorded, altered: Alteration) -> tuple[Fields, bytes] | CannotFix:
        if not altered.of_image:
            return recorded.head.fields, recorded.body
        images = self.look(recorded)
        if len(images) != 1:
            return CannotFix(f"{len(images)} images were found in it, one is wanted")
        image = images[0]
        data = decode_image(Body(recorded.body, len(recorded.body), ended=True), image.found)
        if data is None:
            return CannotFix("the image's bytes cannot be read")
        data = altered.instead or data[altered.skip :]
        data = (bare(data, image.facts.format) or data) if altered.bare else data
        painted = self._painted(image, data, altered.steps)
        if isinstance(painted, CannotFix):
            return painted
        made, media_type = painted
        made = padded(made, len(data)) if altered.same_size and len(made) < len(data) else made
        return self._put(recorded, image, altered, made, media_type)

    def _painted(self, image: Image, data: bytes, steps: tuple[Step, ...]) -> tuple[bytes, str] | CannotFix:
        """The image's new bytes and what they are."""
        if not steps:
            return data, image.facts.media_type or "application/octet-stream"
        job = image_job(image, steps, self.fixes)
        if isinstance(job, CannotFix) or job is None:
            return job or CannotFix("nothing is to be changed")
        key = (repr(steps), len(data))
        if key not in self.painted:
            self.painted[key] = self.paint(job, data)
        done = self.painted[key]
        return CannotFix(done.because) if isinstance(done, Failed) else (done.data, done.media_type)

    def _put(
        self, recorded: Recorded, image: Image, altered: Alteration, data: bytes, media_type: str
    ) -> tuple[Fields, bytes] | CannotFix:
        if altered.to is not None:
            label = Label(media_type, image.found.file_name or f"image.{media_type.partition('/')[2]}")
            carried = carry(altered.to, data, label)
            return _carrying(recorded.head.fields, carried), with_others(recorded, image, altered.to, carried.body)
        found = image.found
        follows = found.declared_type == image.facts.media_type != media_type
        declared = altered.label.media_type if altered.label else media_type if follows else None
        new = NewImage(found, data, altered.encoding or found.encoding, declared or media_type, declared is not None)
        written = rewrite(recorded.head.fields, recorded.body, [new])
        return (written.fields, written.body) if written else CannotFix("the image has no end in the body")


def _declaring(fields: Fields, content_type: str) -> Fields:
    rest = tuple((name, value) for name, value in fields if name.lower() != b"content-type")
    return (*rest, (b"Content-Type", content_type.encode("latin-1", "replace")))


def _carrying(fields: Fields, carried: Carried) -> Fields:
    """The fields with those that describe the body made true."""
    rest = tuple(one for one in fields if one[0].lower() not in (b"content-type", b"content-encoding"))
    return rest if carried.content_type is None else _declaring(rest, carried.content_type)


def with_others(recorded: Recorded, image: Image, place: Place, body: bytes) -> bytes:
    """A body that was written anew, with what the request had beside its image: members of JSON, fields of a form."""
    at, _, name = image.found.at.partition(":")
    if place.style == "json" and at == "json":
        old, new = orjson.loads(recorded.body), orjson.loads(body)
        if isinstance(old, dict) and isinstance(new, dict):
            top = name.split("/")[1]
            return orjson.dumps({**{key: value for key, value in old.items() if key != top}, **new})
    if place.style == "form" and at == "part":
        return b"".join(_fields_beside(recorded, image)) + body
    return body


def _fields_beside(recorded: Recorded, image: Image) -> Iterator[bytes]:
    """The text fields of a form, as parts of ours."""
    media = parse(recorded.head.value(b"content-type") or b"")
    for part in form(recorded.body, media.boundary, True).parts:
        if part.start != image.found.start and part.name and part.file_name is None and part.end is not None:
            head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{part.name}"\r\n\r\n'
            yield head.encode() + recorded.body[part.start : part.end] + b"\r\n"


def _reworked(recorded: Recorded, reworks: Sequence[Rework]) -> Recorded | CannotFix:
    for rework in reworks:
        made = rework(recorded.head.fields, recorded.body)
        if isinstance(made, CannotFix):
            return made
        recorded = Recorded(replace(recorded.head, fields=made.fields), made.body)
    return recorded
