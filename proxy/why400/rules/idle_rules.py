"""W401: checks that can never fail, or tell nothing that another does not. W403: bodies read for what less tells."""

from collections.abc import Callable, Iterator
from typing import Any

from why400 import limits
from why400.exchange import Mode
from why400.locations.json_path import JsonAt
from why400.locations.path import Index, Name, Path, parse
from why400.locations.whole import Whole
from why400.rules.asked import Asked, asked_of, kind_of, with_those_above
from why400.rules.contradictions import spellings
from why400.rules.draft import RouteDraft
from why400.rules.model import weaker
from why400.shapes.bounds import Bounds
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.shape import Problem
from why400.shapes.unit import say_bytes

_STRONGER = {"any": ("object", "array"), "structure": ("pixels",)}
"""For a word what says as much and more."""


def never_fails(route: RouteDraft) -> Iterator[Problem]:
    """A check that holds whatever comes."""
    for one in asked_of(route):
        if _holds_always(one):
            yield _idle(one, f"{one.check} can never fail like this", "ask for less, or leave it out")
        elif _is_said_by_the_place(route, one):
            yield _idle(one, f"{one.check} can never fail like this: image: asks for the same", "leave it out")


def _holds_always(one: Asked) -> bool:
    if isinstance(one.want, Bounds):
        return one.want.max is None and (one.want.min or 0) <= (1 if one.check in ("width", "height", "frames") else 0)
    if isinstance(one.shape, OneOrMany) and isinstance(one.shape.item, Choice):
        return set(one.want) == set(one.shape.item.of)
    return False


def _is_said_by_the_place(route: RouteDraft, one: Asked) -> bool:
    """`image:` asks the same: how the image is spelled, or that there is one."""
    places = [place for place in route.route.images if one.draft.rule.on in (None, place.name)]
    if one.check == "encoding":
        return bool(places) and all(spellings(place.specs) <= set(one.want) for place in places)
    if one.check == "image_count":
        is_certain = bool(places) and all(_names_one(place.specs) and not place.optional for place in places)
        return is_certain and bool(one.want.hold(len(places)))
    return False


def _names_one(specs: tuple[Any, ...]) -> bool:
    """Exactly one image can stand there: the body, or a path without wildcards."""
    return all(isinstance(spec, Whole) or (isinstance(spec, JsonAt) and _is_plain(spec.path)) for spec in specs)


def _is_plain(text: str) -> bool:
    path = parse(text)
    return isinstance(path, Path) and all(isinstance(step, (Name, Index)) for step in path.steps)


def says_no_more(route: RouteDraft) -> Iterator[Problem]:
    """A rule below one that asks for as much: it fails only where that one fails too."""
    for second, above in with_those_above(route):
        first = next((one for one in above if _covers(one, second) and _implies(one.want, second.want)), None)
        if first is not None:
            message = f'"{second.id}" fails only where "{first.id}" fails too'
            yield _idle(second, message, f"leave it out, or write it above {first.id}")


def _covers(first: Asked, second: Asked) -> bool:
    """The first is asked, as strictly, of everything that the second is asked of."""
    one, other = first.draft.rule, second.draft.rule
    as_strict = weaker(one.mode, other.mode) is other.mode and one.mode is not Mode.DISABLED
    return as_strict and not one.exceptions and one.on in (None, other.on)


def _implies(one: Any, other: Any) -> bool:
    """What is as `one` wants is as `other` wants."""
    if isinstance(one, Bounds) and isinstance(other, Bounds):
        return _inside(one, other)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return all(word in other for word in one)
    if isinstance(one, dict) and isinstance(other, dict):
        return all(name in one and _implies(one[name], other[name]) for name in other)
    return bool(one == other) or (isinstance(other, str) and one in _STRONGER.get(other, ()))


def _inside(one: Bounds, other: Bounds) -> bool:
    low = other.min is None or (one.min is not None and one.min >= other.min)
    return low and (other.max is None or (one.max is not None and one.max <= other.max))


_COST = f"each body is held whole for it, up to {say_bytes(limits.HOLD)}, before the model gets its first byte"


def reads_too_much(route: RouteDraft) -> Iterator[Problem]:
    """W403: the head, or another rule, tells the same."""
    if kind_of(route) == "body" and not asked_of(route, "content_encoding"):
        for one in asked_of(route, "file_size"):
            message = f"the image is the whole body here: {_COST}"
            yield _wasteful(one, message, "write body_size, which Content-Length tells")
    documents = asked_of(route, "json", "json_schema")
    for one in asked_of(route, "text_encoding") if documents else ():
        message = f'"{documents[0].id}" finds what is not UTF-8, too; the whole body is gone through once more for this'
        yield _wasteful(one, message, "leave it out")


_MEANT = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "image/x-png": "image/png",
    "image/tif": "image/tiff",
    "application/jpeg": "image/jpeg",
    "application/jpg": "image/jpeg",
    "text/json": "application/json",
    "form-data": "multipart/form-data",
    "multipart/form": "multipart/form-data",
}
"""Media types that are written for registered ones (IANA), which are what clients send."""


def other_names(route: RouteDraft) -> Iterator[Problem]:
    """W405: a media type by another name, without the one that clients send."""
    for one in asked_of(route, "content_type"):
        words = {word.lower() for word in one.want}
        for word in sorted(words & _MEANT.keys()):
            if not {_MEANT[word], f"{_MEANT[word].partition('/')[0]}/*", "*/*"} & words:
                message = f"{word} is another name of {_MEANT[word]}, and clients send that"
                yield Problem("W405", message, one.at, f"write {_MEANT[word]}, or both", warning=True)


def _wasteful(one: Asked, message: str, suggestion: str) -> Problem:
    return Problem("W403", message, one.at, suggestion, warning=True)


def _idle(one: Asked, message: str, suggestion: str) -> Problem:
    return Problem("W401", message, one.at, suggestion, warning=True)


LOOKS: tuple[Callable[[RouteDraft], Iterator[Problem]], ...] = (
    never_fails,
    says_no_more,
    reads_too_much,
    other_names,
)
