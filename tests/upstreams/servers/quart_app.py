"""Quart, as its tutorials have it: awaited forms and JSON, abort without words, hypercorn in front."""

import asyncio
import base64
import binascii
import io
import sys

from hypercorn.asyncio import serve
from hypercorn.config import Config
from model import classify
from PIL import Image
from quart import Quart, Response, abort, request

from faults import FAULTS

app = Quart(__name__)


@app.before_request
async def fault():
    if request.headers.get("X-Fault") in FAULTS:
        status, media, body = FAULTS[request.headers["X-Fault"]]
        return Response(body, status, mimetype=media)


def label(data):
    return {"label": classify(Image.open(io.BytesIO(data)))}


@app.post("/classify/form")
async def form():
    files = await request.files
    if "picture" not in files:
        abort(400)
    return label(files["picture"].read())


@app.post("/classify/json")
async def document():
    asked = await request.get_json()
    try:
        return label(base64.b64decode(asked["picture"], validate=True))
    except (binascii.Error, OSError):
        abort(422)


@app.post("/classify/raw")
async def raw():
    try:
        return label(await request.get_data())
    except Exception as error:
        return {"status": "failed", "why": str(error)}, 400


config = Config()
config.bind, config.accesslog, config.errorlog = [f"127.0.0.1:{sys.argv[1]}"], None, None
asyncio.run(serve(app, config))
