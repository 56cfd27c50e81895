"""The admin application on its socket."""

import socket
from collections.abc import Awaitable, Callable

from aiohttp import web


async def listen(app: web.Application, sock: socket.socket) -> Callable[[], Awaitable[None]]:
    """Serve `app` on a bound socket, without access logs: an address may hold a token. What is returned ends it."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=2.0)
    await runner.setup()
    await web.SockSite(runner, sock).start()
    return runner.cleanup
