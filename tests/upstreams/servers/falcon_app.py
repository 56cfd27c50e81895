"""Falcon behind waitress: a resource for raw bodies, one for media, one for forms; errors as Falcon words them."""

import base64
import io
import sys

import falcon
from model import classify
from PIL import Image
from waitress import serve

from faults import FAULTS


class Fault:
    """Faults of the server's own, asked for."""

    def process_request(self, request, reply):
        if request.get_header("X-Fault") in FAULTS:
            status, media, body = FAULTS[request.get_header("X-Fault")]
            reply.status, reply.content_type, reply.text, reply.complete = status, media, body, True


def loaded(data):
    try:
        return Image.open(io.BytesIO(data))
    except Exception as error:
        raise falcon.HTTPBadRequest(title="Invalid image", description="The image could not be read.") from error


class Raw:
    def on_post(self, request, reply):
        if request.content_type not in ("image/jpeg", "image/png", "image/webp", "image/bmp", "image/gif"):
            raise falcon.HTTPUnsupportedMediaType(description="Supported are JPEG, PNG, WebP, BMP and GIF.")
        reply.media = {"label": classify(loaded(request.bounded_stream.read()))}


class Encoded:
    def on_post(self, request, reply):
        media = request.get_media()
        try:
            data = base64.b64decode(media["picture"]["content"], validate=True)
        except (KeyError, TypeError) as error:
            raise falcon.HTTPInvalidParam("it is required", "picture.content") from error
        except ValueError as error:
            raise falcon.HTTPInvalidParam(str(error), "picture.content") from error
        picture = loaded(data)
        if picture.mode not in ("RGB", "L"):
            raise falcon.HTTPUnprocessableEntity(description=f"mode {picture.mode} cannot be handled")
        reply.media = {"label": classify(picture.convert("RGB"))}


class Form:
    def on_post(self, request, reply):
        for part in request.get_media():
            if part.name == "upload":
                reply.media = {"label": classify(loaded(part.stream.read()))}
                return
        raise falcon.HTTPMissingParam("upload")


app = falcon.App(middleware=[Fault()])
app.add_route("/raw", Raw())
app.add_route("/encoded", Encoded())
app.add_route("/form", Form())
serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
