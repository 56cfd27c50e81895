"""One image, from its place in a body to what its bytes say: its head, or where that is asked, all of it to its end."""

from why400.content.body import Body
from why400.content.effort import DAMAGED, FOLLOWED, JOINED, PICTURE, PIECE, PIECES, SPELLED, Effort
from why400.exchange import Image
from why400.image.facts import Damage, ImageFacts, NeedMore, Reading, Unread
from why400.image.look import examine, look, recognise
from why400.image.reader import ALL_PIECES, Readers, Source
from why400.locations.decode import clean_image, decode_image, longer_head
from why400.locations.found import FoundImage
from why400.locations.text_value import HEAD
from why400.steps import Steps


def image_at(
    readers: Readers, place: str, found: FoundImage, body: Body, whole: Body | None, effort: Effort
) -> Steps[tuple[Image, bool]]:
    """The image, and whether more of its bytes would tell more."""
    if effort.tires():
        yield
    if not effort.allows(PICTURE):
        return Image(found, _no_more(readers, found), None, place), False
    if whole is not None:
        decoding, following = _prices(found)
        if decoding and effort.tires(decoding):
            yield
        data, clean = _spelled(whole, found, effort) if effort.allows(decoding) else (None, False)
        if data is not None:
            if following > PIECES and effort.tires(following + PIECES):
                yield
            if effort.allows(following):
                return _followed(readers, place, found, data, effort, clean), False
    return _begun(readers, place, found, body, effort)


def _begun(readers: Readers, place: str, found: FoundImage, body: Body, effort: Effort) -> tuple[Image, bool]:
    """What the first bytes of an image say."""
    said, broken = _start(readers, found, found.head)
    if isinstance(said, NeedMore) and found.end is not None:
        said, broken = _start(readers, found, longer_head(body, found, HEAD))
    if isinstance(said, ImageFacts):
        return Image(found, said, broken, place), False
    waits = isinstance(said, NeedMore)
    if waits and found.end is not None:
        effort.fall_short()
    return Image(found, _no_more(readers, found), broken, place), waits and found.end is None


def _start(readers: Readers, found: FoundImage, head: Source) -> tuple[Reading, Damage | None]:
    """What these first bytes say, behind junk if there is some in front, and what is broken in them."""
    complete = found.end is not None and found.size is not None and len(head) >= found.size
    said = look(readers, head, complete)
    if not isinstance(said, Damage):
        return said, None
    return look(readers, head[said.offset :], complete) if said.kind == "junk-before" else said, said


def _followed(readers: Readers, place: str, found: FoundImage, data: Source, effort: Effort, clean: bool) -> Image:
    """What all bytes of an image say, down to its end."""
    said, broken = examine(readers, data, effort.within(ALL_PIECES, PIECE))
    if isinstance(said, Damage) and said.kind == "junk-before":
        said = look(readers, data[said.offset :], complete=True)
    if isinstance(broken, Unread):
        effort.fall_short()
        broken = None
    facts = said if isinstance(said, ImageFacts) else _no_more(readers, found)
    return Image(found, facts, broken, place, clean=clean)


def _no_more(readers: Readers, found: FoundImage) -> ImageFacts:
    """What can be said of an image whose head was never complete: at most its format."""
    reader = recognise(readers, found.head)
    return ImageFacts(reader.name, reader.media_types[0]) if reader else ImageFacts("unknown")


def _prices(found: FoundImage) -> tuple[int, int]:
    """What it costs to decode an image that is spelled as text, and to follow it through its bytes."""
    length = 0 if found.end is None else found.end - found.start
    if found.encoding == "binary":
        return 0, length * FOLLOWED // 10
    return 0 if len(found.head) == found.size else length * JOINED // 10, length * SPELLED // 10


def _spelled(whole: Body, found: FoundImage, effort: Effort) -> tuple[Source | None, bool]:
    """The bytes of an image, and whether nothing in them had to be mended."""
    data = clean_image(whole, found)
    if data is not None or not effort.allows(_mending(found)):
        return data, data is not None
    return decode_image(whole, found), False


def _mending(found: FoundImage) -> int:
    """What it costs to decode an image that is not spelled cleanly."""
    return 0 if found.end is None or found.encoding == "binary" else DAMAGED * (found.end - found.start)
