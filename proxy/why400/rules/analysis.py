"""What each rule says may be right and all of them together wrong: routes out of reach, rules that contradict."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

from why400.locations.whole import Whole
from why400.rules.draft import RouteDraft, RuleDraft
from why400.rules.match import covers
from why400.rules.model import Match, Requirement
from why400.shapes.bounds import Bounds
from why400.shapes.choice import Choice
from why400.shapes.many import OneOrMany
from why400.shapes.shape import Problem
from why400.shapes.suggest import did_you_mean, listed

# What a format cannot hold, by the check whose wish it defeats (JPEG: ITU-T T.81 as everybody writes it; GIF89a).
_CANNOT_HOLD: dict[str, dict[str, tuple[Any, ...]]] = {
    "jpeg": {"color": ("rgba", "gray-alpha", "palette"), "bit_depth": (1, 2, 4, 10, 12, 16, 32)},
    "webp": {"color": ("gray", "gray-alpha", "palette", "cmyk"), "bit_depth": (1, 2, 4, 10, 12, 16, 32)},
    "png": {"color": ("cmyk",), "bit_depth": (10, 12, 32)},
    "gif": {"color": ("rgb", "rgba", "cmyk"), "bit_depth": (10, 12, 16, 32)},
}


def analyse(routes: Sequence[RouteDraft]) -> list[Problem]:
    """All problems between rules and routes that can each be read. Called only where nothing else is wrong."""
    problems = list(_unreachable(routes))
    for route in routes:
        for look in _LOOKS:
            problems += look(route)
    return problems


def _unreachable(routes: Sequence[RouteDraft]) -> Iterator[Problem]:
    """E308: every request that a match takes is taken by one before it."""
    before: list[tuple[Match, RouteDraft]] = []
    for route in routes:
        for match, at in zip(route.route.matches, route.matches_at, strict=True):
            for earlier, owner in before:
                if earlier.method == match.method and covers(earlier.path, match.path):
                    message = f"never reached: {owner.route.id} takes {earlier.method} {earlier.path} before"
                    yield Problem("E308", message, at, _move(route, owner, match, earlier))
                    break
            before.append((match, route))


def _move(route: RouteDraft, owner: RouteDraft, match: Match, earlier: Match) -> str:
    same = match.path == earlier.path or route is owner
    return "remove one of the two" if same else f"move {route.route.id} above {owner.route.id}"


def _unknown_places(route: RouteDraft) -> Iterator[Problem]:
    """E310: `on:` names no location of the route, or the rule is not about images."""
    names = [place.name for place in route.route.images]
    for draft in route.rules:
        if draft.rule.on is None:
            continue
        if not draft.rule.about_images:
            yield Problem("E310", "this rule is about the request, not about an image", draft.keys["on"], "remove on:")
        elif draft.rule.on not in names:
            message = f'no image of this route is named "{draft.rule.on}"'
            suggestion = did_you_mean(draft.rule.on, names) or f"there are {listed(names)}"
            yield Problem("E310", message, draft.keys["on"], suggestion)


def _contradictions(route: RouteDraft) -> Iterator[Problem]:
    """E314: two rules ask one check for things that cannot both hold."""
    for (first, one), (second, other) in combinations(_requirements(route), 2):
        if one.check.name == other.check.name and _same_images(first, second) and not _meet(one.want, other.want):
            message = f'"{second.rule.id}" and "{first.rule.id}" cannot both hold: no {one.check.name} is in both'
            yield Problem("E314", message, second.require[one.check.name], "change one, or give each on: a location")


def _requirements(route: RouteDraft) -> list[tuple[RuleDraft, Requirement]]:
    return [(draft, requirement) for draft in route.rules for requirement in draft.rule.require]


def _same_images(one: RuleDraft, other: RuleDraft) -> bool:
    return one.rule.on is None or other.rule.on is None or one.rule.on == other.rule.on


def _meet(one: Any, other: Any) -> bool:
    """Something can be what both ask for (where that cannot be told, it can)."""
    if isinstance(one, Bounds) and isinstance(other, Bounds):
        low = max(one.min or 0, other.min or 0)
        return all(end is None or low <= end for end in (one.max, other.max))
    if isinstance(one, tuple) and isinstance(other, tuple):
        return bool(set(one) & set(other)) or any("*" in str(word) for word in (*one, *other))
    return True


def _vain_fixes(route: RouteDraft) -> Iterator[Problem]:
    """E315: a fix makes a format that cannot hold what another rule wants."""
    for draft, made in _requirements(route):
        if made.check.name != "format" or draft.rule.fix is None or draft.rule.fix.name != "convert":
            continue
        cannot = _CANNOT_HOLD.get(made.want[0], {})
        for other, wish in _requirements(route):
            vain = cannot.get(wish.check.name, ())
            if _same_images(draft, other) and vain and all(value in vain for value in wish.want):
                message = f'"{draft.rule.id}" makes {made.want[0]}, which cannot hold what "{other.rule.id}" wants'
                yield Problem("E315", message, draft.keys["fix"], "list another format first, such as png")


def _refused_types(route: RouteDraft) -> Iterator[Problem]:
    """E315: a fix makes a format whose media type the route does not accept, where the body is the image."""
    accepted = [(owner, wish.want) for owner, wish in _requirements(route) if wish.check.name == "content_type"]
    specs = [spec for place in route.route.images for spec in place.specs]
    if not accepted or not all(isinstance(spec, Whole) for spec in specs):
        return
    for draft, made in _requirements(route):
        media_type = f"image/{made.want[0]}" if made.check.name == "format" and draft.rule.fix else None
        owner, types = accepted[0]
        if media_type and not {media_type, "image/*"} & {word.lower() for word in types}:
            message = f'"{draft.rule.id}" makes {media_type}, which this does not accept'
            yield Problem("E315", message, owner.require["content_type"], f"add {media_type} to content_type")


def _never_fails(route: RouteDraft) -> Iterator[Problem]:
    """W401: a check that holds whatever comes."""
    for draft, requirement in _requirements(route):
        if _holds_always(requirement):
            name = requirement.check.name
            at = draft.require[name]
            yield Problem("W401", f"{name} can never fail like this", at, "ask for less, or leave it out", warning=True)


def _holds_always(requirement: Requirement) -> bool:
    want, shape = requirement.want, requirement.check.shape
    if isinstance(want, Bounds):
        return want.max is None and (want.min or 0) <= (1 if requirement.check.name in ("width", "height") else 0)
    if isinstance(shape, OneOrMany) and isinstance(shape.item, Choice):
        return set(want) == set(shape.item.of)
    return False


_LOOKS: tuple[Callable[[RouteDraft], Iterator[Problem]], ...] = (
    _unknown_places,
    _contradictions,
    _vain_fixes,
    _refused_types,
    _never_fails,
)
