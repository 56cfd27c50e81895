"""Rules as inline tests judge them: by what is written, whatever caps hold in service."""

from collections.abc import Iterable
from dataclasses import replace

from why400.exchange import Mode
from why400.rules.model import Route, RuleSet


def as_tested(written: Iterable[Route], mode: Mode | None) -> RuleSet:
    """The routes as written with `mode` for a route's own; None enforces every rule, switched off or not.

    So a kill switch, or a rule that is turned off at night, fails no test.
    """
    return RuleSet(
        tuple(_enforced(route) if mode is None else replace(route, mode=mode).prepared() for route in written)
    )


def _enforced(route: Route) -> Route:
    rules = tuple(replace(rule, mode=Mode.ENFORCE) for rule in route.rules)
    return replace(route, mode=Mode.ENFORCE, rules=rules).prepared()
