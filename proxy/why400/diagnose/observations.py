"""Facts that need no rule: what is wrong with a request by itself, and what servers often do not take."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from why400.causes.catalogue import Catalogue
from why400.content.printable import printable
from why400.content.trouble import Trouble
from why400.diagnose import pictures
from why400.diagnose.consequences import consequences
from why400.diagnose.document import document
from why400.diagnose.in_documents import in_documents
from why400.diagnose.in_forms import in_forms
from why400.diagnose.in_lists import in_lists
from why400.diagnose.in_pieces import in_pieces
from why400.diagnose.sight import Sight, sight, succeeded
from why400.diagnose.suspects import suspects
from why400.exchange import Certainty, Claim, Exchange, Image, Outcome
from why400.steps import Steps, at_once

LARGE = 500_000
"""The smallest limit that widespread servers set on a body by themselves, in bytes (forms in Werkzeug)."""

_SPELLINGS = {
    "byte-array": "json.wrong-type",
    "data-uri": "data-uri.unexpected",
    "base64url": "base64.urlsafe",
    "hex": "base64.hex",
}
_FOR_URL = re.compile(r"ur[li](?:/|$)")
_IN_IMAGE = re.compile(r"/(?:image|img|picture|photo|data|file)/ur[li]$")
_URLSAFE = re.compile(rb"[-_]")
_GLANCE = 64 * 1024
_KILOBYTE = 1024
_AT_ONCE = 8
"""Images that are spoken of in one step."""
_DROPPED = re.compile(rb"[\0\r\n]")
_BROKEN_JSON = ("json.syntax", "json.truncated")
_ROOTS = {b"[": "a list", b'"': "a string", b"n": "null", b"t": "true", b"f": "false", b"-": "a number"}
_ROOTS |= dict.fromkeys((b"%d" % digit for digit in range(10)), "a number")
_OTHER_TYPES = ("content-type.json-mislabelled", "content-type.not-accepted")


def claims(exchange: Exchange, catalogue: Catalogue) -> tuple[Claim, ...]:
    """What is seen in a refused request. LIKELY where it makes a request wrong, or where the route says so.

    Nothing where fixes ran: what was sent is not what the model saw.
    """
    return at_once(claiming(exchange, catalogue))


def claiming(exchange: Exchange, catalogue: Catalogue) -> Steps[tuple[Claim, ...]]:
    """The same in steps: a request may carry a hundred pictures."""
    if succeeded(exchange) or exchange.outcome is Outcome.REJECTED or exchange.fixes:
        return ()
    found = yield from _observing(exchange, catalogue.invalid)
    exchange.once("observed", _of(exchange), lambda: _words(found))
    return found


def observing(exchange: Exchange) -> Steps[tuple[str, ...]]:
    """The facts themselves in words, each once, whatever became of the exchange.

    What is observed does not depend on what it makes invalid: the record need not look once more.
    """
    known: tuple[str, ...] | None = exchange.noted("observed", _of(exchange))
    return _words((yield from _observing(exchange, frozenset()))) if known is None else known


def _of(exchange: Exchange) -> tuple[object, ...]:
    return sight(exchange), exchange.head, exchange.body


def _words(found: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.fact or claim.cause for claim in found))


def _observing(exchange: Exchange, invalid: frozenset[str]) -> Steps[tuple[Claim, ...]]:
    """`invalid` are the codes that make a request wrong by themselves."""
    if exchange.seen is None:
        return ()
    view = sight(exchange)
    if view.carries in ("json", "tensors"):
        document(exchange)
        yield
    found = [
        *_of_troubles(exchange, view, invalid),
        *(claim for claim in _of_request(view) if claim.cause not in view.codes),
    ]
    if view.carries == "nothing" and _wants_body(exchange, view):
        found.append(_possible("http.body-missing", "the request has no body"))
    found += [
        *_of_coding(exchange, view),
        *_of_lost_bytes(exchange, view),
        *_of_root(exchange, view),
        *in_forms(exchange, view),
        *(claim for claim in suspects(exchange, view) if claim.cause not in view.codes),
    ]
    yield
    pieces = in_pieces(exchange, view) if view.carries == "json" else None
    if view.carries in ("json", "tensors"):
        found += [*in_documents(exchange, view), *in_lists(exchange, view)]
        found += [] if pieces is None else [pieces]
    for at, image in enumerate(() if pieces else view.images):
        if at % _AT_ONCE == 0:
            yield
        facts = (*pictures.observed(image), *_of_carriage(image, view), *_of_spelling(image, view, exchange.body))
        found += [_claim(fact, grade, f"{words} ({printable(image.at, 80)})") for fact, grade, words in facts]
    return _without_pages_mislabelled(view, _without_consequences(found))


def _of_lost_bytes(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """A picture without any zero byte or line end in its first kilobyte: there always are some."""
    start = bytes(exchange.body[:_KILOBYTE])
    real = any((image.facts.media_type or "").startswith("image/") for image in view.images)
    if view.carries == "image" and real and len(start) == _KILOBYTE and not _DROPPED.search(start):
        words = "no zero byte and no line end is left in the image: curl's -d takes them out, --data-binary does not"
        yield Claim("encoding.text-mangled", "facts", Certainty.LIKELY, words)


def _claim(fact: str, grade: Certainty, evidence: str) -> Claim:
    cause, _, special = fact.partition(" ")
    return Claim(cause, "facts", grade, evidence, fact=fact if special else "")


def _of_troubles(exchange: Exchange, view: Sight, invalid: frozenset[str]) -> Iterator[Claim]:
    broken = {trouble.offset for trouble in view.troubles if trouble.code == "json.syntax"}
    misread = "encoding.coding-false" in view.codes and any(map(is_of_content, view.codes))
    for trouble in view.troubles:
        if trouble.code == "base64.illegal-char" and _breaks_json(trouble, exchange, view):
            continue
        if trouble.code == "data-uri.required" and all(image.facts.format == "unknown" for image in view.images):
            continue
        breaks = trouble.code == "base64.whitespace" and trouble.offset in broken
        matters = (view.ruled or breaks or trouble.code in invalid) and not (misread and is_of_content(trouble.code))
        matters = matters or (misread and trouble.code == "encoding.coding-false")
        where = "" if trouble.offset is None else f", byte {trouble.offset}"
        evidence = f"{printable(trouble.detail, 240)} ({printable(trouble.at, 80)}{where})"
        if trouble.code == "multipart.no-boundary" and view.media and not view.media.startswith("multipart/"):
            yield _of_form_called_other(view)
            matters = False
        grade = Certainty.LIKELY if matters else Certainty.POSSIBLE
        coding = f" {_coding(exchange)}" if trouble.code == "encoding.coding-false" else ""
        yield _claim(f"{trouble.code}{coding}", grade, evidence)


def _breaks_json(trouble: Trouble, exchange: Exchange, view: Sight) -> bool:
    """A control character in a string: what is wrong is the JSON, before anybody asks what the string spells."""
    at = trouble.offset
    broken = view.carries == "json" and not view.codes.isdisjoint(_BROKEN_JSON)
    return broken and at is not None and bytes(exchange.body[at : at + 1]) < b" "


def _of_form_called_other(view: Sight) -> Claim:
    """That it names no boundary follows from that it names no form."""
    cause = "content-type.multipart-for-raw" if view.media.startswith("image/") else "content-type.not-accepted"
    words = f"the body is a form, Content-Type says {printable(view.media, 64)}"
    return Claim(cause, "facts", Certainty.LIKELY, words)


def is_of_content(code: str) -> bool:
    """What shows of a body that is read without its true coding, and is no fault of its own."""
    return code.startswith(("multipart.", "json.")) or code == "encoding.charset"


def _wants_body(exchange: Exchange, view: Sight) -> bool:
    """A body is missed where the method brings one, or where the status says that something was read (or not found)."""
    method = exchange.head.method if exchange.head else ""
    return method in ("POST", "PUT", "PATCH") or view.status in (400, 411, 415, 422)


def _of_request(view: Sight) -> Iterator[Claim]:
    if view.carries not in ("nothing", "form") and not view.media:
        yield _possible("content-type.missing", "there is a body and no Content-Type")
    if "," in view.media and "boundary=" in view.media:
        words = "the boundary stands behind a comma, where a semicolon begins a parameter"
        yield Claim("multipart.no-boundary", "facts", Certainty.LIKELY, words)
    elif "," in view.media:
        words = f"Content-Type names several types, {printable(view.media, 64)}, and servers read one"
        yield Claim("content-type.not-accepted", "facts", Certainty.LIKELY, words)
    elif view.carries == "json" and _is_not_json(view.media):
        yield Claim(
            "content-type.json-mislabelled",
            "facts",
            Certainty.LIKELY,
            f"the body starts as JSON, Content-Type says {printable(view.media, 64)}",
        )
    elif view.carries == "json" and view.media.endswith("/json") and view.media != "application/json":
        words = f"Content-Type says {printable(view.media, 64)}, many servers read application/json alone"
        yield _possible("content-type.json-mislabelled", words)
    if view.carries == "image" and any(image.facts.format != "unknown" for image in view.images):
        yield from _of_image_body(view)
    if view.size >= LARGE:
        yield _possible("limit.body-size", f"the body has {view.size} bytes, and limits are met from {LARGE} bytes on")


def _of_image_body(view: Sight) -> Iterator[Claim]:
    media = view.media
    if media.endswith("json"):
        yield Claim("content-type.image-as-json", "facts", Certainty.LIKELY, "the body of a JSON request is an image")
    elif media and not media.startswith(("image/", "multipart/")) and media != view.images[0].facts.media_type:
        vague = media == "application/octet-stream"
        cause = "content-type.not-accepted" if vague else "content-type.image-type-wrong"
        yield _possible(cause, f"the body is an image, Content-Type says {printable(media, 64)}")


def _is_not_json(media: str) -> bool:
    return bool(media) and not media.endswith(("/json", "+json", "/x-ndjson", "/jsonlines"))


def _of_coding(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """A coding that is declared, and true: model servers hardly ever undo one, and read the coded bytes."""
    if view.coded and "encoding.coding-false" not in view.codes:
        name = _coding(exchange)
        words = f"Content-Encoding says {name}, which many servers do not undo"
        yield _claim(f"encoding.coding-false {name}", Certainty.POSSIBLE, words)


def _coding(exchange: Exchange) -> str:
    """The coding that is declared: what was accepted under one says nothing of another."""
    coding = exchange.head.value(b"content-encoding") if exchange.head else None
    return printable((coding or b"").decode("latin-1").lower(), 32)


def _of_root(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    if view.carries != "json" or any(code.startswith("json.") for code in view.codes):
        return
    root = _ROOTS.get(bytes(exchange.body[:64]).lstrip()[:1])
    if root is not None:
        yield _possible("json.not-object", f"the JSON document is {root}, no object")


def _of_carriage(image: Image, view: Sight) -> Iterator[pictures.Observed]:
    """An image in a part that has no file name: most servers take such a part for a text field."""
    if image.at.startswith("part:") and image.found.file_name is None and "multipart.no-filename" not in view.codes:
        yield "multipart.no-filename", Certainty.POSSIBLE, "the part has no file name, so many servers take it for text"


def _of_spelling(image: Image, view: Sight, body: bytes) -> Iterator[pictures.Observed]:
    """Spellings that are sound by themselves, and that a decoder of plain base64 does not take; a key that says that it
    holds a URL (as in OpenAI's API) is for data URIs."""
    spelled = image.found.encoding
    at = image.at.lower()
    cause, for_url = _SPELLINGS.get(spelled), bool(_FOR_URL.search(at)) and not _IN_IMAGE.search(at)
    if view.ruled or (cause == "base64.urlsafe" and (_has_strays(image) or image.facts.format == "unknown")):
        return
    if spelled == "data-uri":
        yield from _of_data_uri(image, body)
    if for_url and spelled == "base64" and image.facts.format != "unknown" and image.at.startswith("json:"):
        yield "data-uri.required", Certainty.LIKELY, "bare base64 stands where the key says that a URL is wanted"
    elif cause and not (for_url and spelled == "data-uri") and cause not in view.codes:
        yield cause, Certainty.POSSIBLE, f"the image is spelled as {spelled}"
    elif spelled == "base64" and image.at.startswith(("body", "part:")) and "base64.unexpected" not in view.codes:
        yield (
            "base64.unexpected",
            Certainty.POSSIBLE,
            "the image is spelled as base64, models mostly take its bytes",
        )


def _has_strays(image: Image) -> bool:
    """A dash among signs of no alphabet is no sign of the URL-safe one."""
    return any(trouble.code == "base64.illegal-char" for trouble in image.found.troubles)


def _of_data_uri(image: Image, body: bytes) -> Iterator[pictures.Observed]:
    """What is unusual about the text of a data URI that can be read all the same."""
    text = bytes(body[image.found.start : image.found.end][:_GLANCE])
    if text[:1].isspace():
        yield "base64.whitespace", Certainty.POSSIBLE, "there is a blank before the data URI"
    if _URLSAFE.search(text.partition(b",")[2]):
        yield "base64.urlsafe", Certainty.POSSIBLE, "the data URI's text has the URL-safe alphabet"


def is_saved_page(view: Sight) -> bool:
    """JSON without an image that is declared as one: what was saved for the image was an error's document."""
    return view.carries == "json" and not view.images and view.media.startswith("image/")


def _without_consequences(found: list[Claim]) -> list[Claim]:
    """A text that was cut lacks its padding too, and what was mangled ends early: the one is why, not the other."""
    causes = {claim.cause for claim in found}
    dropped = consequences(causes)
    if dropped:
        return [claim for claim in found if claim.cause not in dropped]
    if "image.truncated" not in causes:
        return found
    return [replace(one, grade=Certainty.POSSIBLE) if one.cause == "base64.padding" else one for one in found]


def _without_pages_mislabelled(view: Sight, found: list[Claim]) -> tuple[Claim, ...]:
    if not is_saved_page(view):
        return tuple(found)
    page = Claim("image.error-page", "facts", Certainty.LIKELY, f"the body of an {view.media} request is JSON")
    return (*(claim for claim in found if claim.cause not in _OTHER_TYPES), page)


def _possible(cause: str, evidence: str) -> Claim:
    return Claim(cause, "facts", Certainty.POSSIBLE, evidence)
