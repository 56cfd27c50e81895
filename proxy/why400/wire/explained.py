"""`answer: explain`: the upstream's refusal told in our words, with its own words quoted."""

import orjson

from why400.content.body import Body
from why400.content.coding import CHEAP, GLANCE, uncoded
from why400.exchange import Exchange, ReplyHead
from why400.wire.fields import end_to_end, head_bytes
from why400.wire.house import House
from why400.wire.opened import Opened
from why400.wire.problem import Added, refusal_told, with_members

QUOTED = 4 * 1024
"""Most characters of the upstream's words."""

_OF_ITS_BODY = frozenset(
    (b"content-type", b"content-length", b"content-encoding", b"content-language", b"content-md5", b"content-range",
     b"content-digest", b"repr-digest", b"digest", b"etag", b"last-modified", b"accept-ranges", b"trailer")
)  # fmt: skip
_OURS = b"why400-"


def explains(opened: Opened) -> bool:
    """The route wants refusals told, and this one has a body to tell it in."""
    return opened.route is not None and opened.route.answer.explain and opened.head.method != "HEAD"


def explained(house: House, opened: Opened, exchange: Exchange, added: Added, *, close: bool) -> bytes:
    """The whole answer: the upstream's status and fields but for those of its body, and the body that explains it."""
    assert opened.reply_head is not None
    assert opened.route is not None
    words = _words(opened.reply_head, opened.reply_body)
    body = refusal_told(exchange, words, opened.diagnosis, house.catalogue, house.settings.public_url)
    cause = opened.diagnosis[0].cause if opened.diagnosis else "unknown"
    content = orjson.dumps(with_members(body, opened.route.answer.add, opened.id, cause))
    ours = [(b"Content-Type", b"application/problem+json"), (b"Content-Length", b"%d" % len(content)), *added]
    closing = [(b"Connection", b"close")] if close else []
    line = b"HTTP/1.1 %d %b\r\n" % (opened.reply_head.status, opened.reply_head.reason)
    return head_bytes(line, [*_kept(opened.reply_head), *ours, *closing]) + content


def _kept(head: ReplyHead) -> list[tuple[bytes, bytes]]:
    named = ((name, value, name.lower()) for name, value in end_to_end(head, chunked=False))
    return [(name, value) for name, value, low in named if low not in _OF_ITS_BODY and not low.startswith(_OURS)]


def _words(head: ReplyHead, data: bytes) -> str:
    """The upstream's body as text, its coding taken off where that can be done."""
    plain = uncoded(Body(data, len(data), ended=True), head.value(b"content-encoding"), GLANCE, CHEAP).body
    return bytes(plain.data[: 4 * QUOTED]).decode("utf-8", "replace")[:QUOTED] if plain is not None else ""
