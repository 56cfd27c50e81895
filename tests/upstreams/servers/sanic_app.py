"""Sanic with handlers as its guide has them: request.files, request.json and request.body, and its own error replies."""

import base64
import io
import sys

from model import classify
from PIL import Image
from sanic import Sanic, response
from sanic.exceptions import BadRequest, SanicException

app = Sanic("colours")
app.config.FALLBACK_ERROR_FORMAT = "auto"


def label(data):
    picture = Image.open(io.BytesIO(data))
    if picture.mode not in ("RGB",):
        raise SanicException(f"mode {picture.mode}: three channels are needed", status_code=422)
    return response.json({"label": classify(picture)})


@app.post("/upload")
async def upload(request):
    file = request.files.get("photo")
    if file is None:
        raise BadRequest("photo: no file was sent")
    return label(file.body)


@app.post("/json")
async def document(request):
    return label(base64.b64decode(request.json["photo"], validate=True))


@app.post("/raw")
async def raw(request):
    if not (request.content_type or "").startswith("image/"):
        raise SanicException("images only", status_code=415)
    try:
        return label(request.body)
    except OSError as error:
        raise BadRequest(f"{type(error).__name__}") from error


if __name__ == "__main__":
    app.run("127.0.0.1", int(sys.argv[1]), single_process=True, access_log=False, motd=False)
