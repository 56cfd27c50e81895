"""A picture alone as the request that a route expects."""

import base64
from collections.abc import Callable, Mapping
from typing import Any

import orjson

from why400.commands._http_request import form_end, form_part, raw_request
from why400.locations.found import Encoding
from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.path import Index, Name, Path, Slice, Where, parse
from why400.rules.model import Route, RuleSet

_HOST = "model"
_BOUNDARY = "------------------------why400tries4you"


class NoRoute(ValueError):
    """No route of the rules takes a picture so; the message says which there are."""


def route_for(rules: RuleSet, wanted: str | None) -> Route | None:
    """The route that was asked for, else the first that says where its image is; None without rules. NoRoute."""
    routes = [route for route in rules.routes if route.images]
    if wanted is not None:
        routes = [route for route in rules.routes if route.id == wanted]
        if not routes:
            known = ", ".join(route.id for route in rules.routes) or "none"
            raise NoRoute(f"--route: there is no route {wanted!r}; there are: {known}")
    return routes[0] if routes else None


def picture_request(route: Route | None, data: bytes, media_type: str, file_name: str) -> bytes:
    """A picture in the place where the route expects it: the first of its images, in the first of its styles."""
    if route is None:
        return raw_request("POST", "/", _HOST, [("Content-Type", media_type)], data)
    match = route.matches[0]
    target = match.path.replace("{", "").replace("}", "")
    spec = route.images[0].specs[0] if route.images else None
    kind, body = _carried(spec, data, media_type, file_name)
    return raw_request(match.method, target, _HOST, [("Content-Type", kind)], body)


def _carried(spec: object, data: bytes, media_type: str, file_name: str) -> tuple[str, bytes]:
    """The request's content type, and its body."""
    if isinstance(spec, Part):
        part = form_part(spec.name, data, file_name, media_type, _BOUNDARY)
        return f"multipart/form-data; boundary={_BOUNDARY}", part + form_end(_BOUNDARY)
    if isinstance(spec, JsonAt) and isinstance(path := parse(spec.path), Path):
        return "application/json", orjson.dumps(_around(path, _SPELLED[spec.carried_as](data, media_type)))
    return media_type, data


def _around(path: Path, value: str) -> Any:
    """The smallest document in which the path leads to the value."""
    document: Any = value
    for step in reversed(path.steps):
        if isinstance(step, Name):
            document = {step.key: document}
        elif isinstance(step, Index):
            document = [*([None] * max(0, step.at)), document]
        elif isinstance(step, Slice):
            document = [*([None] * max(0, step.first or 0)), document]
        elif isinstance(step, Where):
            document = [{**_around(Path("", tuple(map(Name, step.keys))), step.value), **document}]
        else:
            document = [document]
    return document


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


_SPELLED: Mapping[Encoding, Callable[[bytes, str], str]] = {
    "base64": lambda data, _: _base64(data),
    "base64url": lambda data, _: base64.urlsafe_b64encode(data).decode("ascii"),
    "data-uri": lambda data, media_type: f"data:{media_type};base64,{_base64(data)}",
    "hex": lambda data, _: data.hex(),
}
