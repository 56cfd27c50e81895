"""What an experienced engineer looks at first where nothing is wrong in itself: unusual names, places and methods.

Each is `possible` and no more, and gives way to anything that is seen in the image itself.
"""

import re
from collections.abc import Iterator, Sequence

from why400.content.json_scan import JsonValue
from why400.content.names import quoted
from why400.content.printable import printable
from why400.diagnose.asked import OF_IMAGES, near
from why400.diagnose.document import document
from why400.diagnose.guess import guessed_in
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange

PARTS = frozenset(("file", "image", "data"))
"""The names that nearly all servers give to the part with the image."""

KEYS = frozenset(
    (
        "image",
        "data",
        "image_base64",
        "image_b64",
        "image_bytes",
        "image_data",
        "image_url",
        "img",
        "b64",
        "base64",
        "url",
        "content",
        "bytes",
        "file",
    )
)
"""The keys under which nearly all servers want the image."""

_KEYS_IN_ORDER = tuple(sorted(KEYS))

PROTOCOLS = re.compile(
    r"/instances/\d+(?:/[^/]+)?(?:/b64)?|/inputs(?:/[^/]+)?(?:/\d+)?(?:/b64)?|/inputs/\d+/data(?:/\d+)?"
    r"|/messages/\d+/(?:content/\d+/(?:image_url(?:/url)?|source/data|image)|images/\d+)|/images/\d+"
    r"|/input/(?:[^/]+|\d+/content/\d+/image_url)|/data(?:/\d+){1,2}|/data/(?:ndarray|tensor/values)(?:/\d+)+"
    r"|/dataframe_split/data/\d+/\d+|/dataframe_records/\d+/[^/]+|/requests/\d+/image/content"
    r"|/inputs/\d+/data/image/base64|/image/value|/contents/\d+/parts/\d+/inline_?data/data"
    r"|/tasks/\d+/data/[^/]+|/input/\d+/url|/image_data/\d+/data|/parameters/[^/]+",
    re.IGNORECASE,
)
"""Where known protocols have an image that does not stand at the document's root."""

_OF_PROTOCOLS_IMAGES = ("image_url", "image", "source", "inline_data")
_OF_PROTOCOLS = ("/messages/", "/contents/", "/instances/", "/inputs/", "/requests/", "/dataframe_", "/images/")
_SPEAKS = re.compile(
    r"(?i)predict|infer|invo[ck]|score|annotate|generat|run|call|batch|models?/|chat|completion|message|response"
    r"|convers|classif|detect|embed"
)
_IN_LISTS = re.compile(r"(?:/\d+){2,}\Z")
_LISTS = frozenset(("instances", "inputs", "messages", "dataframe_records", "requests"))
"""Keys under which protocols have a list."""

_ROOTS = _LISTS | {"input", "images", "data", "dataframe_split"}
_GLANCE = 4096
_AS_NUMBERS = re.compile(
    rb"\[\s{0,8}(?:255,\s{0,8}216,\s{0,8}255|137,\s{0,8}80,\s{0,8}78,\s{0,8}71|71,\s{0,8}73,\s{0,8}70),"
)
_JSON_PROTOCOL = re.compile(
    r"/v1/models/[^/]+(?:/versions/\d+)?:(?:predict|classify|regress|explain)|/v2/models/[^/]+(?:/versions/[^/]+)?/infer"
    r"|/(?:api/)?v1/(?:chat/)?completions|/api/(?:generate|chat)|/gradio_api/(?:run|call)/[^/]+|/api/v\d\.\d/predictions"
)
_OF_GRADIO = re.compile(r"gradio|/(?:run|call|queue|api)(?:/|$)")
_FEW = 64
_URLENCODED = "application/x-www-form-urlencoded"
_BUFFER = re.compile(rb'"type"\s{0,4}:\s{0,4}"Buffer"\s{0,4},\s{0,4}"data"\s{0,4}:\s{0,4}\[')
_NOTHING = re.compile(rb'"([^"\\]{0,64})"\s{0,8}:\s{0,8}\[\s{0,8}\]')
_DOCUMENT = re.compile(rb':\s{0,8}"\s{0,8}\{\s{0,8}\\"')


