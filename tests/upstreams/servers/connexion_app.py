"""Connexion: an OpenAPI document judges each request before any code runs."""

import base64
import io
import sys

import connexion
import uvicorn
from model import classify
from PIL import Image


def seen(data):
    try:
        return {"label": classify(Image.open(io.BytesIO(data)))}
    except Exception as error:
        return connexion.problem(422, "Unprocessable Entity", str(error))


def encoded(body):
    try:
        return seen(base64.b64decode(body["image"], validate=True))
    except ValueError:
        return connexion.problem(400, "Bad Request", "image is not base64")


async def upload(image):
    return seen(await image.read())


def _post(operation, content):
    return {
        "post": {
            "operationId": operation,
            "requestBody": {"required": True, "content": content},
            "responses": {"200": {"description": "a label"}},
        }
    }


_ENCODED = {
    "type": "object",
    "required": ["image"],
    "additionalProperties": False,
    "properties": {"image": {"type": "string", "minLength": 8}, "top": {"type": "integer"}},
}
_UPLOAD = {"type": "object", "required": ["image"], "properties": {"image": {"type": "string", "format": "binary"}}}
app = connexion.AsyncApp(__name__)
app.add_api(
    {
        "openapi": "3.0.0",
        "info": {"title": "colours", "version": "1"},
        "paths": {
            "/openapi/encoded": _post("connexion_app.encoded", {"application/json": {"schema": _ENCODED}}),
            "/openapi/upload": _post("connexion_app.upload", {"multipart/form-data": {"schema": _UPLOAD}}),
        },
    }
)
if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
