"""The rules as the traffic sees them: frozen, picklable, resolved. Nothing here knows YAML."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from re import Pattern
from typing import Any

from why400.checks.check import Check
from why400.exchange import Mode, Station
from why400.fixes.fix import Fix


@dataclass(frozen=True, slots=True)
class Requirement:
    """One check with what is asked of it."""

    check: Check
    want: Any


@dataclass(frozen=True, slots=True)
class Rule:
    """An id, one check (two for `width` and `height`), perhaps a fix, what to say.

    `mode` is the weaker of route, rule and cap, so ENFORCE here means enforced. `status` None: the check's own.
    `on` names the location it is about, None for every image.
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

    @property
    def station(self) -> Station:
        """The first station at which all of its checks can be decided."""
        return max(requirement.check.station for requirement in self.require)


@dataclass(frozen=True, slots=True)
class ImagePlace:
    """Where a route's image is: alternatives (`any:`) of location specs, tried in order, under one name."""

    name: str
    specs: tuple[Any, ...]
    optional: bool = False
    fix: Fix | None = None
    example: Any = None


@dataclass(frozen=True, slots=True)
class Match:
    """One `METHOD /path/{name}` of a route: the method, and a pattern over the normalised path's bytes as text."""

    method: str
    path: str
    pattern: Pattern[str]


@dataclass(frozen=True, slots=True)
class Route:
    """What an operator says about one kind of request: which requests, where their images are, which rules.

    `mode` is capped already. `needs` is the last station that any live rule has to see, None without live rules.
    """

    id: str
    matches: tuple[Match, ...]
    mode: Mode = Mode.OBSERVE
    images: tuple[ImagePlace, ...] = ()
    rules: tuple[Rule, ...] = ()
    needs: Station | None = None
    silent: bool = False
    answer: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleSet:
    """All routes, in order of matching, with the hash of the content they were read from."""

    routes: tuple[Route, ...] = ()
    hash: str = ""

    def route(self, method: str, path: str) -> Route | None:
        """The first route that matches a normalised path (design section 3), or None."""
        for route in self.routes:
            for match in route.matches:
                if match.method == method and match.pattern.fullmatch(path):
                    return route
        return None
