"""Quart around a notebook's function: whatever is wrong is the exception's words in a 500."""

import base64
import io
import sys

from model import classify
from PIL import Image
from quart import Quart, jsonify, request
from werkzeug.exceptions import HTTPException

app = Quart(__name__)


@app.errorhandler(Exception)
async def failed(error):
    if isinstance(error, HTTPException):
        return error
    return jsonify(error=f"{type(error).__name__}: {error}"), 500


@app.post("/infer")
async def infer():
    asked = await request.get_json()
    image = asked["inputs"]["image"]
    threshold = float(asked["params"]["threshold"])
    if image["format"] not in ("jpeg", "png"):
        raise ValueError(f"unknown format {image['format']}")
    picture = Image.open(io.BytesIO(base64.b64decode(image["data"], validate=True)))
    return jsonify(outputs=[{"label": classify(picture), "above": threshold < 0.9}])


app.run("127.0.0.1", int(sys.argv[1]))
