"""The request's own names, for templates: only such as can be pasted into a shell, Python or JavaScript as they are."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from why400.content.printable import printable
from why400.diagnose.asked import name_wanted
from why400.exchange import Exchange, Image

_SAFE = {
    "method": re.compile(r"[A-Z]{1,16}"),
    "path": re.compile(r"/[A-Za-z0-9._~/:%@+-]{0,128}"),
    "host": re.compile(r"(?:[A-Za-z0-9.-]{1,128}|\[[0-9A-Fa-f:.]{2,45}\])(?::\d{1,5})?"),
    "media_type": re.compile(r"[a-z]+/[A-Za-z0-9.+-]{1,48}"),
    "name": re.compile(r"[A-Za-z0-9_.-]{1,64}"),
}
_FALSE_TYPE = "content-type.image-type-wrong"
_OF_SIDES = frozenset(("image.too-large", "image.too-small", "image.size-mismatch", "image.aspect-ratio"))


def fitting(kind: str, text: str | None) -> str | None:
    """`text` where it is harmless as a `method`, `path`, `host`, `media_type` or `name`, else None."""
    return text if text and _SAFE[kind].fullmatch(text) else None


def names(
    *,
    method: str | None = None,
    path: str | None = None,
    host: str | None = None,
    at: str | None = None,
    media_type: str | None = None,
    got: str | None = None,
    want: str | None = None,
    asked: str | None = None,
    cause: str = "",
) -> dict[str, str]:
    """What is known of a request, as names of templates. Unsafe values are left out: their stand-ins are used.

    `asked` is the name of the part or key that the model wants, where that is known and another than in `at`. Of a type
    that is declared falsely `media_type` is what the bytes are, whatever is wanted.
    """
    where, _, name = (at or "").partition(":")
    steps = [step for step in name.split("/") if not step.isdigit()] or [name]
    part, key = (name, steps[-1]) if asked is None else (asked, asked)
    wanted = _type_wanted(want, media_type)
    given = {
        "method": fitting("method", method),
        "path": fitting("path", path),
        "url": _url(fitting("host", host), fitting("path", path)),
        "media_type": (cause != _FALSE_TYPE and wanted) or fitting("media_type", media_type),
        "wanted_type": wanted,
        "part": fitting("name", part) if where == "part" or asked else None,
        "key": fitting("name", key) if where in ("json", "tensor") or asked else None,
        "at": printable(at, 80) if at else None,
        "got": printable(got, 160) if got else None,
        "want": printable(want, 160) if want else None,
    }
    return {key: value for key, value in given.items() if value}


def names_of(exchange: Exchange, cause: str, evidence: Sequence[str] = ()) -> dict[str, str]:
    """The names of an exchange, as far as this cause and its evidence speak of them."""
    finding = next((finding for finding in exchange.findings if finding.cause == cause), None)
    images = exchange.seen.images if exchange.seen else ()
    image = images[0] if images else None
    head = exchange.head
    host = head.value(b"host") if head else None
    media = exchange.seen.media_type if exchange.seen else None
    seen = seen_as(cause, _facts(image), media, exchange.body_size)
    return names(
        method=head.method if head else None,
        path=exchange.seen.path if exchange.seen else None,
        host=host.decode("latin-1") if host else None,
        at=finding.at if finding else (image.at if image else None),
        media_type=image.facts.media_type if image else None,
        got=finding.got if finding else seen,
        want=finding.want if finding else None,
        asked=name_wanted(cause, evidence, placed=finding is not None),
        cause=cause,
    )


def seen_as(cause: str, facts: Mapping[str, Any], media: str | None, size: int | None) -> str | None:
    """What was got, in the words of this cause, from the facts of an image and the body; None where it has no words."""
    declared = facts.get("declared_type")
    if cause.startswith("image.format"):
        return facts.get("format")
    if cause in _OF_SIDES and facts.get("width") and facts.get("height"):
        return f"{facts['width']} by {facts['height']} pixels"
    if cause == "limit.body-size" and size is not None:
        return f"{size} bytes"
    if cause == _FALSE_TYPE:
        return declared or media
    return media if cause.startswith("content-type.") else None


def _type_wanted(want: str | None, seen: str | None) -> str | None:
    """What a rule wants, where that is a media type: the one that was seen if it is among them, else the first."""
    wanted = [one.strip() for one in re.split(r",| or ", want)] if want else []
    return seen if seen in wanted else fitting("media_type", wanted[0]) if wanted else None


def _facts(image: Image | None) -> dict[str, Any]:
    known = image.facts if image else None
    if image is None or known is None:
        return {}
    declared = image.found.declared_type
    return {"format": known.format, "width": known.width, "height": known.height, "declared_type": declared}


def _url(host: str | None, path: str | None) -> str | None:
    return f"http://{host}{path or '/'}" if host else None
