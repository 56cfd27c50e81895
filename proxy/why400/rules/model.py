"""The rules as the traffic sees them: frozen, picklable, resolved. Nothing here knows YAML."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from re import Pattern
from typing import Any

from why400.checks.check import Check, Mismatch, Subject
from why400.exchange import Mode, RequestHead, Station
from why400.fixes.fix import Fix
from why400.rules.clauses import Answer, Cors, Exemption, RefusedWhen, Repeatable
from why400.shapes.bounds import Bounds
from why400.value import value

IMAGE_RULE = "image"
"""The reserved id of the rule that a route's `image:` is."""

_STRENGTH = (Mode.DISABLED, Mode.OBSERVE, Mode.ENFORCE)


def weaker(*modes: Mode) -> Mode:
    """The weakest of some modes: `enforce` > `observe` > `disabled`."""
    return min(modes, key=_STRENGTH.index)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One check with what is asked of it."""

    check: Check
    want: Any


@dataclass(frozen=True, slots=True)
class Rule:
    """An id, one check (two for `width` and `height`), perhaps a fix, what to say.

    `mode` is the weaker of route, rule and cap, so ENFORCE here means enforced. `status` None: the check's own.
    `on` names the location it is about, None for every image. `excepted`: observed because of an exception.
    """

    id: str
    require: tuple[Requirement, ...]
    mode: Mode
    fix: Fix | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    status: int | None = None
    message: str | None = None
    why: str | None = None
    on: str | None = None
    exceptions: tuple[Exemption, ...] = ()
    excepted: bool = False

    @property
    def station(self) -> Station:
        """The first station at which all of its checks can be decided."""
        return max(requirement.check.station_of(requirement.want) for requirement in self.require)

    @property
    def decided(self) -> Station:
        """The station after which nothing that is still to come can make it fail."""
        return max(self.station, *(requirement.check.decided for requirement in self.require))

    @property
    def about_images(self) -> bool:
        """It is examined once for each image."""
        return self.require[0].check.about == "image"


@dataclass(frozen=True, slots=True)
class ImagePlace:
    """Where a route's image is: alternatives (`any:`) of location specs, tried in order, under one name."""

    name: str
    specs: tuple[Any, ...]
    optional: bool = False
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """One `METHOD /path/{name}` of a route: the method, and a pattern over the normalised path's bytes as text."""

    method: str
    path: str
    pattern: Pattern[str]


Ask = tuple[Callable[[Any, Subject], Mismatch | None], Any, str | None]
"""One question of a rule, ready to be asked: what, with what wanted, of images at which place alone."""


@value
class Asked:
    """What the live rules ask up to a station, of the request and of its images, and which of them come after it."""

    of_request: tuple[Ask, ...] = ()
    of_images: tuple[Ask, ...] = ()
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Route:
    """What an operator says about one kind of request: which requests, where their images are, which rules.

    `prepared` fills in what is derived. `needs` is the last station that any live rule (or the finding of images) has
    to see, None without any; `waits` the last that an enforced one has to see. `stations` are the live rules by
    station, in file order. `body_limit` is the most bytes that an enforced rule lets a body have: a body that is longer
    while it comes needs no more waiting. `enforces` and `observes`: something of it is enforced, is only observed.
    `holds`: a body has to be had whole before it goes on, because an enforced rule asks for all of it or its fix may
    have to change it. `follows`: a rule asks about images, or tensors, more than their first bytes tell; `parses`: one
    asks for the document, the form or the text that the body is; `slow` are the requirements that may take long to
    judge; `decodes`: an enforced one wants pixels decoded. `excepted`: all of it is observed because of an exception;
    `may_except`: it or a rule of it has exceptions.
    """

    id: str
    matches: tuple[Match, ...]
    mode: Mode = Mode.OBSERVE
    images: tuple[ImagePlace, ...] = ()
    rules: tuple[Rule, ...] = ()
    silent: bool = False
    answer: Answer = field(default_factory=Answer)
    exceptions: tuple[Exemption, ...] = ()
    refused_when: RefusedWhen | None = None
    cors: Cors | None = None
    repeatable: Repeatable | None = None
    excepted: bool = False
    may_except: bool = False
    needs: Station | None = None
    waits: Station | None = None
    stations: tuple[tuple[Rule, ...], ...] = ((), (), (), ())
    body_limit: int | None = None
    enforces: bool = False
    observes: bool = False
    holds: bool = False
    asked: tuple[Asked, ...] = (Asked(), Asked(), Asked(), Asked())
    follows: bool = False
    parses: bool = False
    slow: tuple[Requirement, ...] = ()
    decodes: bool = False

    def prepared(self, cap: Mode = Mode.ENFORCE) -> "Route":
        """This route with its modes capped and what is derived from its rules filled in."""
        mode = weaker(self.mode, cap)
        rules = tuple(replace(rule, mode=weaker(rule.mode, mode)) for rule in self.rules)
        live = tuple(rule for rule in rules if rule.mode is not Mode.DISABLED)
        enforced = tuple(rule for rule in live if rule.mode is Mode.ENFORCE)
        needs = _needs(self.images, live, mode)
        waits = _needs(self.images if mode is Mode.ENFORCE else (), enforced, mode)
        modes = {rule.mode for rule in live} | ({mode} if self.images else set())
        stations = tuple(tuple(rule for rule in live if rule.station is station) for station in Station)
        return replace(
            self,
            mode=mode,
            rules=rules,
            needs=needs,
            waits=waits,
            stations=stations,
            body_limit=_body_limit(live),
            enforces=Mode.ENFORCE in modes,
            observes=Mode.OBSERVE in modes,
            holds=mode is Mode.ENFORCE and _holds(waits, enforced, self.images),
            may_except=bool(self.exceptions) or any(rule.exceptions for rule in live),
            asked=tuple(_asked(stations, station) for station in Station),
            follows=any(_follows(rule) for rules in stations[Station.WHOLE_BODY :] for rule in rules),
            parses=any(not _follows(rule) for rule in stations[Station.WHOLE_BODY]),
            decodes=any(rule.mode is Mode.ENFORCE for rule in stations[Station.PIXELS]),
            slow=tuple(one for rule in stations[Station.WHOLE_BODY] for one in rule.require if one.check.slow),
        )

    def judging(self, head: RequestHead, now: float) -> "Route":
        """This route as it judges one request: what is excepted for it is observed (`now`: seconds since the epoch)."""
        if not self.may_except:
            return self
        if any(one.covers(head, now) for one in self.exceptions):
            rules = tuple(replace(rule, excepted=rule.mode is Mode.ENFORCE) for rule in self.rules)
            return replace(self, rules=rules, excepted=self.mode is Mode.ENFORCE).prepared(Mode.OBSERVE)
        rules = tuple(_judging(rule, head, now) for rule in self.rules)
        return self if rules == self.rules else replace(self, rules=rules).prepared()


