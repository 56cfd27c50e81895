"""What stands before every answer of the admin port: the guard, errors in words, and fields that disarm browsers."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from why400.admin.asked import BadQuery
from why400.admin.guard import OPEN, Guard

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Complain = Callable[[web.Request, int, str], web.Response]
"""Makes the answer for a status and a sentence: a page for people, JSON under `/api`."""

_LOG = logging.getLogger(__name__)
_COOKIE_SECONDS = 30 * 86400
_POLICY = (
    "default-src 'none'; style-src {style}; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def safety_fields(style: str) -> Mapping[str, str]:
    """Fields of every answer; `style` is the CSP source of the one style sheet."""
    return {
        "Content-Security-Policy": _POLICY.format(style=style),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": "no-store",
    }


def front(
    guard: Guard, complain: Complain, style: str, public_url: str | None
) -> Callable[..., Awaitable[web.StreamResponse]]:
    """The one middleware: denied, welcomed with a cookie, or handled; whatever comes out is made safe."""
    fields = safety_fields(style)
    home = urlsplit(public_url or "")

    @web.middleware
    async def answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        made = await _answer(request, handler)
        for name, value in fields.items():
            made.headers.setdefault(name, value)
        return made

    async def _answer(request: web.Request, handler: Handler) -> web.StreamResponse:
        denied = guard.denies(request)
        if denied:
            return complain(request, denied.status, denied.why)
        if "token" in request.query and request.path not in OPEN:
            return _welcome(request, guard, home.path.rstrip("/"), secure=home.scheme == "https")
        try:
            return await handler(request)
        except BadQuery as error:
            return complain(request, 400, str(error))
        except web.HTTPException as error:
            return complain(request, error.status, _words(error))
        except Exception:
            _LOG.exception("the admin port could not answer %s", request.path)
            return complain(request, 500, "This could not be read. The log of `why400 serve` says why.")

    return answer


def _welcome(request: web.Request, guard: Guard, base: str, *, secure: bool) -> web.Response:
    """A token in the address becomes a cookie, and leaves the address before anybody reads it there."""
    query = urlencode([(name, value) for name, value in request.query.items() if name != "token"])
    path = "/" + request.rel_url.raw_path.lstrip("/")
    made = web.Response(status=303, headers={"Location": f"{base}{path}{'?' + query if query else ''}"})
    name, value = guard.cookie
    made.set_cookie(name, value, max_age=_COOKIE_SECONDS, httponly=True, samesite="Strict", secure=secure)
    return made


def _words(error: web.HTTPException) -> str:
    if error.status == 404:
        return "There is nothing here. It may have been removed by retention, or never been."
    if error.status == 405:
        return f"This address takes {' or '.join(sorted(error.headers.get('Allow', 'GET').split(',')))}."
    return error.reason
