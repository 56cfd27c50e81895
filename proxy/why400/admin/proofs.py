"""Proving a record from the page: what would be sent, the button that sends it, and what came of it.

The one thing on this port that acts. A request for it has to come from the page itself: by the token of its form, which
no other site can read, or by the admin token in a field, which no browser sends for another site.
"""

import asyncio
import hashlib
import hmac
import secrets
from typing import Any
from urllib.parse import quote, urlsplit

from aiohttp import web

from why400.admin.api import answer
from why400.admin.bodies import Render
from why400.admin.guard import Guard
from why400.admin.parts import Parts, Prover, Proving, Record
from why400.content.printable import printable


class Proofs:
    """A page and an API for each record's proof."""

    def __init__(self, parts: Parts, guard: Guard, render: Render) -> None:
        self._parts, self._guard, self._render = parts, guard, render
        self._secret = secrets.token_bytes(32)
        self._base = urlsplit(parts.public_url or "").path.rstrip("/")

    def routes(self) -> list[web.RouteDef]:
        """All addresses."""
        return [
            web.get("/records/{id}/proof", self.page),
            web.post("/records/{id}/proof", self.begin),
            web.get("/api/records/{id}/proof", self.told),
            web.post("/api/records/{id}/proof", self.begin_by_script),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """What would be sent; or, once it is begun, how far it is; or what came of it."""
        record, prover = await self._record(request)
        run = prover.run(record["id"])
        hindrance = prover.hindrance(record) if run is None else ""
        plan = {"error": hindrance} if hindrance else await prover.plan(record["id"]) if run is None else {}
        return self._render("proof", record=record, run=run, plan=plan, form=self._form_token(record["id"]))

    async def begin(self, request: web.Request) -> web.StreamResponse:
        """Begin, asked by the page's own form; the page then shows how far it is."""
        given = (await request.post()).get("form")
        record, prover = await self._record(request)
        if not isinstance(given, str) or not _same(given, self._form_token(record["id"])):
            raise web.HTTPForbidden(reason="This form is not of this page as it runs now. Open the record again.")
        self._begin(request, record, prover)
        return web.Response(status=303, headers={"Location": f"{self._base}/records/{quote(record['id'])}/proof"})

    async def told(self, request: web.Request) -> web.Response:
        """The same as JSON: `{run}` once it is begun, else `{plan}`."""
        record, prover = await self._record(request)
        run = prover.run(record["id"])
        return answer({"run": _as_json(run)} if run else {"plan": await prover.plan(record["id"])})

    async def begin_by_script(self, request: web.Request) -> web.Response:
        """Begin, asked by a script that shows the admin token: 202, and `{run}`."""
        if not self._guard.shows_token(request):
            raise web.HTTPForbidden(reason="Show the admin token: Authorization: Bearer …")
        record, prover = await self._record(request)
        self._begin(request, record, prover)
        return answer({"run": _as_json(prover.run(record["id"]))}, 202)

    def _begin(self, request: web.Request, record: Record, prover: Prover) -> None:
        why = prover.hindrance(record)
        if why:
            raise web.HTTPConflict(reason=f"This cannot be proven: {why}.")
        if not prover.start(record["id"]):
            raise web.HTTPConflict(reason="Another proof is being made; one goes at a time.")
        self._parts.audit(f"audit: {printable(request.remote or 'unknown', 64)} had {record['id']} proven")

    async def _record(self, request: web.Request) -> tuple[Record, Prover]:
        record = await asyncio.to_thread(self._parts.records.get, request.match_info["id"])
        if record is None or self._parts.prover is None:
            raise web.HTTPNotFound
        return record, self._parts.prover

    def _form_token(self, id: str) -> str:
        """What the form of a record's page holds: good as long as this process runs, for this record alone."""
        return hmac.new(self._secret, id.encode(), hashlib.sha256).hexdigest()


def _as_json(run: Proving | None) -> dict[str, Any] | None:
    if run is None:
        return None
    steps = [{"request": words, "status": status} for words, status in run.steps]
    return {"id": run.id, "done": run.done, "steps": steps, "told": run.told, "error": run.error or None}


def _same(shown: str, wanted: str) -> bool:
    return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), wanted.encode())
