"""The text of one image in several strings: each by itself looks cut, and what is wrong is that there are several."""

from why400.content.base64_text import could_be
from why400.content.json_scan import JsonValue
from why400.content.printable import printable
from why400.diagnose.document import document
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange

_FIRST, _SECOND = "/0", "/1"
_SHORTEST = 64
_GLANCE = 256


def in_pieces(exchange: Exchange, view: Sight) -> Claim | None:
    """Behind the only image stands more base64 that begins none, in the next place of a list or under the key "1"."""
    if view.carries != "json" or len(view.images) != 1 or not view.images[0].at.endswith(_FIRST):
        return None
    above = view.images[0].at.removeprefix("json:").removesuffix(_FIRST)
    values = {value.pointer: value for value in document(exchange).values}
    parent, rest = values.get(above), values.get(above + _SECOND)
    if parent is None or rest is None or not _is_more(rest, exchange.body):
        return None
    cause = "json.wrong-type" if parent.kind == "object" else "json.list-vs-single"
    words = f"one image's text stands in pieces, one behind another ({printable(above, 80)})"
    return Claim(cause, "facts", Certainty.LIKELY, words)


def _is_more(rest: JsonValue, body: bytes) -> bool:
    long = rest.kind == "string" and rest.end is not None and rest.end - rest.start >= _SHORTEST
    return long and could_be(bytes(body[rest.start : rest.start + _GLANCE]))
