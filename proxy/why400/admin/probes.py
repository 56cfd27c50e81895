"""What machines ask for: `/metrics` `/livez` `/readyz`, open to all."""

from aiohttp import web

from why400.admin.api import answer
from why400.admin.parts import Parts


class Probes:
    """Health and numbers. None of them asks the store, so that a slow disk is not taken for a dead proxy."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[web.RouteDef]:
        """All addresses."""
        return [web.get("/metrics", self.metrics), web.get("/livez", self.livez), web.get("/readyz", self.readyz)]

    async def metrics(self, request: web.Request) -> web.Response:
        """Prometheus' text format."""
        if self._parts.metrics is None:
            raise web.HTTPNotFound
        scrape = await self._parts.metrics()
        return web.Response(body=scrape.text, headers={"Content-Type": scrape.content_type})

    async def livez(self, request: web.Request) -> web.Response:
        """The loop turns."""
        return web.Response(text="ok\n")

    async def readyz(self, request: web.Request) -> web.Response:
        """200 once it is listening, has its rules, and has reached the upstream; else 503. The detail says which."""
        health = self._parts.health()
        return answer({"ready": health.ready, **health.detail}, 200 if health.ready else 503)
