"""Reading facts: from a request's head and what has come of its body to all that is seen in it, without opinion."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from why400.content.body import Body
from why400.content.effort import DAMAGED, FOLLOWED, PICTURE, PIECE, QUICK, Effort
from why400.content.trouble import Trouble
from why400.exchange import Image, RequestHead, Seen, Station
from why400.image.facts import Damage, ImageFacts, NeedMore, Unread
from why400.image.look import damage, look, recognise
from why400.image.reader import ALL_PIECES, Readers
from why400.locations.by_itself import troubles_by_itself
from why400.locations.context import BodyContext, Located, Location, body_context
from why400.locations.decode import view_image
from why400.locations.discover import discover
from why400.locations.found import FoundImage
from why400.locations.opened import opened
from why400.rules.model import ImagePlace


@dataclass(frozen=True, slots=True)
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

    def see(
        self,
        head: RequestHead,
        path: str,
        body: Body,
        places: tuple[ImagePlace, ...] = (),
        reach: Station = Station.FIRST_BYTES,
        *,
        thorough: bool = False,
        quick: bool = False,
    ) -> Sight:
        """What `head` and `body` hold. Without `places`, images are looked for wherever they can be.

        `reach` WHOLE_BODY looks at the structure of images too; `thorough` at everything that may be wrong. A `quick`
        look takes half a millisecond whatever comes, and says where it was cut short.
        """
        effort = Effort(QUICK if quick else None)
        fields = head.value(b"content-type"), head.value(b"content-encoding")
        context = body_context(*fields, self._is_image, thorough, effort)
        if places:
            located = [(place.name, self._locate(place, context, body)) for place in places]
        else:
            located = [("", discover(context, body))]
        told = tuple(trouble for _, one in located for trouble in one.troubles)
        plain = opened(context, body).body if body.whole and (reach >= Station.WHOLE_BODY or thorough) else None
        whole = plain if plain is not None and plain.whole else None
        if plain is not None and whole is None:
            effort.fall_short()
        looks = [self._image(name, found, whole, effort) for name, one in located for found in one.found]
        seen = Seen(
            head=head,
            path=path,
            media_type=context.declared,
            body_size=_declared_size(head, body),
            images=tuple(image for image, _ in looks),
            troubles=told + (_untold(context, body, [one for _, one in located]) if places and thorough else ()),
            body_ended=body.ended,
            missing=_missing(places, [one for _, one in located]),
        )
        more = any(one.need_more for _, one in located) or any(wants for _, wants in looks)
        return Sight(seen, more and not body.ended, effort.cut_short)

    def _is_image(self, start: bytes) -> bool:
        reader = recognise(self.readers, start)
        return reader is not None and bool(reader.media_types) and reader.media_types[0].startswith("image/")

    def _locate(self, place: ImagePlace, context: BodyContext, body: Body) -> Located:
        """The first of a place's alternatives where an image stands as it should, else where one stands at all."""
        tried = [self._find(spec, context, body) for spec in place.specs]
        clean = (one for one in tried if one.found and not any(image.troubles for image in one.found))
        return next(clean, None) or next((one for one in tried if one.found), tried[0])

    def _find(self, spec: Any, context: BodyContext, body: Body) -> Located:
        return self.locations[type(spec)].find(spec, context, body)

    def _image(self, place: str, found: FoundImage, whole: Body | None, effort: Effort) -> tuple[Image, bool]:
        if not effort.allows(PICTURE):
            return Image(found, self._no_more(found), None, place), False
        data = _bytes(found, whole, effort)
        head, complete = _at_hand(found, data)
        said = look(self.readers, head, complete)
        broken = said if isinstance(said, Damage) else None
        if broken is not None and broken.kind == "junk-before":
            said = look(self.readers, head[broken.offset :], complete)
        if isinstance(said, NeedMore):
            if found.end is not None:
                effort.fall_short()
            return Image(found, self._no_more(found), broken, place), found.end is None
        facts = said if isinstance(said, ImageFacts) else self._no_more(found)
        if data is not None:
            broken = self._structure(data, facts is said, effort) or broken
        return Image(found, facts, broken, place), False

    def _no_more(self, found: FoundImage) -> ImageFacts:
        """What can be said of an image whose head was never complete: at most its format."""
        reader = recognise(self.readers, found.head)
        return ImageFacts(reader.name, reader.media_types[0]) if reader else ImageFacts("unknown")

    def _structure(self, data: bytes | memoryview, head_is_good: bool, effort: Effort) -> Damage | None:
        most = effort.within(ALL_PIECES, PIECE)
        followed = damage(self.readers, data, head_is_good=head_is_good, most=most)
        if isinstance(followed, Unread):
            effort.fall_short()
            return None
        return followed


def _bytes(found: FoundImage, whole: Body | None, effort: Effort) -> bytes | memoryview | None:
    """All bytes of an image out of a whole body, if that is to be looked at."""
    return view_image(whole, found) if whole is not None and effort.allows(_price(found)) else None


def _at_hand(found: FoundImage, data: bytes | memoryview | None) -> tuple[bytes | memoryview, bool]:
    """The first bytes of an image, and whether they are all of it. All of them only where its head may be that long."""
    complete = found.end is not None and (found.size is None or len(found.head) >= found.size)
    return (found.head, complete) if complete or data is None else (data, True)


def _price(found: FoundImage) -> int:
    """What it costs to follow an image through its bytes, which are decoded first where they are spelled as text."""
    length = 0 if found.end is None else found.end - found.start
    if found.encoding == "binary":
        return length * FOLLOWED // 10
    return length * DAMAGED if found.troubles else length * (FOLLOWED + 1) // 10


def _declared_size(head: RequestHead, body: Body) -> int | None:
    """Bytes after transfer coding: what has come when it has ended, else what Content-Length says."""
    if body.ended:
        return body.size
    length = head.value(b"content-length")
    return int(length) if length is not None and length.isdigit() else None


def _untold(context: BodyContext, body: Body, located: list[Located]) -> tuple[Trouble, ...]:
    """What is wrong with the body by itself, apart from what the places of a route have told, there or at an image."""
    told = {(trouble.code, trouble.at) for one in located for trouble in one.troubles}
    told |= {(trouble.code, trouble.at) for one in located for image in one.found for trouble in image.troubles}
    return tuple(trouble for trouble in troubles_by_itself(context, body) if (trouble.code, trouble.at) not in told)


def _missing(places: tuple[ImagePlace, ...], located: list[Located]) -> tuple[Trouble, ...]:
    """Why a place that is not optional has no image: one trouble a place, none while more could still come."""
    return tuple(
        one.troubles[0] if one.troubles else Trouble("image.missing", f"there is no image where {place.name} should be")
        for place, one in zip(places, located, strict=False)
        if not one.found and not place.optional and not one.need_more
    )
