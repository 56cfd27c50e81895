"""What the sources of a diagnosis look at again and again, read from an exchange once."""

from why400.content.trouble import Trouble
from why400.exchange import Exchange, Image, Outcome
from why400.locations.style import starts_json
from why400.value import value


@value
class Sight:
    """An exchange at a glance. `media` is the declared media type, or "". `codes` are those of all troubles.

    `carries` says what the body is: `nothing`, `form`, `json`, `image`, `text` (a urlencoded form too), `tensors`
    (binary ones behind JSON), or `other`.
    `coded` says that a content coding is declared.
    `whole` says that all of the body was at hand, so that what was not found wrong is sound.
    """

    status: int
    media: str
    carries: str
    size: int
    images: tuple[Image, ...]
    troubles: tuple[Trouble, ...]
    ruled: bool
    coded: bool
    whole: bool
    codes: frozenset[str]


def sight(exchange: Exchange) -> Sight:
    """A glance at an exchange. Costs a microsecond or two the first time; never raises."""
    return exchange.once("sight", (exchange.seen, exchange.reply, exchange.body), lambda: _sight(exchange))


def _sight(exchange: Exchange) -> Sight:
    seen = exchange.seen
    images = seen.images if seen else ()
    media = (seen.media_type if seen else None) or ""
    troubles = list(seen.troubles if seen else ())
    for image in images:
        troubles += image.found.troubles
    size = max(exchange.body_size, (seen.body_size if seen else None) or 0, len(exchange.body))
    return Sight(
        status=exchange.reply.head.status if exchange.reply else exchange.status,
        media=media,
        carries="tensors" if _has_tensors(exchange) else _carries(media, exchange.body, images, size),
        size=size,
        images=images,
        troubles=tuple(dict.fromkeys(troubles)),
        ruled=exchange.route not in ("-", "!"),
        coded=exchange.head is not None and exchange.head.value(b"content-encoding") not in (None, b"", b"identity"),
        whole=exchange.body_complete and len(exchange.body) == size,
        codes=frozenset([trouble.code for trouble in troubles]),
    )


def succeeded(exchange: Exchange) -> bool:
    """The client got what it asked for, as far as the status says."""
    unreviewed = exchange.outcome is Outcome.UNREVIEWED and exchange.status < 400
    return unreviewed or exchange.outcome in (Outcome.FORWARDED, Outcome.FIXED)


def _has_tensors(exchange: Exchange) -> bool:
    length = exchange.head.value(b"inference-header-content-length") if exchange.head else None
    return length is not None and exchange.body[:1] == b"{"


def _carries(media: str, body: bytes, images: tuple[Image, ...], size: int) -> str:
    if not size:
        return "nothing"
    if media.startswith("multipart/") or body[:2] == b"--":
        return "form"
    if images and images[0].at == "body":
        return "image" if images[0].found.encoding == "binary" else "text"
    if starts_json(bytes(body[:64])) or media.endswith(("/json", "+json")):
        return "json"
    return "text" if media.startswith("text/") or media == "application/x-www-form-urlencoded" else "other"
