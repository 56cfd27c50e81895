"""`image: { json: $.image, as: base64 }`: the image is spelled as text in a value of a JSON document."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from why400.content.body import Body
from why400.content.effort import VALUE
from why400.content.json_scan import JsonValue, pointer
from why400.content.trouble import Trouble
from why400.locations.context import BodyContext, Carried, Located, Location, NewBody
from why400.locations.document import Document, document
from why400.locations.example import read_example
from why400.locations.found import Encoding, FoundImage
from why400.locations.images import images_in
from why400.locations.json_images import array_image, json_images, value_image
from why400.locations.near_miss import kind_words, near_miss
from why400.locations.opened import looked_into
from why400.locations.path import Path, PathError, first_place, matching, parse
from why400.locations.pieces import blamed, shows_image
from why400.locations.placing import document_with, moved
from why400.locations.respell import json_value
from why400.locations.style import Style, style
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.shape import Node, Problem
from why400.shapes.text import Text

_PATH = Text("a path such as $.image", suggestion="write json: $.image")
_LINK_WORD = "url"
_SPELLINGS: tuple[Encoding, ...] = ("base64", "base64url", "base64url-unpadded", "data-uri", "hex", "byte-array")
_AS = OneOrMany(
    Choice(
        (*_SPELLINGS, _LINK_WORD),
        {
            "b64": "base64",
            "urlsafe": "base64url",
            "data-url": "data-uri",
            "data_uri": "data-uri",
            "datauri": "data-uri",
            "bytes": "byte-array",
            "array": "byte-array",
            "list": "byte-array",
            "link": "url",
            "http": "url",
            "https": "url",
        },
    )
)
_LINK = re.compile(rb"https?:(?:\\?/){2}", re.IGNORECASE)
_OTHER_STYLES: dict[Style, tuple[str, str]] = {
    "image": ("base64.expected", "the image's raw bytes were sent where JSON with base64 text is wanted"),
    "form": ("content-type.not-accepted", "a form was sent where JSON is wanted"),
    "tensors": ("base64.expected", "binary tensors were sent where JSON with the image as text is wanted"),
    "text": ("json.syntax", "bare text was sent where JSON is wanted"),
    "other": ("json.syntax", "the body does not start as JSON does"),
}


_URLENCODED = ("content-type.not-accepted", "a urlencoded form was sent where JSON is wanted")
_PAIR = re.compile(rb"[^&=\s{}\[\]\"'<>]{1,100}=")


@dataclass(frozen=True, slots=True)
class JsonAt:
    """The image is at this path of a JSON document, spelled so. `example` is a whole document, or empty.

    `or_as` are other spellings that will do. `or_link`: so will a link, whose image is not ours to fetch.
    """

    path: str
    carried_as: Encoding = "base64"
    example: str = ""
    or_as: tuple[Encoding, ...] = ()
    or_link: bool = False

    @property
    def at(self) -> str:
        """Where, in the contract's words: the first place that the path can name."""
        return "json:" + pointer(first_place(self.path))

    @property
    def words(self) -> str:
        """What is wanted, in a few words."""
        ways = (self.carried_as, *self.or_as, *(("link",) if self.or_link else ()))
        return f"an image as {' or '.join(ways)} at {self.path}"


def read_spec(values: Mapping[str, Node], problems: list[Problem]) -> JsonAt | None:
    """Read `json: PATH`, `as: ENCODING` or a list of them (base64 where nothing is said) and `example:`."""
    text = _PATH.read(values["json"], problems)
    ways = _read_as(values["as"], problems) if "as" in values else ("base64",)
    example = read_example(values["example"], problems) if "example" in values else ""
    if text is None or ways is None or example is None:
        return None
    path = parse(text)
    if isinstance(path, PathError):
        problems.append(_pointing(path, values["json"]))
        return None
    first, *others = (way for word in ways for way in _SPELLINGS if way == word)
    return JsonAt(text, first, example, tuple(others), _LINK_WORD in ways)


def _read_as(node: Node, problems: list[Problem]) -> tuple[str, ...] | None:
    """The words under `as:`. E202 where only links are named: nothing says how an image's own bytes are spelled."""
    ways = _AS.read(node, problems)
    if ways == (_LINK_WORD,):
        words = "a link is no image: say how the image itself is spelled, too"
        problems.append(Problem("E202", words, node.at, f"write [data-uri, {_LINK_WORD}]"))
        return None
    return ways


def _pointing(error: PathError, node: Node) -> Problem:
    """The error at its own character, where the node is written as it is read."""
    at = node.at
    if node.text == node.value and at.column + len(node.text) == at.end:
        at = replace(at, column=at.column + error.offset)
    return Problem("E208", f"not a path: {error.message}", at, error.suggestion)


def find(spec: JsonAt, context: BodyContext, body: Body) -> Located:
    """The values at the path, judged by the spelling wanted. Where there are none, what the client did instead."""
    path = parse(spec.path)
    if isinstance(path, PathError):
        return Located()
    return looked_into(context, body, lambda plain: _look(path, spec, context, plain))


