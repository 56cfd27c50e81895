"""What the rules of a route ask for, as the looks of the analysis go through it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from why400.locations.json_path import JsonAt
from why400.locations.part import Part
from why400.locations.tensor import TensorAt
from why400.locations.whole import Whole
from why400.rules.draft import RouteDraft, RuleDraft
from why400.shapes.shape import Position

Kind = Literal["body", "form", "json", "tensor"]
KINDS: dict[type, Kind] = {Whole: "body", Part: "form", JsonAt: "json", TensorAt: "tensor"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One check of a rule, with what is asked of it."""

    draft: RuleDraft
    check: str
    want: Any
    shape: Any

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.draft.rule.id

    @property
    def at(self) -> Position:
        """Where the check stands in the file."""
        return self.draft.require[self.check]

    @property
    def fix(self) -> str:
        """The name of the rule's fix, or nothing."""
        return self.draft.rule.fix.name if self.draft.rule.fix else ""


def asked_of(route: RouteDraft, *checks: str) -> list[Asked]:
    """All that a route's rules ask, or what they ask of these checks, in file order."""
    return [
        Asked(draft, one.check.name, one.want, one.check.shape)
        for draft in route.rules
        for one in draft.rule.require
        if not checks or one.check.name in checks
    ]


MOST_COMPARED = 50
"""How many rules that ask the same check one is compared with: nobody means more, and a hostile file may have 2,000."""


def with_those_above(route: RouteDraft) -> Iterator[tuple[Asked, list[Asked]]]:
    """All that is asked, each with what rules above it ask of the same check."""
    above: dict[str, list[Asked]] = {}
    for one in asked_of(route):
        others = above.setdefault(one.check, [])
        yield one, others[-MOST_COMPARED:]
        others.append(one)


def same_images(one: Asked, other: Asked) -> bool:
    """There may be an image that both rules are about."""
    first, second = one.draft.rule.on, other.draft.rule.on
    return first is None or second is None or first == second


def kind_of(route: RouteDraft) -> Kind | None:
    """The one kind of body that this route takes: None where images are optional, or can stand in several kinds."""
    if any(place.optional for place in route.route.images):
        return None
    kinds = {KINDS.get(type(spec)) for place in route.route.images for spec in place.specs}
    return next(iter(kinds)) if len(kinds) == 1 else None
