"""aiohttp as a gateway: embeddings behind a bearer's token, and an upload whose text part is JSON."""

import base64
import io
import json
import sys

from aiohttp import web
from model import classify
from PIL import Image

routes = web.RouteTableDef()


def wrong(status, message, param=None):
    return web.json_response(
        {"error": {"message": message, "type": "invalid_request_error", "param": param}}, status=status
    )


@routes.post("/v1/embeddings")
async def embeddings(request):
    if request.headers.get("Authorization") != "Bearer sk-test":
        return wrong(401, "You didn't provide an API key.")
    if request.content_type != "application/json":
        return wrong(400, "Content-Type must be application/json")
    try:
        asked = await request.json()
    except ValueError:
        return wrong(400, "We could not parse the JSON body of your request.")
    for name in ("model", "input"):
        if not isinstance(asked, dict) or name not in asked:
            return wrong(400, f"you must provide a {name} parameter", name)
    if not isinstance(asked["input"], list) or not asked["input"]:
        return wrong(400, "'$.input' is invalid. Please check the API reference.", "input")
    data = []
    for index, entry in enumerate(asked["input"]):
        try:
            picture = Image.open(io.BytesIO(base64.b64decode(entry["image"], validate=True)))
            data.append({"index": index, "nearest": classify(picture)})
        except KeyError:
            return wrong(400, f"Missing required parameter: 'input[{index}].image'.", f"input[{index}].image")
        except Exception:
            return wrong(400, f"Invalid image at input[{index}].", f"input[{index}].image")
    return web.json_response({"object": "list", "data": data})


@routes.post("/ingest")
async def ingest(request):
    try:
        form = await request.post()
    except ValueError:
        return web.Response(status=400)
    if "metadata" not in form:
        return web.Response(status=400, text="part metadata is absent")
    try:
        source = json.loads(form["metadata"])["source"]
    except Exception:
        return web.Response(status=400, text="metadata is not JSON with a source")
    if not isinstance(form.get("document"), web.FileField):
        return web.Response(status=400, text="part document is absent or not a file")
    try:
        return web.json_response({"kind": classify(Image.open(form["document"].file)), "source": source})
    except Exception:
        return web.Response(status=422, text="document rejected")


app = web.Application(client_max_size=5_000_000)
app.add_routes(routes)
web.run_app(app, host="127.0.0.1", port=int(sys.argv[1]), print=None)
