"""Nothing stands at a path of a JSON document: what the client did instead, as far as the document shows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from why400.alike import nearest
from why400.content.json_scan import JsonValue, Place, pointer
from why400.content.names import listed, quoted
from why400.content.trouble import Trouble
from why400.locations.document import Document
from why400.locations.path import Every, Index, Name, Path, Slice, Step, Where, first_place, holds

_SIMILAR = 0.75
_SHORTEST_TEXT = 16
_MOST_NAMES = 64
_SIGNS = re.compile(r"[\W_]+")
_ALIASES = (
    frozenset(
        {
            "image",
            "img",
            "picture",
            "photo",
            "file",
            "data",
            "imagedata",
            "imagebase64",
            "base64",
            "b64",
            "imageb64",
            "base64image",
            "imagebytes",
            "bytes",
            "content",
            "input",
            "inputs",
            "imgdata",
            "imgbase64",
            "source",
        }
    ),
    frozenset({"instances", "inputs", "images", "data", "inputdata"}),
)


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What is wrong, and the value that was probably meant, where one shows."""

    trouble: Trouble
    instead: JsonValue | None = None


def near_miss(path: Path, read: Document) -> NearMiss:
    """Why a path names nothing in a document that was seen whole."""
    known = {value.place: value for value in read.scan.values}
    root = known.get(())
    if root is None:
        return NearMiss(Trouble("json.syntax", "there is no JSON document"))
    place, depth = _deepest(path, known, read.data)
    step = path.steps[depth] if depth < len(path.steps) else None
    parent = known[place]
    if isinstance(step, Name):
        return _no_member(path, step, parent, known) if parent.kind == "object" else _not_object(step, parent)
    return _not_list(step, parent)


def _deepest(path: Path, known: dict[Place, JsonValue], data: bytes | bytearray) -> tuple[Place, int]:
    """The deepest place on the path that exists, the first of several; and how many steps lead there."""
    reached: list[Place] = [()]
    for depth, step in enumerate(path.steps):
        fitting = (place for place in reached if _kind_fits(step, known[place]))
        further = [(*place, key) for place in fitting for key in _keys(step, place, known, data)][:_MOST_NAMES]
        if not further:
            return reached[0], depth
        reached = further
    return reached[0][:-1], len(path.steps) - 1


def _keys(step: Step, place: Place, known: dict[Place, JsonValue], data: bytes | bytearray) -> Iterator[str | int]:
    """What a step names at a place, of what is there."""
    if isinstance(step, Name | Index):
        key = step.key if isinstance(step, Name) else max(step.at, 0)
        yield from (key,) if (*place, key) in known else ()
        return
    for index in range(_MOST_NAMES):
        if (*place, index) not in known:
            return
        if not isinstance(step, Where) or holds(step, (*place, index), known, data):
            yield index


def _kind_fits(step: Step, value: JsonValue) -> bool:
    return value.kind == ("object" if isinstance(step, Name) else "array") or isinstance(step, Every)


def _no_member(path: Path, step: Name, parent: JsonValue, known: dict[Place, JsonValue]) -> NearMiss:
    siblings = {value.place[-1]: value for value in known.values() if value.place and value.place[:-1] == parent.place}
    names = [str(key) for key in siblings]
    place = (*parent.place, step.key)
    elsewhere = _elsewhere(step.key, parent, known)
    other = _same_but_for_signs(step.key, names)
    higher = None if other else _too_high(path, place, siblings)
    if higher is not None:
        return _nested(path, higher, first_place(path.text), parent)
    if elsewhere is None:
        other = other_spelling(step.key, names)
    if other is not None:
        words = f"the key is {quoted(other)}, want {quoted(step.key)}"
        trouble = Trouble("json.field-name", words, "json:" + pointer(place), parent.start)
        return NearMiss(trouble, _meant(path, siblings[other]))
    if elsewhere is not None:
        return _nested(path, elsewhere, place, parent)
    words = f"no key {quoted(step.key)}; the keys there are {listed(names)}"
    return NearMiss(Trouble("json.missing-field", words, "json:" + pointer(place), parent.start))


