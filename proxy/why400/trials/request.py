"""The request that an inline test sends, from its words."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from why400.locations.context import Carried, Location, NewBody
from why400.locations.respell import respell
from why400.locations.whole import Whole
from why400.pictures.make import make
from why400.pictures.picture import Picture
from why400.rules.draft import InlineTest
from why400.rules.model import ImagePlace, Route
from why400.rules.read_tests import NO_TYPE, STYLE
from why400.trials.beside import with_beside
from why400.trials.raw import raw_request

_CAPTURE = re.compile(r"\{([^{}]*)\}")
_HOST = "model"


def request_of(test: InlineTest, route: Route, locations: Mapping[type, Location]) -> bytes:
    """All bytes of the request: by the route's first match, the image where the route (or `style:`) wants it."""
    made = with_beside(_body(test, route, locations), test.send.get("beside", {}))
    written = test.send.get("match")
    method, target = written.split(" ", 1) if written else _first(route)
    content_type = test.send.get("content_type", made.content_type)
    fields = [] if content_type in ("", NO_TYPE) else [("Content-Type", content_type)]
    fields += made.fields[1:]
    return raw_request(method, target, _HOST, [*fields, *test.send.get("headers", {}).items()], made.data)


def _first(route: Route) -> tuple[str, str]:
    """A route's first method, and a path that it takes: captures are filled with their own names."""
    match = route.matches[0]
    return match.method, _CAPTURE.sub(lambda name: name[1], match.path)


def _body(test: InlineTest, route: Route, locations: Mapping[type, Location]) -> NewBody:
    if "bytes" in test.send:
        return NewBody("", test.send["bytes"])
    picture: Picture = test.send["picture"]
    places = test.send.get(STYLE, route.images) or (ImagePlace("image", (Whole(),)),)
    spelled = test.send.get("encoding")
    data, images = make(picture), []
    declared = test.send.get("declared_type", picture.media_type)
    for place in places:
        spec = place.specs[0]
        in_text = hasattr(spec, "carried_as")
        if spelled and in_text:
            spec = replace(spec, carried_as=spelled)
        carried = data if not spelled or in_text else respell(data, spelled, declared)
        images.append(Carried(spec, carried, declared))
    return _made(images, locations)


def _made(images: list[Carried], locations: Mapping[type, Location]) -> NewBody:
    """One body for the first image's kind of place; images of other kinds cannot be in it."""
    kind: type[Any] = type(images[0].spec)
    made = locations[kind].make([image for image in images if type(image.spec) is kind])
    return made or NewBody(images[0].media_type, images[0].data)