def _look(path: Path, spec: JsonAt, context: BodyContext, body: Body) -> Located:
    kind = style(context, body.data)
    if kind == "empty":
        trouble = Trouble("image.missing", "the body is empty where JSON should be")
        return Located((), (trouble,)) if body.ended else Located(need_more=True)
    if kind in _OTHER_STYLES:
        told = _URLENCODED if _is_urlencoded(context, body, kind) else _OTHER_STYLES[kind]
        return blamed(images_in(context, body, kind), Trouble(*told))
    read = document(context, body)
    named = matching(path, read.scan.values, read.data)
    located = _values(context, read, named, spec) if named else _none(path, spec, context, body, read)
    begun = any(value.kind == "string" and read.too_short(value) for value in named)
    present = any(value.kind != "null" and value.start != value.end for value in named)
    linked = bool(named) and not located.found and not located.troubles and not begun
    return Located(located.found, read.troubles + located.troubles, located.need_more or begun, present, linked)


def _is_urlencoded(context: BodyContext, body: Body, kind: Style) -> bool:
    """It says so and starts as one does (WHATWG URL, section 5)."""
    said = context.declared == "application/x-www-form-urlencoded" and kind in ("text", "other")
    return said and _PAIR.match(body.data) is not None


def _values(context: BodyContext, read: Document, values: tuple[JsonValue, ...], spec: JsonAt) -> Located:
    found: list[FoundImage] = []
    troubles: list[Trouble] = []
    for value in values:
        if found and not context.effort.allows(VALUE):
            break
        one, why = _value(context, read, value, spec)
        if one is not None:
            found.append(one)
        else:
            troubles += why
    if not found and troubles and all(trouble.code == "json.wrong-type" for trouble in troubles):
        return _only_image(context, read, tuple(troubles))
    return Located(tuple(found), tuple(troubles))


def _value(
    context: BodyContext, read: Document, value: JsonValue, spec: JsonAt
) -> tuple[FoundImage | None, tuple[Trouble, ...]]:
    wants = "byte-array" if "byte-array" in (spec.carried_as, *spec.or_as) else spec.carried_as
    listed = array_image(context, read, value, wants)
    if listed is not None:
        return listed, ()
    if value.kind == "array":
        return _of_list(context, read, value, spec)
    if value.kind != "string":
        return None, (_trouble("json.wrong-type", f"got {kind_words(value.kind)}, want a string", value),)
    if value.start == value.end:
        return None, (_trouble("image.empty", "an empty string where the image's text should be", value),)
    if spec.or_link and _LINK.match(read.data, value.start):
        return None, ()
    return _spelled(context, read, value, spec)


def _trouble(code: str, words: str, value: JsonValue) -> Trouble:
    return Trouble(code, words, "json:" + pointer(value.place), value.start)


def _spelled(
    context: BodyContext, read: Document, value: JsonValue, spec: JsonAt
) -> tuple[FoundImage | None, tuple[Trouble, ...]]:
    """What a string carries, judged by that of the wanted spellings to which it comes nearest."""
    best = value_image(context, read, value, spec.carried_as)
    for want in spec.or_as if best[1] else ():
        other = value_image(context, read, value, want)
        best = min(best, other, key=lambda one: len(one[1]))
    return best


def _of_list(
    context: BodyContext, read: Document, value: JsonValue, spec: JsonAt
) -> tuple[FoundImage | None, tuple[Trouble, ...]]:
    """A list where one string is wanted: the image is its only element, if that is a string."""
    inside = [one for one in read.scan.values if one.place[:-1] == value.place and one.place]
    trouble = _trouble("json.list-vs-single", "got a list, want one string", value)
    if not inside or inside[0].kind != "string":
        words = "got a list, want a string"
        return None, (replace(trouble, code="json.wrong-type", detail=words),)
    if len(inside) > 1:
        return None, (trouble,)
    found, troubles = _spelled(context, read, inside[0], spec)
    if found is None:
        return None, (trouble, *troubles)
    return replace(found, troubles=(trouble, *found.troubles)), ()


def _none(path: Path, spec: JsonAt, context: BodyContext, body: Body, read: Document) -> Located:
    """Nothing stands at the path: not yet, or the client put it elsewhere."""
    if not body.ended:
        return Located(need_more=read.scan.broken_at is None)
    if not read.complete:
        return Located(need_more=read.scan.exhausted)  # it may stand behind what anybody looks at
    missed = near_miss(path, read)
    if missed.instead is None:
        return _only_image(context, read, (missed.trouble,))
    found, troubles = _value(context, read, missed.instead, spec)
    if found is None or not shows_image(context, found):
        return Located((), (missed.trouble, *troubles))
    return Located((replace(found, troubles=(missed.trouble, *found.troubles)),))


def _only_image(context: BodyContext, read: Document, troubles: tuple[Trouble, ...]) -> Located:
    """The one image that the document holds anywhere, with the troubles that it is not where it should be."""
    found = json_images(context, read)
    if len(found) != 1:
        return Located((), troubles)
    return Located((replace(found[0], troubles=troubles + found[0].troubles),))


def make(images: Sequence[Carried]) -> NewBody | None:
    """The example, else the smallest document that the paths describe, with the images in it."""
    example = next((image.spec.example for image in images if image.spec.example), "")
    placed = [(image.spec.path, json_value(image.data, image.spec.carried_as, image.media_type)) for image in images]
    return NewBody("application/json", document_with(placed, example))


def move(body: bytes, found: FoundImage, image: Carried) -> NewBody | None:
    """The document with the image at its path, spelled as it is to be; all else in it stays."""
    if not found.at.startswith("json:"):
        return None
    value = json_value(image.data, image.spec.carried_as, image.media_type)
    made = moved(body, found.at.removeprefix("json:"), image.spec.path, value, image.spec.example)
    return None if made is None else NewBody("", made)


LOCATION = Location("json", JsonAt, read_spec, find, make, move, ("as", "example"))
