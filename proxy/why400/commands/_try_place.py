"""A picture alone as the request that a route expects."""

from collections.abc import Mapping

from why400.locations.context import Carried, Location, NewBody
from why400.rules.model import Route, RuleSet
from why400.trials.raw import raw_request

_HOST = "model"


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


def picture_request(
    route: Route | None, locations: Mapping[type, Location], data: bytes, media_type: str, file_name: str
) -> bytes:
    """A picture in the place where the route expects it: the first of its images, in the first of its styles."""
    if route is None:
        return raw_request("POST", "/", _HOST, [("Content-Type", media_type)], data)
    match = route.matches[0]
    target = match.path.replace("{", "").replace("}", "")
    spec = route.images[0].specs[0] if route.images else None
    made = locations[type(spec)].make([Carried(spec, data, media_type, file_name)]) if spec is not None else None
    made = made or NewBody(media_type, data)
    return raw_request(match.method, target, _HOST, made.fields, made.data)
