import pytest

from rules.kit import loaded
from why400.rules.match import BadMatch, compile_match, covers
from why400.rules.model import Match

MATCHES = {
    "literal": ("POST /predict", "/predict", True),
    "longer": ("POST /predict", "/predict/x", False),
    "trailing slash": ("POST /predict", "/predict/", False),
    "one segment": ("POST /v1/{model}", "/v1/digits", True),
    "not two segments": ("POST /v1/{model}", "/v1/digits/1", False),
    "not an empty segment": ("POST /v1/{model}", "/v1/", False),
    "with a tail": ("POST /v1/models/{name}:predict", "/v1/models/digits:predict", True),
    "another tail": ("POST /v1/models/{name}:predict", "/v1/models/digits:explain", False),
    "dot is a dot": ("POST /a.b", "/axb", False),
    "two captures": ("POST /{a}/x/{b}", "/1/x/2", True),
}


@pytest.mark.parametrize(("text", "path", "matches"), MATCHES.values(), ids=MATCHES)
def test_matches(text: str, path: str, matches: bool) -> None:
    match = compile_match(text)
    assert isinstance(match, Match)
    assert bool(match.pattern.fullmatch(path)) is matches


COVERS = [
    ("/a", "/a", True),
    ("/a", "/b", False),
    ("/{x}", "/a", True),
    ("/a", "/{x}", False),
    ("/{x}", "/{y}", True),
    ("/{x}", "/{y}:predict", True),
    ("/{x}:predict", "/{y}", False),
    ("/{x}:predict", "/a:predict", True),
    ("/{x}:predict", "/:predict", False),
    ("/{x}", "/a/b", False),
    ("/v{x}", "/v1{y}", True),
]


@pytest.mark.parametrize(("wide", "narrow", "yes"), COVERS)
def test_covers(wide: str, narrow: str, yes: bool) -> None:
    assert covers(wide, narrow) is yes


def test_a_bad_match_points_into_its_text() -> None:
    bad = compile_match("POST /a b")
    assert isinstance(bad, BadMatch)
    assert (bad.offset, bad.length) == (7, 1)


def routed(method: str, path: str, lines: str) -> str | None:
    ruleset = loaded(lines).ruleset
    assert ruleset is not None
    route = ruleset.route(method, path)
    return route.id if route else None


BOTH = "why400: 1\nroutes:\n  first: { match: POST /a }\n  second: { match: 'POST /{x}' }\n"
ROUTES = {
    "first match wins": ("POST", "/a", "first"),
    "then the next": ("POST", "/b", "second"),
    "another method": ("GET", "/a", None),
    "none": ("POST", "/a/b", None),
    "health": ("GET", "/healthz", "health"),
    "health by HEAD": ("HEAD", "/ping", "health"),
    "v2 health": ("GET", "/v2/health/ready", "health"),
    "health is not POST": ("POST", "/v2/health/ready", None),
}


@pytest.mark.parametrize(("method", "path", "route"), ROUTES.values(), ids=ROUTES)
def test_routes(method: str, path: str, route: str | None) -> None:
    assert routed(method, path, BOTH) == route


def test_a_file_replaces_the_built_in_route() -> None:
    lines = "why400: 1\nroutes:\n  health: { match: GET /alive }\n"
    assert routed("GET", "/alive", lines) == "health"
    assert routed("GET", "/healthz", lines) is None
