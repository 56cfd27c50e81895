"""E314: rules that cannot all hold, among themselves or with the place where the image is."""

from collections.abc import Callable, Iterator
from typing import Any

from why400.checks.json_shape import root_of
from why400.locations.path import Index, Name, Path, Slice, Where, parse
from why400.rules.asked import Asked, Kind, asked_of, kind_of, same_images, with_those_above
from why400.rules.draft import RouteDraft
from why400.shapes.bounds import Bounds
from why400.shapes.shape import Problem

_ANY = ("any",)
_FORM = ("multipart/form-data", "multipart/*", "*/*")
_TYPES: dict[Kind, Callable[[str], bool]] = {
    "form": lambda word: word in _FORM,
    "json": lambda word: not word.startswith(("image/", "multipart/")),
    "tensor": lambda word: not word.startswith(("image/", "multipart/")),
    "body": lambda word: not word.startswith("multipart/") and not word.endswith("json"),
}
"""Whether a body of a kind can be declared as that media type."""

_USUAL: dict[Kind, str] = {
    "form": "multipart/form-data",
    "json": "application/json",
    "tensor": "application/json",
    "body": "image/*",
}
_BODIES: dict[str, tuple[Kind, ...]] = {
    "json": ("json", "tensor"),
    "json_schema": ("json",),
    "form": ("form",),
    "tensor": ("tensor", "json"),
}
"""Checks of a kind of body, and the kinds that can hold them."""


def among_themselves(route: RouteDraft) -> Iterator[Problem]:
    """Two rules ask one check for things that cannot both hold."""
    for second, above in with_those_above(route):
        first = next((one for one in above if same_images(one, second) and not _meet(one.want, second.want)), None)
        if first is not None:
            message = f'"{second.id}" and "{first.id}" cannot both hold: no {first.check} is in both'
            suggestion = "change one" + (", or give each on: a location" if second.draft.rule.about_images else "")
            yield Problem("E314", message, second.at, suggestion)


def _meet(one: Any, other: Any) -> bool:
    """Something can be what both ask for (where that cannot be told, it can)."""
    if isinstance(one, Bounds) and isinstance(other, Bounds):
        low = max(one.min or 0, other.min or 0)
        return all(end is None or low <= end for end in (one.max, other.max))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return bool(set(one) & set(other)) or any("*" in str(word) for word in (*one, *other))
    if isinstance(one, dict) and isinstance(other, dict):
        shared = [(one[name], other[name]) for name in one.keys() & other.keys()]
        return all(_ANY in pair or bool(set(pair[0]) & set(pair[1])) for pair in shared)
    return {one, other} != {"object", "array"} if isinstance(one, str) and isinstance(other, str) else True


def between_sizes(route: RouteDraft) -> Iterator[Problem]:
    """Sides against pixels and proportions, the image's file against the body that it is in."""
    for one in asked_of(route, "pixels", "aspect_ratio"):
        width, height = (_range_of(route, name, one) for name in ("width", "height"))
        least, most = _reach(one.check, width, height)
        if not _meet(one.want, Bounds(least, most)):
            message = f'"{one.id}" cannot hold: the sides that other rules allow make no such {one.check}'
            yield Problem("E314", message, one.at, "change it, or the rules on width and height")
    files = [one for one in asked_of(route, "file_size") if one.want.min is not None]
    for body in asked_of(route, "body_size"):
        for file in files:
            if body.want.max is not None and file.want.min > body.want.max:
                message = f'"{file.id}" asks for a larger file than "{body.id}" lets the body be'
                yield Problem("E314", message, file.at, "change one")


def _range_of(route: RouteDraft, side: str, about: Asked) -> Bounds:
    """What all rules together let a side be."""
    wants = [one.want for one in asked_of(route, side) if same_images(one, about)]
    low = max((want.min for want in wants if want.min is not None), default=None)
    return Bounds(low, min((want.max for want in wants if want.max is not None), default=None))


def _reach(check: str, width: Bounds, height: Bounds) -> tuple[float, float | None]:
    """The least and the most that two ranges of sides make: their product, or one by the other."""
    if check == "pixels":
        most = None if width.max is None or height.max is None else width.max * height.max
        return (width.min or 0) * (height.min or 0), most
    least = 0 if not height.max else (width.min or 0) / height.max
    return least, None if width.max is None or not height.min else width.max / height.min


def with_the_place(route: RouteDraft) -> Iterator[Problem]:
    """What is asked of the body does not go with where the image is."""
    kind = kind_of(route)
    if kind is None:
        return
    for one in asked_of(route, *_BODIES):
        if kind not in _BODIES[one.check]:
            message = f'"{one.id}" asks for {one.check}, and image: says that the body is {_SAID[kind]}'
            yield Problem("E314", message, one.at, "change image:, or remove the rule")
    for one in asked_of(route, "content_type"):
        if not any(_TYPES[kind](word.lower()) for word in one.want):
            message = f'"{one.id}" accepts no content type that {_SAID[kind]} has'
            yield Problem("E314", message, one.at, f"write {_USUAL[kind]}")
    yield from _spelling(route)
    yield from _root(route)


_SAID: dict[Kind, str] = {"form": "a form", "json": "JSON", "tensor": "JSON with tensors", "body": "the image itself"}


def _spelling(route: RouteDraft) -> Iterator[Problem]:
    places = {place.name: spellings(place.specs) for place in route.route.images}
    for one in asked_of(route, "encoding"):
        names = [one.draft.rule.on] if one.draft.rule.on in places else list(places)
        for name in names:
            if not set(one.want) & places[name]:
                message = f'"{one.id}" wants the image in another encoding than image: does'
                yield Problem("E314", message, one.at, f"write {' or '.join(sorted(places[name]))}, or change image:")
                break


def spellings(specs: tuple[Any, ...]) -> set[str]:
    """How images can be spelled at a place."""
    return {way for spec in specs for way in (getattr(spec, "carried_as", "binary"), *getattr(spec, "or_as", ()))}


def _root(route: RouteDraft) -> Iterator[Problem]:
    """The root that `json` wants is not the one that the image's path begins in."""
    paths = [parse(spec.path) for place in route.route.images for spec in place.specs if hasattr(spec, "path")]
    firsts = {type(path.steps[0]) for path in paths if isinstance(path, Path) and path.steps}
    root = "object" if firsts == {Name} else "array" if firsts and firsts <= {Index, Slice, Where} else ""
    for one in asked_of(route, "json"):
        wanted = root_of(one.want)
        if root and wanted not in ("any", root):
            message = f'"{one.id}" wants a JSON {wanted}, and the path of image: begins in an {root}'
            yield Problem("E314", message, one.at, f"write {root}, or change the path")


LOOKS: tuple[Callable[[RouteDraft], Iterator[Problem]], ...] = (among_themselves, between_sizes, with_the_place)
