"""Images whose bytes stand in a body as they are."""

from dataclasses import replace

from why400.content.body import Body
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext, Located
from why400.locations.found import FoundImage
from why400.locations.style import SNIFF


def binary(
    body: Body,
    start: int,
    end: int | None,
    at: str,
    declared_type: str | None = None,
    file_name: str | None = None,
    troubles: tuple[Trouble, ...] = (),
) -> FoundImage:
    """The bytes between two offsets as an image, without a copy wherever the body no longer grows."""
    size = None if end is None else end - start
    head = _memory(body, start, end)
    return FoundImage(at, "binary", start, end, head, declared_type, file_name, size, troubles)


def _memory(body: Body, start: int, end: int | None) -> bytes | memoryview:
    data, stop = body.data, len(body.data) if end is None else end
    if isinstance(data, bytes):
        return data if start == 0 and stop == len(data) else memoryview(data)[start:stop]
    # A bytearray cannot grow while anybody has a view of it.
    return memoryview(data)[start:stop] if body.ended else bytes(data[start:stop])


def whole(context: BodyContext, body: Body) -> FoundImage:
    """The whole body as an image."""
    return binary(body, 0, body.size if body.ended else None, "body", context.declared)


def shows_image(context: BodyContext, found: FoundImage) -> bool:
    """The first bytes of what was found are a picture's."""
    return context.looks_like_image(bytes(found.head[:SNIFF]))


def blamed(found: tuple[FoundImage, ...], trouble: Trouble) -> Located:
    """Images with one more trouble, in front of their own; the trouble alone where there are none."""
    if not found:
        return Located((), (trouble,))
    return Located(tuple(replace(one, troubles=(replace(trouble, at=one.at), *one.troubles)) for one in found))
