"""One walk over a route's rules, station by station: what fails, and what is left undecided."""

from collections.abc import Iterable
from dataclasses import dataclass

from why400.checks.check import Mismatch, Subject
from why400.content.body import Body
from why400.content.coding import UNDECLARED
from why400.content.trouble import Trouble
from why400.exchange import Finding, Image, Mode, Seen, Station
from why400.review.planning import Open, Planned
from why400.rules.model import IMAGE_RULE, ImagePlace, Requirement, Route, Rule

STATIONS = tuple(Station)

_OF_THE_FORM = ("multipart.filename-bytes",)
"""What the check `form` asks about, and an image is found and read all the same."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk found: the request as planned with its findings, and the station that ended it early."""

    planned: Planned
    ended: Station | None


def in_order(route: Route, seen: Seen, body: Body, upto: Station) -> bool:
    """No live rule of the stations reached finds anything. So it is with most requests, and nothing is planned then."""
    if route.images and upto >= Station.FIRST_BYTES:
        if seen.missing or (seen.troubles and _around(seen)):
            return False
        for image in seen.images:
            if image.found.troubles or image.damage is not None:
                return False
    asked, request = route.asked[upto], Subject(seen, body)
    for examine, want, _ in asked.of_request:
        if examine(want, request) is not None:
            return False
    for image in seen.images:
        subject = Subject(seen, body, image)
        for examine, want, on in asked.of_images:
            if (on is None or on == image.place) and examine(want, subject) is not None:
                return False
    return True


def walk(route: Route, seen: Seen, body: Body, upto: Station, enforced_only: bool) -> Walked:
    """Ask all live rules (or the enforced ones alone) whose station is reached.

    A walk over the enforced rules ends after a station with a finding that no fix serves; one over all rules goes on,
    for what is only observed keeps nothing from being seen.
    """
    planned = Planned(seen, body, list(seen.images))
    for station in STATIONS[: upto + 1]:
        if station is Station.FIRST_BYTES and not (enforced_only and route.mode is not Mode.ENFORCE):
            _ask_places(route, planned)
        for rule in route.stations[station]:
            if rule.mode is Mode.ENFORCE or not enforced_only:
                _ask(rule, planned)
        if not planned.findings:
            continue
        if station >= Station.FIRST_BYTES:
            _ask_again(route, planned, station, enforced_only)
            planned.retry()
        if enforced_only and _is_lost(planned, station):
            return Walked(planned, station)
    return Walked(planned, None)


def _ask_again(route: Route, planned: Planned, station: Station, enforced_only: bool) -> None:
    """Rules with a fix, on the facts as planned by all: a picture is turned before it is scaled, whoever asked first.

    What has no fix is left to the check of the result, which can say which fix did not do.
    """
    for rule in (rule for asked in route.stations[: station + 1] for rule in asked):
        if rule.about_images and rule.fix is not None and (rule.mode is Mode.ENFORCE or not enforced_only):
            _ask(rule, planned)


def _is_lost(planned: Planned, station: Station) -> bool:
    """No fix serves one of the findings. Before an image is seen, a fix that is named may yet serve."""
    if station is Station.HEAD:
        return any(entry.fix is None for entry in planned.findings)
    return any(entry.step is None for entry in planned.findings)


def _ask(rule: Rule, planned: Planned) -> None:
    if not rule.about_images:
        _ask_about(rule, planned, None, "body")
        return
    for index, image in enumerate(planned.images):
        if rule.on is None or image.place == rule.on:
            _ask_about(rule, planned, index, image.at)


def _ask_about(rule: Rule, planned: Planned, index: int | None, at: str) -> None:
    """Each check of a rule on one image (None: the request), on the facts as planned by then."""
    for requirement in rule.require:
        if planned.has(rule.id, requirement.check.name, index):
            continue
        mismatch = requirement.check.examine(requirement.want, planned.subject(index))
        if mismatch is not None:
            planned.add(_open(rule, requirement, mismatch, mismatch.at or at, index))


def _open(rule: Rule, requirement: Requirement, mismatch: Mismatch, at: str, image: int | None) -> Open:
    check = requirement.check
    words = {"{got}": mismatch.got, "{want}": mismatch.want, "{at}": at}
    finding = Finding(
        rule.id,
        check.name,
        mismatch.cause,
        at,
        mismatch.got,
        mismatch.want,
        _filled(rule.message or check.says, words),
        rule.status or check.status,
        enforced=rule.mode is Mode.ENFORCE,
        excepted=rule.excepted,
    )
    return Open(finding, requirement.want, rule.fix, rule.options, image, mismatch.damage)


def _filled(template: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        template = template.replace(name, word)
    return template


def _ask_places(route: Route, planned: Planned) -> None:
    """The rule that `image:` itself is: each place has its image, spelled as the place says."""
    if not route.images:
        return
    for trouble in planned.seen.missing:
        planned.add(_place_open(route, route.images, trouble, None))
    for trouble in _around(planned.seen):
        planned.add(_place_open(route, route.images, trouble, None))
    for index, image in enumerate(planned.seen.images):
        place = next((place for place in route.images if place.name == image.place), route.images[0])
        for trouble in _troubles(image):
            planned.add(_place_open(route, (place,), trouble, index))


def _around(seen: Seen) -> tuple[Trouble, ...]:
    """What stands around all images, so that none is where it should be as the body was sent."""
    return tuple(trouble for trouble in seen.troubles if trouble.code == UNDECLARED) if seen.images else ()


def _troubles(image: Image) -> Iterable[Trouble]:
    """What is wrong with how an image is carried, stray bytes before it among them."""
    yield from (trouble for trouble in image.found.troubles if trouble.code not in _OF_THE_FORM)
    damage = image.damage
    if damage is not None and damage.kind == "junk-before" and image.facts.format != "unknown":
        yield Trouble("image.corrupt", damage.because, image.at)


def _place_open(route: Route, places: tuple[ImagePlace, ...], trouble: Trouble, image: int | None) -> Open:
    """A finding of the rule `image`. Where an image is missing there is nothing to spell again: no fix."""
    specs = tuple(spec for place in places for spec in place.specs)
    finding = Finding(
        IMAGE_RULE,
        IMAGE_RULE,
        trouble.code,
        trouble.at,
        trouble.detail,
        " or ".join(spec.words for spec in specs),
        trouble.detail,
        enforced=route.mode is Mode.ENFORCE,
        excepted=route.excepted,
    )
    return Open(finding, specs, None if image is None else places[0].fix, {}, image)


def undecided(route: Route, seen: Seen, last: Station) -> tuple[str, ...]:
    """The ids of live rules that a walk up to `last` could not decide: images not found yet, later stations,
    images that were too large to be decoded.
    """
    ids = route.asked[last].later
    if route.images and not (seen.images or seen.missing or seen.body_ended):
        ids = (*(rule.id for rules in route.stations[: last + 1] for rule in rules if rule.about_images), *ids)
    if last is Station.PIXELS:
        ids += tuple(rule.id for rule in route.stations[last] if any(_unknown(rule, image) for image in seen.images))
    return ids


def _unknown(rule: Rule, image: Image) -> bool:
    """The rule asks about the pixels of this image, and nobody could say."""
    return image.decoded is not None and image.decoded.unknown and rule.on in (None, image.place)
