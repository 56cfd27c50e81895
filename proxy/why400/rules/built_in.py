"""The route that is always there, last: what load balancers and scrapers ask for is not an exchange worth a record."""

from why400.exchange import Mode
from why400.rules.match import compile_match
from why400.rules.model import Match, Route

HEALTH_PATHS = (
    "/ping",
    "/health",
    "/healthz",
    "/livez",
    "/readyz",
    "/v2/health/{probe}",
    "/metrics",
    "/favicon.ico",
)


def health() -> Route:
    """The route `health`: forwards and counts, records nothing. A file's own route of that id takes its place."""
    compiled = [compile_match(f"{method} {path}") for path in HEALTH_PATHS for method in ("GET", "HEAD")]
    matches = tuple(match for match in compiled if isinstance(match, Match))
    return Route("health", matches, Mode.DISABLED, silent=True)
