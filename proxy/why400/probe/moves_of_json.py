"""What to try inside a JSON document after a refusal: a member more, another value, another shape or spelling."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice, zip_longest
from typing import Any

from why400.probe.draft import Draft, leaves
from why400.probe.hints import Hint, like_image
from why400.probe.places import SLOT, CarriedAs, Place, moved, path_to, with_value
from why400.probe.told_values import usual_value
from why400.probe.wanted import ANYTHING

INNER = (
    "data",
    "content",
    "base64",
    "b64",
    "image",
    "bytes",
    "value",
    "image_base64",
    "img",
    "url",
    "src",
    "file",
    "photo",
)
"""Names that the image has in an object of its own, the commonest first."""

LISTS = (
    "images",
    "instances",
    "inputs",
    "files",
    "photos",
    "pictures",
    "imgs",
    "items",
    "requests",
    "data",
    "batch",
    "samples",
)
"""Names of lists of images."""

OWNERS = (
    *("input", "data", "inputs", "image", "payload", "request", "img", "picture", "photo", "file", "body", "document"),
    *("source", "content", "params", "query", "batch", "variables"),
)
"""Names of objects that have an image in them, the commonest first."""

_JSON_TYPE = re.compile(r"\b(application/(?:[\w.-]+\+)?json|application/x-json|text/json)\b", re.IGNORECASE)
_NO_LIST = re.compile(r"(?:list|string|str|byte) indices must be integers|'(?:str|list)' object has no attribute")
"""Python reads a key of something that has none."""

_USUAL_JSON = frozenset(("application/json", "application/problem+json"))
_SPELLED: tuple[tuple[CarriedAs, re.Pattern[str]], ...] = (
    ("base64url", re.compile(r"base64.?url|url.?safe|rfc ?4648", re.IGNORECASE)),
    ("hex", re.compile(r"\bhex", re.IGNORECASE)),
    ("data-uri", re.compile(r"data.?ur[il]|\bdata:", re.IGNORECASE)),
    ("byte-array", re.compile(r"(?:list|array|sequence) of (?:int|byte|number)|byte array|uint8", re.IGNORECASE)),
    ("base64", re.compile(r"base.?64", re.IGNORECASE)),
)
_ROOT_LIST = re.compile(r"\b(?:array|list)\b", re.IGNORECASE)
_VALUES: dict[str, tuple[Any, ...]] = {
    "list": ([], [ANYTHING]),
    "object": ({},),
    "number": (1, 0.5),
    "switch": (True,),
    "text": (ANYTHING,),
    "": (1, {}, True, []),
}
_MOST_OF_HINT = 7


def of_json(draft: Draft, told: tuple[Hint, ...], text: str, models: tuple[str, ...]) -> Iterator[Draft]:
    """A member more, another value in one that is complained of, or another spelling of the image."""
    place = draft.place
    if not place.declared:
        types = {kind.lower() for kind in _JSON_TYPE.findall(text)} - _USUAL_JSON
        yield from (replace(draft, place=replace(place, declared=kind)) for kind in sorted(types))
    spoken = [way for way, pattern in _SPELLED if pattern.search(text) and way != place.carried_as]
    if len(place.names) == 1:
        yield from (_json(draft, place.names, way) for way in spoken)
    named = [path for path, _ in leaves(place.frame) if Hint(path).last == "model"]
    yield from (_framed(draft, path, model) for path in named for model in models[:2])
    if _NO_LIST.search(text):
        yield from _in_objects(draft)
    extra = {hint.last for hint in told if hint.extra}
    left = tuple(path for path in place.names if Hint(path).last not in extra)
    if extra and left and left != place.names:
        yield _json(draft, ())
        yield _json(draft, left)
    if place.names and _ROOT_LIST.search(text) and all(path.startswith("$.") for path in place.names):
        yield _json(draft, tuple(f"$[*]{path[1:]}" for path in place.names))
    inside = [hint for hint in told if hint.where == "body" and not hint.extra]
    inside = [hint for hint in inside if not (_is_noun(hint) and len(place.names) == 1)]
    for hint in inside:
        if hint.rank < 2:
            yield from islice(_of_hint(draft, hint), _MOST_OF_HINT)
    yield from (_json(draft, place.names, way) for way in spoken)
    if len(place.names) == 1:
        yield from _reshaped(draft, place.names[0], Hint(place.names[0]))
    yield from _respelled(draft)
    for hint in inside:
        if hint.rank == 2:
            yield from islice(_of_hint(draft, hint), _MOST_OF_HINT)


def _in_objects(draft: Draft) -> Iterator[Draft]:
    """Where a list, a word or the image itself stands and an object is read by its keys."""
    owners = dict.fromkeys(path.partition("[*]")[0] for path in draft.place.names)
    if owners and "$" not in owners and len(owners) <= len(INNER):
        yield _json(draft, tuple(owner + path_to(name)[1:] for owner in owners for name in INNER))
    for path, value in leaves(draft.place.frame):
        if value == ANYTHING:
            yield _framed(draft, path, {})


def _is_noun(hint: Hint) -> bool:
    """ "Expected an image" tells of no key."""
    return hint.rank > 0 and hint.name in ("image", "picture", "photo", "file", "img", "data")


def _of_hint(draft: Draft, hint: Hint) -> Iterator[Draft]:
    """What it may mean, at each place that it may mean: the likeliest of each place first."""
    meant = [_at(draft, path, hint) for path in _paths(hint, draft.place)]
    for following in zip_longest(*meant):
        yield from (one for one in following if one is not None)


def _at(draft: Draft, path: str, hint: Hint) -> Iterator[Draft]:
    place = draft.place
    if path in place.names:
        yield from _reshaped(draft, path, hint)
    elif (old := dict(leaves(place.frame)).get(path, SLOT)) is not SLOT:
        usual = [usual_value(hint.last)] if usual_value(hint.last) else []
        others = [hint.value] if hint.value else [*usual, *_VALUES[hint.wanted]]
        yield from (_framed(draft, path, value) for value in others if value != old)
    elif not any(one.startswith((path + ".", path + "[")) for one in place.names):
        yield from _added(draft, path, hint)
    elif hint.wanted == "text" and place.frame is not None:
        yield _json(draft, (path,))


def _paths(hint: Hint, place: Place) -> list[str]:
    """Where a name may stand: as it says; where one of that name stands already; inside, or at the root."""
    if hint.name.startswith("$"):
        return [hint.name]
    there = [
        path for path in (*place.names, *(path for path, _ in leaves(place.frame))) if Hint(path).last == hint.name
    ]
    if there:
        return there[:1]
    step, owners = path_to(hint.name)[1:], {_parent(path) for path in place.names}
    inner = [path + step for path, value in leaves(place.frame) if value == {}]
    inner += [owner + step for owner in owners if owner != "$" and len(owners) == 1]
    under = place.names[0] + step if len(place.names) == 1 and place.names[0] != "$" else ""
    paths = [under, *inner, "$" + step] if under.endswith("[*]" + step) else [*inner, "$" + step, under]
    return [path for path in paths if path]


def _parent(path: str) -> str:
    """The path of the object that a member is in."""
    found = re.match(r"(.*?)(?:\.\w+|\[\"[^\"]*\"\])(?:\[\*\])*$", path)
    return found[1] if found else "$"


def _added(draft: Draft, path: str, hint: Hint) -> Iterator[Draft]:
    """A member that is missed: the image, in one of its shapes, or something that goes with it."""
    inside = any(path.startswith((name + ".", name + "[")) for name in draft.place.names)
    image = _json(_kept(draft, path), (path,))
    usual = usual_value(hint.last) if hint.wanted in ("", "text") else ""
    value = hint.value or usual or _VALUES[hint.wanted or "text"][0]
    text = None if inside and len(draft.place.names) == 1 else _framed(draft, path, value)
    if inside:
        moved = tuple(_parent(path) + path_to(name)[1:] for name in INNER)
        text = _framed(_json(draft, moved), path, value)
    shapes = tuple(_reshaped(image, path, hint))
    if hint.last in (*LISTS, *OWNERS) and not hint.wanted:
        yield from shapes[:2] if hint.last in LISTS else shapes[2:0:-1]
    is_image = (like_image(hint.last) or hint.wanted == "list") and hint.wanted not in ("object", "number", "switch")
    first, second = (image, text) if is_image else (text, image)
    yield from (one for one in (first, second) if one is not None)
    yield from shapes
    if path.count(".") == 1 and like_image(hint.last):
        yield _json(
            draft, (*(f"$.{owner}{path[1:]}" for owner in OWNERS), *(f"$.{owner}[*]{path[1:]}" for owner in LISTS[:2]))
        )


def _kept(draft: Draft, path: str) -> Draft:
    """Where the image leaves a place that was asked for, something stays there."""
    old = draft.place.name
    if len(draft.place.names) != 1 or old == "$" or path.startswith(old) or old.startswith(path):
        return draft
    return _framed(draft, old, ANYTHING)


def _reshaped(draft: Draft, path: str, hint: Hint) -> Iterator[Draft]:
    """The image at a path in other shapes: in a list, in an object of its own, in both."""
    names = (*INNER, *map(str.title, INNER)) if hint.last[:1].isupper() else INNER
    inner = tuple(path + path_to(name)[1:] for name in names)
    rows = tuple(path + "[*]" + path_to(name)[1:] for name in names)
    shapes = {"list": ((path + "[*]",), rows), "object": (inner, rows)}
    for paths in shapes.get(hint.wanted, ((path + "[*]",), rows, inner, (path + ".b64",))):
        yield _json(draft, paths)


def _respelled(draft: Draft) -> Iterator[Draft]:
    """The image spelled otherwise, where its place is known."""
    others: tuple[CarriedAs, ...] = ("data-uri", "base64", "base64url", "hex")
    if len(draft.place.names) == 1:
        yield from (_json(draft, draft.place.names, way) for way in others if way != draft.place.carried_as)


def _json(draft: Draft, paths: tuple[str, ...], carried_as: CarriedAs | None = None) -> Draft:
    way = carried_as or draft.place.carried_as
    assert way != "binary"
    return replace(draft, place=moved(draft.place, paths, way, draft.place.frame))


def _framed(draft: Draft, path: str, value: Any) -> Draft:
    way = draft.place.carried_as
    assert way != "binary"
    place = moved(draft.place, draft.place.names, way, with_value(draft.place.frame, path, value))
    return replace(draft, place=place)
