"""What people write first: an aiohttp application that passes everything on with an aiohttp client session."""

import sys

from aiohttp import ClientSession, web


async def pass_on(request: web.Request) -> web.Response:
    """Read it whole, send it on, answer what came."""
    body = await request.read()
    session: ClientSession = request.app["session"]
    fields = {"Content-Type": request.headers.get("Content-Type", "application/octet-stream")}
    async with session.request(
        request.method, request.app["upstream"] + request.path_qs, data=body, headers=fields
    ) as reply:
        return web.Response(status=reply.status, body=await reply.read(), headers={"Content-Type": reply.content_type})


async def session(app: web.Application):  # type: ignore[no-untyped-def]
    """One client session for all requests."""
    async with ClientSession() as made:
        app["session"] = made
        yield


if __name__ == "__main__":
    app = web.Application(client_max_size=64 * 1024 * 1024)
    app["upstream"] = f"http://127.0.0.1:{sys.argv[2]}"
    app.cleanup_ctx.append(session)
    app.router.add_route("*", "/{tail:.*}", pass_on)
    web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=None, print=None)
