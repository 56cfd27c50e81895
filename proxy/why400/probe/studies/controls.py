"""What is no good picture: what statuses an upstream has for it, and whether it looks at all."""

from collections.abc import Callable, Mapping

from why400.probe.bench import Bench
from why400.probe.contract import Contract
from why400.probe.find_place import NONSENSE
from why400.probe.places import BOUNDARY, Carried, carry

TOPIC = "bad requests"

LAX_JSON: Mapping[str, Callable[[bytes], bytes]] = {
    "a trailing comma": lambda body: body[:-1] + b",}",
    "JSON with a byte order mark": lambda body: b"\xef\xbb\xbf" + body,
    "JSON in UTF-16": lambda body: body.decode().encode("utf-16"),
    "JSON with NaN": lambda body: body[:-1] + b',"why400":NaN}',
}
_LAST = f"--{BOUNDARY}--\r\n".encode()
LAX_FORMS: Mapping[str, Callable[[bytes], bytes]] = {
    "a form without its last delimiter": lambda body: body.removesuffix(_LAST),
    "a form with bare line feeds": lambda body: body.replace(b"\r\n", b"\n"),
}


def study(bench: Bench, contract: Contract) -> Contract:
    """Send words, half a picture, nothing, and what the style can do wrong."""
    picture = bench.picture
    half = picture.data[: len(picture.data) * 2 // 3]
    lines = [
        bench.tried(TOPIC, "words instead of a picture", bench.post("words", _with(bench, NONSENSE))),
        bench.tried(TOPIC, "a picture cut off", bench.post("a picture cut off", _with(bench, half)), bench.normal),
        bench.tried(TOPIC, "an empty picture", bench.post("an empty picture", _with(bench, b""))),
    ]
    if bench.place.style != "raw":
        lines.append(bench.tried(TOPIC, "an empty body", bench.post("an empty body", _empty(bench))))
    if bench.place.style == "form":
        lines += [bench.tried(TOPIC, what, bench.post(what, _lax_form(bench, what))) for what in LAX_FORMS]
    if bench.place.style == "json" and isinstance(bench.place.document, dict):
        lines += [bench.tried(TOPIC, what, bench.post(what, _lax_json(bench, what))) for what in LAX_JSON]
    return contract.adding(*lines)


def _with(bench: Bench, data: bytes) -> Carried:
    return carry(bench.place, data, bench.picture.label)


def _lax_form(bench: Bench, what: str) -> Carried:
    """A form that some parsers forgive (RFC 7578 section 4.1 does not)."""
    whole = _with(bench, bench.picture.data)
    return Carried(whole.content_type, LAX_FORMS[what](whole.body))


def _lax_json(bench: Bench, what: str) -> Carried:
    """A document that some parsers forgive (RFC 8259 does not)."""
    whole = _with(bench, bench.picture.data)
    return Carried(whole.content_type, LAX_JSON[what](whole.body))


def _empty(bench: Bench) -> Carried:
    return Carried(_with(bench, b"").content_type, b"")
