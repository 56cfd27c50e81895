"""The admin port's application: pages, API, metrics and health behind one guard."""

from urllib.parse import urlsplit

from aiohttp import web

from why400.admin.api import PREFIX, Api, answer
from why400.admin.bodies import Bodies
from why400.admin.front import front
from why400.admin.guard import Guard
from why400.admin.pages import Pages
from why400.admin.parts import Parts
from why400.admin.probes import Probes
from why400.admin.proofs import Proofs


def make_admin(parts: Parts) -> web.Application:
    """The application of the admin port, to be served with access logs off (an address may hold a token)."""
    pages = Pages(parts)

    def complain(request: web.Request, status: int, sentence: str) -> web.Response:
        made = (
            answer({"error": sentence}, status)
            if request.path.startswith(PREFIX)
            else pages.complaint(status, sentence)
        )
        if status == 401:
            made.headers["WWW-Authenticate"] = 'Bearer realm="why400"'
        return made

    guard = Guard(parts.token, parts.loopback, urlsplit(parts.public_url or "").netloc)
    app = web.Application(middlewares=[front(guard, complain, pages.style_source, parts.public_url)])
    for room in (pages, Bodies(parts, pages.render), Proofs(parts, guard, pages.render), Api(parts), Probes(parts)):
        app.add_routes(room.routes())
    return app
