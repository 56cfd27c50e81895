"""What most requests are: in order. Told without planning anything, by the same checks in the same order."""

from why400.checks.check import Subject
from why400.content.body import Body
from why400.exchange import Seen, Station
from why400.rules.model import Requirement, Route

_STATIONS = tuple(Station)


def is_in_order(route: Route, seen: Seen, body: Body, upto: Station) -> bool:
    """No live rule of a station up to `upto`, nor the rule `image`, finds anything."""
    if upto >= Station.FIRST_BYTES and route.images and _is_wrong(seen):
        return False
    request = Subject(seen, body)
    pictures = [Subject(seen, body, image) for image in seen.images]
    for station in _STATIONS[: upto + 1]:
        for rule in route.stations[station]:
            subjects = pictures if rule.about_images else (request,)
            for subject in subjects:
                if rule.on is not None and subject.image is not None and subject.image.place != rule.on:
                    continue
                if not _all_hold(rule.require, subject):
                    return False
    return True


def _is_wrong(seen: Seen) -> bool:
    """A place has no image, or an image that is not as the place says or not whole."""
    return bool(seen.missing) or any(image.found.troubles or image.damage for image in seen.images)


def _all_hold(require: tuple[Requirement, ...], subject: Subject) -> bool:
    return all(requirement.check.examine(requirement.want, subject) is None for requirement in require)
