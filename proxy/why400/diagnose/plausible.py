"""What a request rules out, whatever a reply may suggest."""

from collections.abc import Callable, Mapping

from why400.diagnose.sight import Sight
from why400.exchange import Image

Rules = Mapping[str, tuple[str, Callable[[Sight], bool]]]


def _every(view: Sight, holds: Callable[[Image], bool]) -> bool:
    return bool(view.images) and all(holds(image) for image in view.images)


def _is_binary(view: Sight) -> bool:
    return _is_known(view) and _every(view, lambda image: image.found.encoding == "binary")


def _is_known(view: Sight) -> bool:
    return _every(view, lambda image: (image.facts.media_type or "").startswith("image/"))


def _is_clean_base64(view: Sight) -> bool:
    wrong = any(code.startswith(("base64.", "data-uri.")) for code in view.codes)
    return view.whole and not wrong and _every(view, lambda image: image.found.encoding == "base64")


def _carries_no_json(view: Sight) -> bool:
    urlencoded = view.carries == "text" and view.media == "application/x-www-form-urlencoded"
    return urlencoded or view.carries in ("nothing", "image", "form")


_BY_CAUSE: Rules = {
    "http.body-incomplete": ("all of the body came that was promised", lambda view: view.whole),
    "http.body-missing": ("there is a body", lambda view: view.carries != "nothing"),
    "content-type.missing": ("Content-Type is there", lambda view: bool(view.media)),
    "content-type.json-mislabelled": ("the body is no JSON", lambda view: view.carries != "json"),
    "content-type.image-as-json": (
        "no image is declared as JSON",
        lambda view: view.carries != "image" or bool(view.media and not view.media.endswith("json")),
    ),
    "content-type.raw-for-multipart": ("the body is no bare image", lambda view: view.carries != "image"),
    "content-type.json-for-multipart": ("the body is no JSON", lambda view: view.carries != "json"),
    "content-type.multipart-for-raw": ("the body is no form", lambda view: view.carries != "form"),
    "content-type.not-accepted": ("there is no Content-Type", lambda view: not view.media),
    "multipart.no-boundary": ("the form's boundary is there", lambda view: view.carries == "form"),
    "multipart.boundary-mismatch": ("the form's boundary is its own", lambda view: view.carries == "form"),
    "encoding.charset": ("the body is under a content coding", lambda view: view.coded),
    "encoding.gzip-undeclared": ("a coding is declared", lambda view: view.coded),
    "base64.unexpected": ("the image stands in JSON", lambda view: view.carries == "json"),
    "base64.double": ("decoded once, it is an image", _is_known),
    "base64.hex": ("the image is not hexadecimal", _is_known),
    "base64.urlsafe": ("the base64 has the standard alphabet", _is_clean_base64),
    "data-uri.unexpected": ("the image is no data URI", _is_clean_base64),
    "image.alpha": ("no image has alpha", lambda view: _every(view, lambda image: image.facts.alpha is False)),
    "image.palette": (
        "no image is indexed",
        lambda view: _every(view, lambda image: image.facts.color not in (None, "palette")),
    ),
    "image.cmyk": (
        "no image is CMYK",
        lambda view: _every(view, lambda image: image.facts.color not in (None, "cmyk")),
    ),
    "image.depth": ("all samples have 8 bits", lambda view: _every(view, lambda image: image.facts.bit_depth == 8)),
    "image.frames": ("no image has several frames", lambda view: _every(view, lambda image: image.facts.frames == 1)),
    "image.not-an-image": ("the bytes are an image", _is_known),
    "image.error-page": ("the bytes are an image", _is_known),
    "image.empty": ("the image has bytes", _is_known),
    "image.missing": ("there is an image", _is_known),
    "base64.is-reference": ("the image itself was sent", _is_known),
    "multipart.empty-part": ("the part has bytes", _is_known),
    "limit.body-size": ("there is no body", lambda view: view.carries == "nothing"),
    "upstream.error-as-400": ("the status is not 4xx", lambda view: view.status >= 500),
    "upstream.bug": ("the status is not 5xx", lambda view: view.status < 500),
    "upstream.client-error-as-500": ("the status is not 5xx", lambda view: view.status < 500),
}
_BY_FAMILY: Rules = {
    "multipart": ("the body is no form", lambda view: view.carries != "form"),
    "json": ("the body is no JSON", _carries_no_json),
    "base64": ("the image is not base64, or it is clean", lambda view: _is_binary(view) or _is_clean_base64(view)),
    "data-uri": ("the image is no data URI", _is_binary),
    "tensor": ("the request has no tensor", lambda view: view.carries in ("nothing", "form", "image")),
}


def ruled_out(code: str, view: Sight) -> str | None:
    """Why this cause cannot be, from what is seen in the request; None where it can, or was even found."""
    family = code.partition(".")[0]
    if "encoding.coding-false" in view.codes and (family in ("multipart", "json") or code == "encoding.charset"):
        return "the body is not of the coding that is declared, so nobody could read what is in it"
    if code in view.codes:
        return None
    if view.coded and family in ("multipart", "json", "tensor"):
        return "the body is under a content coding, so its own form was not read"
    for rule in (_BY_CAUSE.get(code), _BY_FAMILY.get(family)):
        if rule and rule[1](view):
            return rule[0]
    return None


def all_ruled_out(view: Sight) -> tuple[str, ...]:
    """Everything that the request rules out, in words, each once."""
    held = [words for words, holds in (*_BY_CAUSE.values(), *_BY_FAMILY.values()) if holds(view)]
    return tuple(dict.fromkeys(held))
