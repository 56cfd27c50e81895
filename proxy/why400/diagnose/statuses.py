"""What the reply's status says by itself: most name a cause by their definition (RFC 9110 section 15).

From 520 on they are Cloudflare's ("Cloudflare 5xx errors"), and 529 is Anthropic's for overload.
"""

import re

from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange

_CREDENTIALS = frozenset((b"authorization", b"x-api-key", b"api-key", b"cookie", b"proxy-authorization"))
_STRICT_SLASHES = re.compile(
    rb"The requested URL was not found on the server|^404: Not Found|<title>404: Not Found|^404 page not found"
)
"""The 404 of servers that tell `/predict/` from `/predict`: Werkzeug, aiohttp, Tornado, Go's net/http."""

_OTHERS = frozenset(("PUT", "PATCH", "DELETE"))
"""Methods under which many frameworks know no path at all: an image that is sent so is answered 404."""

_MEANINGS = {
    404: ("route.not-found", Certainty.LIKELY),
    405: ("route.wrong-method", Certainty.LIKELY),
    408: ("http.timeout", Certainty.LIKELY),
    411: ("http.chunked-ignored", Certainty.LIKELY),
    413: ("limit.body-size", Certainty.LIKELY),
    414: ("http.head-too-large", Certainty.LIKELY),
    417: ("http.expectation", Certainty.LIKELY),
    429: ("limit.rate", Certainty.LIKELY),
    431: ("http.head-too-large", Certainty.LIKELY),
    502: ("upstream.unreachable", Certainty.POSSIBLE),
    503: ("upstream.not-ready", Certainty.POSSIBLE),
    504: ("upstream.timeout", Certainty.LIKELY),
    505: ("http.version", Certainty.LIKELY),
    507: ("upstream.oom", Certainty.LIKELY),
    520: ("upstream.bad-reply", Certainty.LIKELY),
    521: ("upstream.unreachable", Certainty.LIKELY),
    522: ("upstream.unreachable", Certainty.LIKELY),
    523: ("upstream.unreachable", Certainty.LIKELY),
    524: ("upstream.timeout", Certainty.LIKELY),
    525: ("upstream.tls", Certainty.LIKELY),
    526: ("upstream.tls", Certainty.LIKELY),
    529: ("limit.rate", Certainty.LIKELY),
}


def status_claim(exchange: Exchange, view: Sight) -> Claim | None:
    """The one cause that the upstream's own status stands for, if it stands for one."""
    meaning = _of_slash(exchange, view) or _of_request(exchange, view) or _MEANINGS.get(view.status)
    if meaning is None:
        return None
    cause, grade = meaning
    return Claim(cause, "fingerprint", grade, f"the reply's status is {view.status}{_size(cause, view)}")


def other_claim(claim: Claim, view: Sight) -> Claim | None:
    """What the status says by its definition, where what was sent makes another cause of it the first."""
    meaning = _MEANINGS.get(view.status)
    if meaning is None or meaning[0] == claim.cause:
        return None
    return Claim(meaning[0], "fingerprint", Certainty.POSSIBLE, f"a status of {view.status} says so by its definition")


def _of_slash(exchange: Exchange, view: Sight) -> tuple[str, Certainty] | None:
    """A path that ends with a slash, on a server to which that is another path."""
    path = exchange.seen.path if exchange.seen else ""
    told = view.status == 404 and exchange.reply is not None and _STRICT_SLASHES.search(exchange.reply.body[:1024])
    return ("route.trailing-slash", Certainty.LIKELY) if told and len(path) > 1 and path.endswith("/") else None


def _of_request(exchange: Exchange, view: Sight) -> tuple[str, Certainty] | None:
    """Statuses whose cause depends on what was sent."""
    if view.status == 404 and view.size and exchange.head and exchange.head.method in _OTHERS:
        return "route.wrong-method", Certainty.POSSIBLE
    if view.status == 415 and _form_for_an_image(exchange, view):
        return "content-type.multipart-for-raw", Certainty.LIKELY
    if view.status == 415:
        return ("content-type.not-accepted" if view.media else "content-type.missing"), Certainty.LIKELY
    if view.status in (401, 403):
        fields = exchange.head.fields if exchange.head else ()
        tried = any(name.lower() in _CREDENTIALS for name, _ in fields)
        return ("auth.denied" if tried or view.status == 403 else "auth.missing"), Certainty.LIKELY
    return None


def _form_for_an_image(exchange: Exchange, view: Sight) -> bool:
    """A form with an image, where the reply asks for an image and speaks of no other format, nor of the part's type."""
    words = exchange.reply.body[:1024].lower() if exchange.reply else b""
    told = any((image.found.declared_type or "-").encode() in words for image in view.images)
    return view.carries == "form" and bool(view.images) and b"image" in words and b"json" not in words and not told


def _size(cause: str, view: Sight) -> str:
    return f", the body has {view.size} bytes" if cause == "limit.body-size" else ""