def _asked(stations: tuple[tuple[Rule, ...], ...], upto: Station) -> Asked:
    rules = [rule for some in stations[: upto + 1] for rule in some]
    later = tuple(rule.id for some in stations[upto + 1 :] for rule in some)
    of_request = tuple(ask for rule in rules if not rule.about_images for ask in _asks(rule))
    return Asked(of_request, tuple(ask for rule in rules if rule.about_images for ask in _asks(rule)), later)


def _asks(rule: Rule) -> Iterator[Ask]:
    return ((one.check.examine, one.want, rule.on) for one in rule.require)


def _follows(rule: Rule) -> bool:
    return rule.about_images or any(requirement.check.of_tensors for requirement in rule.require)


def _judging(rule: Rule, head: RequestHead, now: float) -> Rule:
    if rule.mode is Mode.ENFORCE and any(one.covers(head, now) for one in rule.exceptions):
        return replace(rule, mode=Mode.OBSERVE, excepted=True)
    return rule


def _needs(images: tuple[ImagePlace, ...], live: tuple[Rule, ...], mode: Mode) -> Station | None:
    stations = [rule.decided for rule in live]
    if images and mode is not Mode.DISABLED:
        stations.append(Station.FIRST_BYTES)
    return max(stations, default=None)


def _holds(needs: Station | None, rules: tuple[Rule, ...], images: tuple[ImagePlace, ...]) -> bool:
    whole = needs is not None and needs >= Station.WHOLE_BODY
    return whole or any(rule.fix for rule in rules) or any(place.fix for place in images)


def _body_limit(live: tuple[Rule, ...]) -> int | None:
    limits = [
        int(requirement.want.max)
        for rule in live
        for requirement in rule.require
        if rule.mode is Mode.ENFORCE and requirement.check.name == "body_size"
        if isinstance(requirement.want, Bounds) and requirement.want.max is not None
    ]
    return min(limits, default=None)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All routes, in order of matching, with the hash of the content they were read from."""

    routes: tuple[Route, ...] = ()
    hash: str = ""
    _by_method: dict[str, tuple[Pattern[str], tuple[Route, ...]]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_method", _by_method(self.routes))

    def route(self, method: str, path: str) -> Route | None:
        """The first route that matches a normalised path (design section 3), or None."""
        if method not in self._by_method:
            return None
        pattern, routes = self._by_method[method]
        found = pattern.fullmatch(path)
        return routes[found.lastindex - 1] if found is not None and found.lastindex else None


def _by_method(routes: tuple[Route, ...]) -> dict[str, tuple[Pattern[str], tuple[Route, ...]]]:
    """For each method one pattern, with a group for each match in order, and the routes that the groups stand for."""
    matches: dict[str, list[tuple[str, Route]]] = {}
    for route in routes:
        for match in route.matches:
            matches.setdefault(match.method, []).append((match.pattern.pattern, route))
    return {
        method: (re.compile("|".join(f"({pattern})" for pattern, _ in some)), tuple(route for _, route in some))
        for method, some in matches.items()
    }
