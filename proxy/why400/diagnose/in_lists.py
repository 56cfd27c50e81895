"""A list of images in which one value is none."""

from collections.abc import Iterator

from why400.content.json_scan import JsonValue
from why400.content.printable import printable
from why400.diagnose.asked import OF_IMAGES
from why400.diagnose.document import document
from why400.diagnose.sight import Sight
from why400.exchange import Certainty, Claim, Exchange

_KINDS = {"null": "null", "number": "a number", "boolean": "true or false", "array": "a list", "object": "an object"}
_LINK = (b"http://", b"https://", b"file://", b"s3://", b"gs://", b"/")
_GLANCE = 16


def is_list_of_images(place: tuple[str | int, ...]) -> bool:
    """The place is an element of a list whose key speaks of several images: `images`, `photos`, `files`."""
    key = place[-2] if len(place) > 1 and isinstance(place[-1], int) else None
    return isinstance(key, str) and key.endswith("s") and OF_IMAGES.search(key[:64]) is not None


def in_lists(exchange: Exchange, view: Sight) -> Iterator[Claim]:
    """What stands beside images in their list, and is none. Never raises."""
    known = {image.at.removeprefix("json:") for image in view.images}
    if not any(at.rpartition("/")[2].isdigit() for at in known):
        return
    values = document(exchange).values
    lists = {value.place[:-1] for value in values if value.pointer in known and is_list_of_images(value.place)}
    others = (value for value in values if value.place[:-1] in lists and value.pointer not in known)
    odd = next((claim for value in others if (claim := _odd(value, exchange)) is not None), None)
    if odd is not None:
        yield odd


def _odd(value: JsonValue, exchange: Exchange) -> Claim | None:
    where = f"beside the images of its list ({printable(value.pointer, 80)})"
    if value.kind != "string":
        cause = "json.list-vs-single" if value.kind == "array" else "json.wrong-type"
        return Claim(cause, "facts", Certainty.LIKELY, f"{_KINDS.get(value.kind, value.kind)} stands {where}")
    if value.start == value.end:
        return Claim("image.empty", "facts", Certainty.LIKELY, f"an empty text stands {where}")
    start = bytes(exchange.body[value.start : value.start + _GLANCE])
    if start.startswith(_LINK) and not start.startswith(b"/9j/"):
        return Claim("base64.is-reference", "facts", Certainty.LIKELY, f"a path or link stands {where}")
    return None
