"""A JSON body ready to be searched: as it is where it can be read, else as the one reading that is left of it."""

from why400.content.body import Body
from why400.content.effort import HEALTH, JSON_STEP
from why400.content.json_health import health
from why400.content.json_scan import STEPS, JsonScan, JsonValue, scan
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext
from why400.value import value

_STEPS_THOROUGH = 100_000
_MARK = 64
_ENOUGH = 512


@value
class Document:
    """The values of a JSON body. `data` is the text they stand in, `body` the body as sent; mostly they are the same.

    `troubles` say why they are not. `complete` says that all of the document was seen, `coming` that more of the body
    is on its way.
    """

    data: bytes | bytearray
    body: bytes | bytearray
    scan: JsonScan
    complete: bool
    coming: bool = False
    troubles: tuple[Trouble, ...] = ()

    @property
    def in_place(self) -> bool:
        """The values stand in the body itself."""
        return self.data is self.body

    def too_short(self, value: JsonValue) -> bool:
        """The string has only begun: what it is cannot be told yet."""
        return self.coming and value.end is None and len(self.data) - value.start < _ENOUGH

    def span(self, value: JsonValue) -> tuple[int, int | None]:
        """Where a string stands in the body as sent; (0, None) where it has no place of its own there."""
        if self.in_place:
            return value.start, value.end
        end = len(self.data) if value.end is None else value.end
        text = bytes(memoryview(self.data)[value.start : end])
        start = self.body.find(text[:_MARK]) if text else -1
        if start < 0 or self.body[start : start + len(text)] != text:
            return 0, None
        return start, start + len(text)


def scanned(context: BodyContext, data: bytes | bytearray) -> JsonScan:
    """The values of a JSON text, as many as this look may see."""
    return context.effort.once("scan", data, lambda: _scan(context, data))


def _scan(context: BodyContext, data: bytes | bytearray) -> JsonScan:
    wanted = _STEPS_THOROUGH if context.thorough or context.effort.budget is None else STEPS
    steps = context.effort.within(wanted, JSON_STEP)
    found = scan(data, steps)
    context.effort.spend(JSON_STEP * found.steps)
    if found.exhausted and steps < wanted:
        context.effort.fall_short()
    return found


def document(context: BodyContext, body: Body) -> Document:
    """Read a JSON body. A whole one that is not strict, or is JSON in a JSON string, is read again leniently."""
    return context.effort.once("document", body.data, lambda: _document(context, body))


def _document(context: BodyContext, body: Body) -> Document:
    found = scanned(context, body.data)
    if body.whole and not _readable(found) and context.effort.allows(HEALTH * len(body.data)):
        judged = health(bytes(body.data))
        if judged.text is not None and judged.troubles:
            return Document(judged.text, body.data, scan(judged.text), True, troubles=judged.troubles)
        sound = judged.text is not None and found.root_end is not None
        return Document(body.data, body.data, found, sound, troubles=judged.troubles)
    return Document(body.data, body.data, found, found.root_end is not None, not body.ended)


def _readable(found: JsonScan) -> bool:
    return (
        found.root in ("object", "array")
        and found.broken_at is None
        and (found.root_end is not None or found.exhausted)
    )
