"""Reading facts: from a request's head and what has come of its body to all that is seen in it, without opinion."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from why400.content.body import Body
from why400.content.effort import AGAIN, FOLLOWED, PIECE, PIECES, Effort
from why400.content.json_scan import FEW, JsonScan
from why400.content.media_type import parse
from why400.content.trouble import Trouble
from why400.exchange import Image, RequestHead, Seen, Station
from why400.image.facts import ImageFacts
from why400.image.look import examine, recognise
from why400.image.reader import Reader, Readers
from why400.locations.by_itself import troubles_by_itself
from why400.locations.context import BodyContext, Located, Location, body_context
from why400.locations.discover import discovering
from why400.locations.envelope import tensors_seen
from why400.locations.found import FoundImage
from why400.locations.opened import is_plain, opened
from why400.locations.whole import Whole
from why400.one_image import image_at
from why400.rules.model import ImagePlace
from why400.steps import Steps, at_once
from why400.value import value

_PLAIN = 10 * PIECES // FOLLOWED
"""Bytes of a picture that are followed in one go."""


@value
class Sight:
    """What was seen; whether more of the body could change it; whether something was left out that takes long."""

    seen: Seen
    need_more: bool
    cut_short: bool = False


@dataclass(frozen=True, slots=True)
class Eyes:
    """Reads facts with the readers and the locations that it was given."""

    readers: Readers
    locations: Mapping[type, Location]
    picture_starts: frozenset[int] = field(init=False, repr=False)
    """First bytes that a picture can have."""

    def __post_init__(self) -> None:
        starts = (byte for reader in self.readers if _is_of_image(reader) for byte in reader.starts)
        object.__setattr__(self, "picture_starts", frozenset(starts))

    def see(
        self,
        head: RequestHead,
        path: str,
        body: Body,
        places: tuple[ImagePlace, ...] = (),
        reach: Station = Station.FIRST_BYTES,
        *,
        thorough: bool = False,
    ) -> Sight:
        """What `head` and `body` hold. Without `places`, images are looked for wherever they can be.

        `reach` WHOLE_BODY looks at the structure of images too; `thorough` at everything that may be wrong.
        """
        return at_once(self.seeing(head, path, body, places, reach, Effort(), thorough=thorough))

    def seeing(
        self,
        head: RequestHead,
        path: str,
        body: Body,
        places: tuple[ImagePlace, ...],
        reach: Station,
        effort: Effort,
        *,
        thorough: bool,
    ) -> Steps[Sight]:
        """The same in steps, as far as the `effort` goes: it says where it was cut short."""
        context = self._context(head, thorough, effort)
        located: list[Located] = []
        for place in places:
            if located and effort.tires():
                yield
            located.append(self._locate(place, context, body))
        if not places:
            located.append((yield from discovering(context, body)))
        whole = _whole(context, body) if reach >= Station.WHOLE_BODY or thorough else None
        images, more = yield from self._images(places, located, body, whole, effort)
        troubles = tuple([trouble for one in located for trouble in one.troubles])
        if places and thorough:
            troubles += _untold(context, body, located)
        seen = Seen(
            head,
            path,
            context.declared,
            _declared_size(head, body),
            images,
            troubles,
            body.ended,
            _missing(places, located),
            tensors_seen(context, whole) if whole is not None else None,
            _document(body, effort),
        )
        return Sight(seen, more and not body.ended, effort.cut_short)

    def seeing_again(
        self, seen: Seen, body: Body, places: tuple[ImagePlace, ...], scan: JsonScan | None = None
    ) -> Steps[Seen]:
        """A quick and thorough look at what was `seen`, with its images wanted at other places, in steps.

        What is known of an image's own bytes is not read once more, nor what is wrong with the body by itself, nor its
        JSON where a `scan` saw all of it.
        """
        effort = Effort(AGAIN)
        if scan is not None and not scan.exhausted:
            effort.note("scan", body.data, scan)
        context = self._context(seen.head, True, effort)
        located = [self._locate(place, context, body) for place in places]
        yield
        images, _ = yield from self._images(places, located, body, _whole(context, body), effort, seen.images)
        troubles = tuple([trouble for one in located for trouble in one.troubles])
        return replace(seen, images=images, troubles=troubles, missing=_missing(places, located))

    def see_picture(self, head: RequestHead, path: str, body: Body, places: tuple[ImagePlace, ...]) -> Sight | None:
        """What `see` does of a whole body that is to be one picture, and is a sound one of no great size. Else None."""
        data = body.data
        if not (_is_bare(places) and body.whole and len(data) <= _PLAIN) or b"content-encoding" in head.index:
            return None
        reader = recognise(self.readers, data)
        if reader is None or reader.structure is None:
            return None
        facts, broken = examine(self.readers, data, PIECES // PIECE, reader)
        if broken is not None or not isinstance(facts, ImageFacts):
            return None
        declared = _declared(head)
        head_bytes = data if isinstance(data, bytes) else memoryview(data)
        found = FoundImage("body", "binary", 0, body.size, head_bytes, declared, None, body.size)
        image = Image(found, facts, None, places[0].name, clean=True)
        return Sight(Seen(head, path, declared, body.size, (image,), (), True), False)

    def _context(self, head: RequestHead, thorough: bool, effort: Effort) -> BodyContext:
        fields = head.value(b"content-type"), head.value(b"content-encoding")
        json_length = head.value(b"inference-header-content-length")
        return body_context(*fields, self._is_image, thorough, effort, json_length)

    def _images(
        self,
        places: tuple[ImagePlace, ...],
        located: list[Located],
        body: Body,
        whole: Body | None,
        effort: Effort,
        known: tuple[Image, ...] = (),
    ) -> Steps[tuple[tuple[Image, ...], bool]]:
        """All images that were found, each at its place, and whether more of the body could change what is seen."""
        images, more = [], False
        for index, one in enumerate(located):
            more = more or one.need_more
            for found in one.found:
                place = places[index].name if places else ""
                same = _same(known, found) if known else None
                if same is not None:
                    images.append(replace(same, found=found, place=place))
                    continue
                image, wants = yield from image_at(self.readers, place, found, body, whole, effort)
                more = more or wants
                images.append(image)
        return tuple(images), more

    def _is_image(self, start: bytes) -> bool:
        if not start or start[0] not in self.picture_starts:
            return False
        reader = recognise(self.readers, start)
        return reader is not None and _is_of_image(reader)

    def _locate(self, place: ImagePlace, context: BodyContext, body: Body) -> Located:
        """The first of a place's alternatives where an image stands as it should, else where one stands at all.

        Of those the first where it only is not as it should be goes before any where it is not even in its place.
        """
        if len(place.specs) == 1:
            return self._find(place.specs[0], context, body)
        tried = [self._find(spec, context, body) for spec in place.specs]
        clean = (one for one in tried if one.linked or (one.found and not any(image.troubles for image in one.found)))
        inexact = sorted(tried, key=lambda one: (not one.found, not one.present))
        return next(clean, None) or inexact[0]

    def _find(self, spec: Any, context: BodyContext, body: Body) -> Located:
        return self.locations[type(spec)].find(spec, context, body)


def _is_bare(places: tuple[ImagePlace, ...]) -> bool:
    """The one image wanted is the body."""
    return len(places) == 1 and len(places[0].specs) == 1 and type(places[0].specs[0]) is Whole


def _declared(head: RequestHead) -> str | None:
    value = head.index.get(b"content-type")
    return None if value is None or not value.strip() else parse(value).essence


def _is_of_image(reader: Reader) -> bool:
    return bool(reader.media_types) and reader.media_types[0].startswith("image/")


def _same(known: tuple[Image, ...], found: FoundImage) -> Image | None:
    """The image among those known that stands in the same bytes, spelled in the same way."""
    if found.end is None:
        return None
    span = found.start, found.end, found.encoding
    return next((one for one in known if (one.found.start, one.found.end, one.found.encoding) == span), None)


def _whole(context: BodyContext, body: Body) -> Body | None:
    """The whole body without its coding, if it can be had."""
    if not body.whole or is_plain(context, body):
        return body if body.whole else None
    plain = opened(context, body).body
    if plain is None or plain.whole:
        return plain
    context.effort.fall_short()
    return None


def _document(body: Body, effort: Effort) -> JsonScan | None:
    """The scan of a whole document that was seen with few steps: nobody has to look for its values again."""
    scan: JsonScan | None = effort.noted("scan", body.data) if body.whole else None
    return scan if scan is not None and not scan.exhausted and scan.steps <= FEW else None


def _declared_size(head: RequestHead, body: Body) -> int | None:
    """Bytes after transfer coding: what has come when it has ended, else what Content-Length says."""
    if body.ended:
        return body.size
    length = head.value(b"content-length")
    return int(length) if length is not None and length.isdigit() else None


def _untold(context: BodyContext, body: Body, located: list[Located]) -> tuple[Trouble, ...]:
    """What is wrong with the body by itself, apart from what the places of a route have told, there or at an image."""
    found = [image for one in located for image in one.found]
    told = {(trouble.code, trouble.at) for one in located for trouble in one.troubles}
    told |= {(trouble.code, trouble.at) for image in found for trouble in image.troubles}
    own = troubles_by_itself(context, body, found)
    return tuple(trouble for trouble in own if (trouble.code, trouble.at) not in told)


def _missing(places: tuple[ImagePlace, ...], located: list[Located]) -> tuple[Trouble, ...]:
    """Why a place has no image: one trouble a place, none while more could still come.

    At an optional one nothing is missing as long as nothing stands there.
    """
    missing: tuple[Trouble, ...] = ()
    for place, one in zip(places, located, strict=False):
        wanted = one.present or not place.optional
        if wanted and not (one.found or one.linked or one.need_more):
            none = Trouble("image.missing", f"there is no image where {place.name} should be")
            missing += (one.troubles[0] if one.troubles else none,)
    return missing
