"""aiohttp's server with its defaults (a body of at most 1 MiB): raw, form and JSON handlers of its quick start."""

import base64
import io
import sys

from aiohttp import web
from model import classify
from PIL import Image

routes = web.RouteTableDef()


@routes.post("/raw")
async def raw(request: web.Request) -> web.Response:
    try:
        picture = Image.open(io.BytesIO(await request.read()))
        return web.json_response({"label": classify(picture)})
    except web.HTTPException:
        raise
    except Exception as error:
        raise web.HTTPBadRequest(text=str(error)) from error


@routes.post("/upload")
async def upload(request: web.Request) -> web.Response:
    data = await request.post()
    picture = Image.open(data["image"].file)
    return web.json_response({"label": classify(picture)})


@routes.post("/json")
async def from_json(request: web.Request) -> web.Response:
    try:
        data = await request.json()
        picture = Image.open(io.BytesIO(base64.b64decode(data["data"])))
        return web.json_response({"label": classify(picture)})
    except web.HTTPException:
        raise
    except Exception:
        raise web.HTTPBadRequest from None


app = web.Application()
app.add_routes(routes)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
