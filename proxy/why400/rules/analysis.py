"""What each rule says may be right and all of them together wrong: routes out of reach, rules that contradict."""

from collections.abc import Callable, Iterator, Sequence

from why400.rules import contradictions, idle_rules, vain_fixes
from why400.rules.draft import InlineTest, RouteDraft
from why400.rules.match import covers
from why400.rules.model import Match
from why400.rules.path import normalise_path
from why400.shapes.shape import Problem
from why400.shapes.suggest import did_you_mean, listed

_PRESETS = "presets"


def analyse(routes: Sequence[RouteDraft]) -> list[Problem]:
    """All problems between rules and routes that can each be read. Called only where nothing else is wrong."""
    problems = [*_unreachable(routes)] or [*_tests_elsewhere(routes)]
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
    if route.at.file != owner.at.file and f"/{_PRESETS}/" in f"/{route.at.file}":
        return f"write {route.route.id}: false in your file, or narrow {owner.route.id}"
    same = match.path == earlier.path or route is owner
    return "remove one of the two" if same else f"move {route.route.id} above {owner.route.id}"


def _tests_elsewhere(routes: Sequence[RouteDraft]) -> Iterator[Problem]:
    """E320: the request of a test goes to another route, or to none."""
    for route in routes:
        for test in route.tests:
            owner = _taken_by(routes, test)
            if owner is not None and owner != route.route.id:
                where = f"to the route {owner}" if owner else "to no route"
                suggestion = "write a match of this route, or leave match: out"
                yield Problem("E320", f"what this test sends goes {where}, not to {test.route}", test.at, suggestion)


def _taken_by(routes: Sequence[RouteDraft], test: InlineTest) -> str | None:
    """The route that takes a test's own `match:`, empty for none; None where it says none."""
    if "match" not in test.send:
        return None
    method, target = test.send["match"].split(" ", 1)
    path = normalise_path(target.encode())
    taking = (
        route.route.id
        for route in routes
        for match in route.route.matches
        if match.method == method and match.pattern.fullmatch(path)
    )
    return next(taking, "")


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


_LOOKS: tuple[Callable[[RouteDraft], Iterator[Problem]], ...] = (
    _unknown_places,
    *contradictions.LOOKS,
    *vain_fixes.LOOKS,
    *idle_rules.LOOKS,
)
