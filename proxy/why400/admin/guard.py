"""Who may see the page: the token, the names of this machine, and no other site's scripts. Decisions only."""

import hashlib
import hmac
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from aiohttp import web

OPEN = frozenset({"/metrics", "/livez", "/readyz"})
"""Paths that anyone may ask for: they hold nothing of anybody's request."""

_HOW = "`why400 link` prints the address that opens this page."


@dataclass(frozen=True, slots=True)
class Denied:
    """Why a request is not answered."""

    status: int
    why: str


@dataclass(frozen=True, slots=True)
class Guard:
    """`token` opens everything under any name; without one shown only `loopback` names are served, if they are.

    `home` is host and port of the page as people reach it through a proxy of theirs, empty where there is none.
    """

    token: str | None
    loopback: bool
    home: str = ""

    def denies(self, request: web.Request) -> Denied | None:
        """Why this request is not answered, or None."""
        if request.path in OPEN:
            return None
        if is_cross_site(request, self.home):
            return Denied(403, "Another site asked for this page. Open it in a tab of its own.")
        if self._knows(request):
            return None
        if not self.loopback or "token" in request.query or "Authorization" in request.headers:
            return Denied(401, f"This page needs its token. {_HOW}")
        if not is_loopback_name(request.host):
            return Denied(403, f"Without a token this page answers to names of this machine only. {_HOW}")
        return None

    @property
    def cookie(self) -> tuple[str, str]:
        """Name and value of the cookie that stands for the token. Cookies are shared by all ports of a machine, so the
        name is this installation's own; the value opens nothing but pages.
        """
        return f"why400-{self._derived(b'name')[:8]}", self._derived(b"cookie")

    def _knows(self, request: web.Request) -> bool:
        if not self.token:
            return False
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        shown = bearer.strip() if scheme.lower() == "bearer" else request.query.get("token", "")
        name, value = self.cookie
        return _same(shown, self.token) or _same(request.cookies.get(name, ""), value)

    def _derived(self, use: bytes) -> str:
        return hmac.new((self.token or "").encode(), use, hashlib.sha256).hexdigest()

    def shows_token(self, request: web.Request) -> bool:
        """The token itself is in a field: no browser sends that for another site."""
        scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
        return bool(self.token) and scheme.lower() == "bearer" and _same(bearer.strip(), self.token or "")


def is_cross_site(request: web.Request, home: str = "") -> bool:
    """Another site's page asks for this, other than by a link that is followed (Origin, and Fetch Metadata)."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc.lower() not in (request.host.lower(), home.lower() or None):
        return True
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        return False
    if request.method not in ("GET", "HEAD"):
        return True
    return (request.headers.get("Sec-Fetch-Mode"), request.headers.get("Sec-Fetch-Dest")) != ("navigate", "document")


def is_loopback_name(host: str) -> bool:
    """`localhost`, an address in 127.0.0.0/8, or `[::1]`, with or without a port. Other names can be anybody's."""
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    if name.lower().rstrip(".") == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def _same(shown: str, wanted: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), wanted.encode())
