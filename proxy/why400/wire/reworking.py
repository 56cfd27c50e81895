"""Fixes of the whole body, run before its images are touched: the request as they leave it."""

from dataclasses import dataclass, replace

from why400.content.body import Body
from why400.exchange import Image, RequestHead, Seen, Station
from why400.facts import Eyes
from why400.fixes.fix import CannotFix, Fix, Step
from why400.rules.model import Route


@dataclass(frozen=True, slots=True)
class Ground:
    """What the fixes of images work on: a head, a whole body, and its images by place."""

    head: RequestHead
    body: Body
    images: dict[str, Image]


def ground(
    eyes: Eyes, head: RequestHead, seen: Seen, route: Route, body: Body, steps: tuple[tuple[Step, Fix], ...]
) -> Ground | CannotFix:
    """The request after these steps; as it came where none of them changes the whole body."""
    reworking = [fix.rework for _, fix in sorted(steps, key=lambda pair: pair[0].place) if fix.rework is not None]
    if not reworking:
        return Ground(head, body, {image.at: image for image in seen.images})
    for rework in dict.fromkeys(reworking):
        made = rework(head.fields, bytes(body.data))
        if isinstance(made, CannotFix):
            return made
        head, body = replace(head, fields=made.fields), Body(made.body, len(made.body), ended=True)
    again = eyes.see(head, seen.path, body, route.images, Station.WHOLE_BODY).seen
    return Ground(head, body, {image.at: image for image in again.images})
