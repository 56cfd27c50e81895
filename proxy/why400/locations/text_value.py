"""A text in a body that may carry an image: looked at without copying more than its ends."""

from dataclasses import replace

from why400.content import carried
from why400.content.base64_health import Text
from why400.content.base64_text import encoded_length
from why400.content.carried import Carried
from why400.content.effort import ESCAPED, JOINED, LIGHTLY, Effort
from why400.content.json_string import is_lightly_escaped, unescape, unescape_head
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext
from why400.locations.found import URLSAFE, Encoding, FoundImage
from why400.locations.spelling import troubles_of

HEAD = 64 * 1024
_TAIL = 64
_LEAST = 4 * 1024
_AT_ONCE = encoded_length(HEAD)
_START = encoded_length(16 * 1024)


def text_at(context: BodyContext, data: bytes | bytearray, start: int, end: int | None) -> Text:
    """The text between two offsets, escapes of JSON undone; up to 64 KiB of bytes it is whole, or if `thorough`.

    Of a longer one the first 16 KiB: whoever needs more has all of it. Of one that still comes, 64 KiB.
    """
    effort = context.effort
    if end is not None and (end - start <= _AT_ONCE or _is_wanted_whole(context, end - start)):
        raw = bytes(memoryview(data)[start:end])
        if _can_be_unescaped(raw, effort):
            whole = unescape(raw)
            return Text(whole, whole[-_TAIL:], len(whole), True)
    raw = bytes(memoryview(data)[start : start + (_AT_ONCE if end is None else _START)])
    if not _can_be_unescaped(raw, effort):
        raw = raw[:_LEAST]
    head = unescape_head(raw)
    if end is None:
        return Text(head, b"", None, False)
    raw_tail = bytes(data[end - _TAIL : end])
    escaped = head is not raw or b"\\" in raw_tail
    return Text(head, unescape(raw_tail), None if escaped else end - start, False)


def _is_wanted_whole(context: BodyContext, length: int) -> bool:
    return context.thorough and context.effort.allows(JOINED * length // 10)


def _can_be_unescaped(raw: bytes, effort: Effort) -> bool:
    """It has no escapes, or there is the time to undo them."""
    if b"\\" not in raw:
        return True
    slashes = effort.allows(LIGHTLY * len(raw)) and is_lightly_escaped(raw)
    return slashes or effort.allows(ESCAPED * len(raw))


def found_text(
    context: BodyContext,
    data: bytes | bytearray,
    span: tuple[int, int | None],
    at: str,
    want: Encoding | None,
) -> tuple[FoundImage | None, tuple[Trouble, ...]]:
    """What the text at `span` carries, judged by the spelling that is wanted (None: by itself).

    No image where the text is no form of bytes at all; its troubles then stand alone.
    """
    text = text_at(context, data, *span)
    limit = max(HEAD, len(text.head)) if text.whole else HEAD
    read = carried.read(text, context.looks_like_image, limit, context.effort)
    escaped = b"\\" in data[span[0] : span[0] + _TAIL]
    troubles = tuple(_placed(one, at, None if escaped else span[0]) for one in troubles_of(read, want))
    if read.encoding is None and not read.head:
        return None, troubles
    return _found(read, span, at, troubles, want), troubles


def _found(
    read: Carried, span: tuple[int, int | None], at: str, troubles: tuple[Trouble, ...], want: Encoding | None
) -> FoundImage:
    encoding: Encoding = read.encoding or "binary"
    if want in URLSAFE and encoding in ("base64", "base64url") and not troubles:
        encoding = want  # a short text has no sign in which the alphabets differ
    return FoundImage(at, encoding, *span, read.head, read.declared_type, None, read.size, troubles)


def _placed(trouble: Trouble, at: str, start: int | None) -> Trouble:
    offset = None if trouble.offset is None or start is None else start + trouble.offset
    return replace(trouble, at=at, offset=offset)


def text_image(
    context: BodyContext, data: bytes | bytearray, span: tuple[int, int | None], at: str
) -> FoundImage | None:
    """An image that a text spells, judged by itself; None where it spells none."""
    found, _ = found_text(context, data, span, at, None)
    if found is None or found.encoding == "binary" or not context.looks_like_image(bytes(found.head[:512])):
        return None
    return found


def text_instead(found: FoundImage) -> FoundImage:
    """The same, where the image's own bytes are wanted; what was found as bytes stays as it is."""
    if found.encoding == "binary":
        return found
    kind = {"data-uri": "a data URI", "hex": "hex digits"}.get(found.encoding, "base64 text")
    code = "base64.hex" if found.encoding == "hex" else "base64.unexpected"
    trouble = Trouble(code, f"got {kind}, want the image's own bytes", found.at, found.start)
    return replace(found, troubles=(trouble, *found.troubles))
