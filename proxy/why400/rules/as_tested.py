"""Rules as inline tests judge them: by what is written, whatever caps hold in service."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from why400.exchange import Mode
from why400.rules.clauses import Exemption
from why400.rules.model import Route, RuleSet


def as_tested(written: Iterable[Route], mode: Mode | None) -> RuleSet:
    """The routes as written with `mode` for a route's own; None enforces every rule, switched off or not.

    So a kill switch, or a rule that is turned off at night, fails no test; nor does a day that comes: exceptions hold.
    """
    timeless = tuple(map(_timeless, written))
    if mode is None:
        return RuleSet(tuple(map(_enforced, timeless)))
    return RuleSet(tuple(replace(route, mode=mode).prepared() for route in timeless))


def _timeless(route: Route) -> Route:
    rules = tuple(replace(rule, exceptions=_endless(rule.exceptions)) for rule in route.rules)
    return replace(route, rules=rules, exceptions=_endless(route.exceptions))


def _endless(exceptions: tuple[Exemption, ...]) -> tuple[Exemption, ...]:
    return tuple(replace(one, until=date.max) for one in exceptions)


def _enforced(route: Route) -> Route:
    rules = tuple(replace(rule, mode=Mode.ENFORCE) for rule in route.rules)
    return replace(route, mode=Mode.ENFORCE, rules=rules).prepared()
