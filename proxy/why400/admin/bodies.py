"""A kept body: its first bytes on a page, and all of it as a file. Each look at one is an audit line."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from aiohttp import web

from why400.admin.parts import Parts
from why400.content.printable import printable

FIRST = 256
"""Bytes of a body that its page shows."""

_ROW = 8
_FIELDS = {
    "Content-Type": "application/octet-stream",
    "Content-Security-Policy": "sandbox; default-src 'none'",
}
"""Whatever a client has sent, a browser neither shows nor runs it."""

Render = Callable[..., web.Response]
"""Makes a page: its template's name and what is on it."""


class Bodies:
    """Bodies are people's pictures: shown as bytes or saved as a file, never rendered."""

    def __init__(self, parts: Parts, render: Render) -> None:
        self._parts, self._render = parts, render

    def routes(self) -> list[web.RouteDef]:
        """All addresses."""
        return [
            web.get("/records/{id}/body", self.page),
            web.get("/api/records/{id}/body", self.file),
        ]

    async def page(self, request: web.Request) -> web.Response:
        """The first bytes, for people."""
        record, body = await self._body(request)
        return self._render("body", record=record, size=len(body), rows=hex_rows(body[:FIRST]))

    async def file(self, request: web.Request) -> web.Response:
        """The whole body, to be saved."""
        record, body = await self._body(request)
        name = f'attachment; filename="why400-{quote(record["id"])}.bin"'
        return web.Response(body=body, headers={**_FIELDS, "Content-Disposition": name})

    async def _body(self, request: web.Request) -> tuple[dict[str, Any], bytes]:
        records = self._parts.records
        record = await asyncio.to_thread(records.get, request.match_info["id"])
        body = await asyncio.to_thread(records.body, record["id"]) if record else None
        if record is None or body is None:
            raise web.HTTPNotFound
        who = printable(request.remote or "unknown", 64)
        what = "all of it" if request.path.startswith("/api/") else "its first bytes"
        self._parts.audit(f"audit: {who} viewed the kept body of {record['id']}, {what}")
        return record, body


def hex_rows(data: bytes) -> list[tuple[str, str, str]]:
    """Lines of a hex dump: offset, bytes, and those of them that are printable ASCII."""
    return [
        (f"{at:04x}", data[at : at + _ROW].hex(" "), "".join(map(_shown, data[at : at + _ROW])))
        for at in range(0, len(data), _ROW)
    ]


def _shown(byte: int) -> str:
    return chr(byte) if 0x20 <= byte < 0x7F else "·"