def suspects(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """What is unusual about how a request is addressed and named, each with its reason. Never raises."""
    yield from _of_method(exchange, view)
    yield from _of_protocol(exchange, view)
    yield from _of_gradio(exchange, view)
    if view.carries == "form":
        yield from _of_part(view)
    elif view.size and view.carries == "text" and _is_of_text(view):
        words = f"the body is declared as {printable(view.media, 64)}, and image servers hardly ever read that"
        yield _possible("content-type.not-accepted", words, view.media)
    elif view.carries == "json" and not any(code.startswith(("json.", "encoding.")) for code in view.codes):
        yield from _of_document(exchange, view)


def _of_method(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    method = exchange.head.method if exchange.head else "POST"
    if view.size and method != "POST":
        yield _possible(
            "route.wrong-method", f"the method is {method}, and images are nearly always sent with POST", method
        )


def _of_protocol(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    path = exchange.seen.path if exchange.seen else ""
    if view.carries in ("image", "form", "text") and _JSON_PROTOCOL.fullmatch(path[:256]):
        words = f"the protocol of this path has JSON bodies, Content-Type says {quoted(view.media)}"
        yield _possible("content-type.not-accepted", words, view.media)


def _of_gradio(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """What only Gradio's own client sends, on a path that is none of Gradio's."""
    path = exchange.seen.path if exchange.seen else ""
    if view.carries != "json" or _OF_GRADIO.search(path[:256]):
        return
    roots = {value.place[0] for value in document(exchange).values[:_FEW] if len(value.place) == 1}
    if "session_hash" in roots or "fn_index" in roots:
        words = "the document is one of Gradio's, and the path is none of its"
        yield _possible("route.protocol-mismatch", words, "gradio")


def _is_of_text(view: Sight) -> bool:
    """A form's fields in one line; or plain text that spells no image."""
    return view.media == _URLENCODED or (view.media.startswith("text/") and not view.images)


def _of_part(view: Sight) -> Iterator[Claim]:
    if view.media.startswith("multipart/") and not view.media.startswith("multipart/form-data"):
        words = f"the body is declared as {printable(view.media, 64)}, and forms are multipart/form-data"
        yield Claim("content-type.not-accepted", "facts", Certainty.POSSIBLE, words)
    names = [image.at.removeprefix("part:") for image in view.images if image.at.startswith("part:")]
    if names and not any(name in PARTS for name in names):
        words = f'the image\'s part is called {quoted(names[0])}, most servers say "file" or "image"'
        yield _possible("multipart.part-name", words, names[0])


def _of_document(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    if not view.images:
        yield from _of_no_image(exchange)
        return
    place = view.images[0].at.removeprefix("json:")
    names = [step for step in place.split("/")[1:] if not step.isdigit()]
    if names:
        places = tuple(_of_place(place, names))
        yield from _of_names(place, names, slips_only=_is_misplaced(places, names))
        yield from places
        yield from _of_strange_protocol(exchange, place)


def _is_misplaced(places: Sequence[Claim], names: Sequence[str]) -> bool:
    """It stands in an object of a name that says nothing of images: then that is odd, whatever its own key."""
    strange = any(one.cause == "json.wrong-nesting" for one in places)
    return strange and not any(OF_IMAGES.search(name) for name in names[:-1])


def _of_names(place: str, names: list[str], *, slips_only: bool) -> Iterator[Claim]:
    """The first key on the way to the image that looks like a slip; else the image's own, where few ask for it."""
    strange = [name for name in names if name not in KEYS and name not in _ROOTS]
    for name in strange:
        plain = name.strip().lower()
        meant = plain if plain in KEYS else near(plain, _KEYS_IN_ORDER, spelt_alike=name != names[-1])
        if meant:
            words = f"the key {quoted(name)} is perhaps meant for {quoted(meant)}"
            yield _possible("json.field-name", words, name)
            return
    inside = len(names) > 1 and names[-2] in KEYS
    if names[-1] in strange and not slips_only and not inside and not PROTOCOLS.fullmatch(place):
        words = f"the image's key is {quoted(names[-1])}, which few servers ask for"
        yield _possible("json.field-name", words, names[-1])


def _of_place(place: str, names: list[str]) -> Iterator[Claim]:
    """An image below the root, at a place that no known protocol has for it."""
    if PROTOCOLS.fullmatch(place):
        return
    place = _IN_LISTS.sub("/0", place)
    above, _, last = place.rpartition("/")
    if (above.count("/") == 0 and not last.isdigit()) or PROTOCOLS.fullmatch(place):
        return
    if last.isdigit() and (above.count("/") == 1 or PROTOCOLS.fullmatch(above)):
        words = f"a list stands at {quoted(above)}, where most servers want one text"
        yield _possible("json.list-vs-single", words, place)
    elif names[0] in KEYS and names[0] not in _ROOTS:
        words = f"the key {quoted(names[0])} holds an object, where most servers want a text"
        yield _possible("json.wrong-type", words, place)
    elif (name := _one_key_off(place, names)) is not None:
        words = f"the key {quoted(name)} stands at {quoted(place)}, where a known protocol has another"
        yield _possible("json.field-name", words, name)
    else:
        words = f"the image stands at {quoted(place)}, where no known protocol has it"
        yield _possible("json.wrong-nesting", words, place)


def _one_key_off(place: str, names: list[str]) -> str | None:
    """The key but for which the image would stand where a known protocol has it."""
    for name in names:
        known = (place.replace(f"/{name}", f"/{other}", 1) for other in _OF_PROTOCOLS_IMAGES)
        if name not in KEYS and any(map(PROTOCOLS.fullmatch, known)):
            return name
    return None


def _of_strange_protocol(exchange: Exchange, place: str) -> Iterator[Claim]:
    """A document of a known protocol, on a path that speaks neither of predictions nor of talks."""
    path = exchange.seen.path if exchange.seen else ""
    if place.startswith(_OF_PROTOCOLS) and PROTOCOLS.fullmatch(place) and not _SPEAKS.search(path[:256]):
        words = f"the image stands at {quoted(place)}, as in a known protocol, and the path is not of that protocol"
        yield _possible("route.protocol-mismatch", words, place)


def _of_no_image(exchange: Exchange) -> Iterator[Claim]:
    """A document without an image, and without anything that could have been meant as one; or its bytes as numbers."""
    start = bytes(exchange.body[:_GLANCE])
    found = document(exchange)
    if (
        _AS_NUMBERS.search(start)
        or _BUFFER.search(start)
        or any(_is_byte_or_pixel(value, start) for value in found.values)
    ):
        yield _possible("json.wrong-type", "the bytes or pixels of an image stand there as numbers", "numbers")
        return
    if any(empty[1].decode("latin-1") not in _LISTS for empty in _NOTHING.finditer(start)):
        yield _possible("json.list-vs-single", "an empty list stands there, where most servers want one text", "empty")
        return
    if _DOCUMENT.search(start):
        yield _possible("json.double-encoded", "a JSON document stands there as text, in another one", "text")
        return
    if found.root != "object" or guessed_in(found, exchange.body) is not None or any(map(_could_be_data, found.values)):
        return
    yield _possible("json.missing-field", "no value of the JSON document could be an image", "none")


def _is_byte_or_pixel(value: JsonValue, start: bytes) -> bool:
    """The first number of a typed array of JavaScript (`{"0": 255, …}`), or of rows of pixels; tensors have a name, or
    fractions."""
    steps = value.place
    if value.kind != "number" or not steps or steps[0] in _ROOTS or b"." in start[value.start : value.end]:
        return False
    return steps[-1] == "0" or (len(steps) >= 3 and steps[-2:] == (0, 0))


def _could_be_data(value: JsonValue) -> bool:
    return value.kind == "array" or (value.kind == "string" and (value.end is None or value.end - value.start > 256))


def _possible(cause: str, evidence: str, name: str) -> Claim:
    """`name` tells this one from others of its cause: what was accepted under the same name is no reason."""
    return Claim(cause, "facts", Certainty.POSSIBLE, evidence, fact=f"{cause} {printable(name, 64)}")