def _too_high(path: Path, place: Place, siblings: dict[str | int, JsonValue]) -> JsonValue | None:
    """A key that the path names further in, standing where the path has not got to yet."""
    further = (step.key for step in path.steps[len(place) :] if isinstance(step, Name))
    return next((siblings[key] for key in further if key in siblings), None)


def _nested(path: Path, found: JsonValue, wanted: Place, parent: JsonValue) -> NearMiss:
    words = f"the key {quoted(str(found.place[-1]))} stands at {pointer(found.place)}, want it at {pointer(wanted)}"
    return NearMiss(Trouble("json.wrong-nesting", words, "json:" + pointer(wanted), parent.start), _meant(path, found))


def _meant(path: Path, value: JsonValue) -> JsonValue | None:
    """A text long enough to be an image is taken for the one that was meant."""
    long_text = value.kind == "string" and (value.end is None or value.end - value.start >= _SHORTEST_TEXT)
    return value if long_text and path.steps else None


def other_spelling(wanted: str, names: list[str]) -> str | None:
    """The one of some names that was most likely meant to be the one wanted."""
    return _same_but_for_signs(wanted, names) or _similar(wanted, names) or _other_word(wanted, names)


def _same_but_for_signs(wanted: str, names: list[str]) -> str | None:
    plain = _plain(wanted)
    return next((name for name in names if _plain(name) == plain), None)


def _similar(wanted: str, names: list[str]) -> str | None:
    near = nearest(_plain(wanted), [_plain(name) for name in names[:_MOST_NAMES]], _SIMILAR)
    return None if near is None else _same_but_for_signs(near, names)


def _other_word(wanted: str, names: list[str]) -> str | None:
    """The one name that means the same, as `img` and `data` do for `image`."""
    plain = _plain(wanted)
    meant = {word for group in _ALIASES if plain in group for word in group}
    others = [name for name in names if _plain(name) in meant] if meant else []
    return others[0] if len(others) == 1 else None


def _plain(name: str) -> str:
    return _SIGNS.sub("", name[:64].lower())


def _elsewhere(key: str, parent: JsonValue, known: dict[Place, JsonValue]) -> JsonValue | None:
    found = [value for place, value in known.items() if place and place[-1] == key and place[:-1] != parent.place]
    return found[0] if found else None


def _not_object(step: Name, parent: JsonValue) -> NearMiss:
    at = "json:" + pointer(parent.place)
    words = f"got {kind_words(parent.kind)}, want an object with the key {quoted(step.key)}"
    if not parent.place:
        return NearMiss(
            Trouble("json.not-object", f"the root is {kind_words(parent.kind)}, want an object", at, parent.start)
        )
    meant = parent if parent.kind == "string" else None
    return NearMiss(Trouble("json.wrong-type", words, at, parent.start), meant)


def _not_list(step: Step | None, parent: JsonValue) -> NearMiss:
    at = "json:" + pointer(parent.place)
    if parent.kind == "array" and isinstance(step, Where):
        words = f"no element there has {quoted('.'.join(step.keys))} equal to {quoted(step.value)}"
        return NearMiss(Trouble("image.missing", words, at, parent.start))
    if parent.kind == "array" and isinstance(step, Index | Slice | Every):
        return NearMiss(Trouble("image.missing", "the list has no such element", at, parent.start))
    words = f"got {kind_words(parent.kind)}, want a list"
    if parent.kind == "string":
        return NearMiss(Trouble("json.list-vs-single", words, at, parent.start), parent)
    return NearMiss(Trouble("json.wrong-type", words, at, parent.start))


def kind_words(kind: str) -> str:
    """A kind of JSON value with its article."""
    words = {"object": "an object", "array": "a list", "null": "null", "boolean": "true or false"}
    return words.get(kind, f"a {kind}")
