"""The same as JSON, for scripts: `/api/records`, `/api/records/{id}`, `/api/causes`, `/api/overview`, and more."""

import asyncio
from dataclasses import asdict
from typing import Any

import orjson
from aiohttp import web

from why400.admin.asked import read_query
from why400.admin.parts import Parts

PREFIX = "/api/"


class Api:
    """One handler an address. Errors are `{"error": sentence}` with the status that fits."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def routes(self) -> list[web.RouteDef]:
        """All addresses."""
        return [
            web.get("/api/records", self.records),
            web.get("/api/records/{id}", self.record),
            web.get("/api/causes", self.causes),
            web.get("/api/overview", self.overview),
            web.get("/api/wordings", self.wordings),
        ]

    async def records(self, request: web.Request) -> web.Response:
        """`{"records": […]}`, newest first, by the same query as the page."""
        asked = read_query(request.query, self._parts.clock())
        found = await asyncio.to_thread(lambda: self._parts.records.select(**asked.selection()))
        return answer({"records": found})

    async def record(self, request: web.Request) -> web.Response:
        """One record."""
        record = await asyncio.to_thread(self._parts.records.get, request.match_info["id"])
        if record is None:
            raise web.HTTPNotFound
        return answer(record)

    async def causes(self, request: web.Request) -> web.Response:
        """`{"causes": […]}`, the catalogue in reading order."""
        return answer({"causes": [asdict(cause) for cause in self._parts.catalogue]})

    async def overview(self, request: web.Request) -> web.Response:
        """Counts by outcome, route and cause over `since` (24 hours, unless it says another), and the health."""
        asked = read_query(request.query, self._parts.clock(), period="24h")
        counts = await asyncio.to_thread(self._parts.records.counts, asked.since or 0.0)
        health = self._parts.health()
        return answer({"since": asked.period, **counts, "ready": health.ready, "detail": dict(health.detail)})

    async def wordings(self, request: web.Request) -> web.Response:
        """`{"wordings": […]}`: replies in words that no fingerprint knows, the most frequent first."""
        if self._parts.wordings is None:
            raise web.HTTPNotFound
        asked = read_query(request.query, self._parts.clock())
        return answer({"wordings": await self._parts.wordings(asked.period)})


def answer(value: Any, status: int = 200) -> web.Response:
    """JSON in UTF-8."""
    return web.Response(body=orjson.dumps(value), status=status, content_type="application/json")
