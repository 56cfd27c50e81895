"""The pages: what was refused lately and why, one record's story, the causes, the rules. Readable without a script."""

import asyncio
import base64
import hashlib
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

from why400.admin.asked import Asked, read_query
from why400.admin.parts import Parts
from why400.causes.cause import Cause
from why400.diagnose.explain import fill, narrative

_TEMPLATES = Path(__file__).parent / "templates"
_LATEST = 15
_WORDINGS = 100
_TEMPLATED = ("what", "see", "remedy", "curl", "python", "javascript")
_REFUSALS = ("rejected", "refused", "failed")


class Pages:
    """One handler a page. Values reach the page only through templates, which escape all of them."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._base = urlsplit(parts.public_url or "").path.rstrip("/")
        self._style = (_TEMPLATES / "style.css").read_text("utf-8")

    @cached_property
    def _templates(self) -> Any:
        """The templates, loaded when the first page is asked for: most proxies run without anybody looking."""
        return import_module("why400.admin.templating").environment(_TEMPLATES, self._base, self._style)

    @property
    def style_source(self) -> str:
        """The style sheet as a source of a Content-Security-Policy."""
        return f"'sha256-{base64.b64encode(hashlib.sha256(self._style.encode()).digest()).decode()}'"

    def routes(self) -> list[web.RouteDef]:
        """All pages."""
        return [
            web.get("/", self.overview),
            web.get("/records", self.records),
            web.get("/records/{id}", self.record),
            web.get("/causes", self.causes),
            web.get("/causes/{code}", self.cause),
            web.get("/wordings", self.wordings),
            web.get("/rules", self.rules),
        ]

    async def overview(self, request: web.Request) -> web.Response:
        """What was refused lately and why."""
        asked = read_query(request.query, self._parts.clock(), period="24h", limit=_LATEST)
        counts = await asyncio.to_thread(self._parts.records.counts, asked.since or 0.0)
        latest = await asyncio.to_thread(lambda: self._parts.records.select(**asked.selection()))
        refused = sum(counts["outcomes"].get(outcome, 0) for outcome in _REFUSALS)
        bars = [line for line in counts["causes"] if line["count"]]
        most = max((line["count"] for line in bars), default=1)
        return self.render("overview", asked=asked, counts=counts, latest=latest, refused=refused, bars=bars, most=most)

    async def records(self, request: web.Request) -> web.Response:
        """Past records, by cause, route, outcome and time."""
        asked = read_query(request.query, self._parts.clock())
        found = await asyncio.to_thread(lambda: self._parts.records.select(**asked.selection()))
        counts = await asyncio.to_thread(self._parts.records.counts, 0.0)
        older = asked.query(before=found[-1]["id"]) if len(found) == asked.limit else None
        return self.render("records", asked=asked, latest=found, counts=counts, older=older)

    async def record(self, request: web.Request) -> web.Response:
        """One record's whole story."""
        record = await asyncio.to_thread(self._parts.records.get, request.match_info["id"])
        if record is None:
            raise web.HTTPNotFound
        story, prover = narrative(record, self._parts.catalogue), self._parts.prover
        hindrance = prover.hindrance(record) if prover else ""
        return self.render("record", record=record, story=story, known=self._parts.catalogue, hindrance=hindrance)

    async def causes(self, request: web.Request) -> web.Response:
        """The whole catalogue."""
        families: dict[str, list[Cause]] = {}
        for cause in self._parts.catalogue:
            families.setdefault(cause.family, []).append(cause)
        return self.render("causes", families=families, worded=self._parts.wordings is not None)

    async def cause(self, request: web.Request) -> web.Response:
        """One cause: what happens, how to see it, what to do, and what it is mistaken for."""
        cause = self._parts.catalogue.get(request.match_info["code"])
        if cause is None:
            raise web.HTTPNotFound
        return self.render("cause", cause=cause, filled={name: fill({}, getattr(cause, name)) for name in _TEMPLATED})

    async def wordings(self, request: web.Request) -> web.Response:
        """Replies in words that no fingerprint knows, the most frequent first."""
        if self._parts.wordings is None:
            raise web.HTTPNotFound
        found = await self._parts.wordings(read_query(request.query, self._parts.clock()).period)
        return self.render("wordings", found=found[:_WORDINGS], more=max(0, len(found) - _WORDINGS))

    async def rules(self, request: web.Request) -> web.Response:
        """The rules in force."""
        if self._parts.rules is None:
            raise web.HTTPNotFound
        return self.render("rules", text=self._parts.rules(), problems=self._parts.rules_problems())

    def complaint(self, status: int, sentence: str) -> web.Response:
        """An answer that is no page."""
        return self.render("complaint", status=status, sentence=sentence, notes=())

    def render(self, name: str, status: int = 200, **values: Any) -> web.Response:
        """A page: the template of that name, and what is on it."""
        shared = {"notes": self._parts.notes(), "here": name, "now": self._parts.clock(), "asked": Asked()}
        given = {
            **shared,
            "serving": self._parts.rules is not None,
            "proving": self._parts.prover is not None,
            **values,
        }
        text = self._templates.get_template(f"{name}.html").render(status=status, **given)
        return web.Response(text=text, status=status, content_type="text/html")
