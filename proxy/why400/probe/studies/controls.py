"""What is no good picture: what statuses an upstream has for it, and whether it looks at all."""

from collections.abc import Callable, Mapping

from why400.probe.bench import Bench
from why400.probe.contract import Contract
from why400.probe.find_place import NONSENSE
from why400.probe.places import BOUNDARY, Carried, carry

TOPIC = "bad requests"

LISTED = "JSON in a list"
LAX_JSON: Mapping[str, Callable[[bytes], bytes]] = {
    "a trailing comma": lambda body: body[:-1] + b"," + body[-1:],
    "JSON with a byte order mark": lambda body: b"\xef\xbb\xbf" + body,
    "JSON in UTF-16": lambda body: body.decode().encode("utf-16"),
    "JSON with NaN": lambda body: _and_one_more(body, b"NaN"),
    "JSON with a byte that is not UTF-8": lambda body: _and_one_more(body, b'"\xe9"'),
    "JSON with text behind it": lambda body: body + b"\n{}",
    LISTED: lambda body: b"[" + body + b"]",
}
LETS: Mapping[str, str] = {
    "JSON with a byte order mark": "bom",
    "JSON in UTF-16": "charset",
    "JSON with NaN": "nan",
    "JSON with a byte that is not UTF-8": "charset",
    "JSON with text behind it": "extra-data",
}
"""What a rule has to allow where that is taken; the others can be mended."""

OF_ANOTHER_KEY = ("nan", "charset")
"""What was tried in a key (or an element) that is not the image's."""

ONE_MORE = "JSON with one more key"
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
    if bench.place.style == "json" and isinstance(bench.place.document, dict | list):
        lines += [bench.tried(TOPIC, what, bench.post(what, _lax_json(bench, LAX_JSON[what]))) for what in LAX_JSON]
        lines.append(bench.tried(TOPIC, ONE_MORE, bench.post(ONE_MORE, _lax_json(bench, _with_one_more))))
    return contract.adding(*lines)


def _with(bench: Bench, data: bytes) -> Carried:
    return carry(bench.place, data, bench.picture.label)


def _lax_form(bench: Bench, what: str) -> Carried:
    """A form that some parsers forgive (RFC 7578 section 4.1 does not)."""
    whole = _with(bench, bench.picture.data)
    return Carried(whole.content_type, LAX_FORMS[what](whole.body))


def _lax_json(bench: Bench, change: Callable[[bytes], bytes]) -> Carried:
    """A document that some parsers forgive (RFC 8259 does not)."""
    whole = _with(bench, bench.picture.data)
    return Carried(whole.content_type, change(whole.body))


def _with_one_more(body: bytes) -> bytes:
    """Where this is refused, that more was wrong with another key shows nothing."""
    return _and_one_more(body, b"0")


def _and_one_more(body: bytes, value: bytes) -> bytes:
    """A member or an element more, behind all others."""
    key = b'"why400":' if body.startswith(b"{") else b""
    return body[:-1] + b"," + key + value + body[-1:]


def _empty(bench: Bench) -> Carried:
    return Carried(_with(bench, b"").content_type, b"")
