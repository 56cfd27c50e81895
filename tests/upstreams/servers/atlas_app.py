"""Falcon for maps: a tile as bytes with its zoom in a field, and a tile as a data URI in an object."""

import base64
import io
import sys

import falcon
from model import classify
from PIL import Image
from waitress import serve


def label(data):
    try:
        return classify(Image.open(io.BytesIO(data)))
    except Exception as error:
        raise falcon.HTTPUnprocessableEntity(title="Unreadable tile", description=str(error)) from error


class Score:
    def on_post(self, request, reply):
        zoom = request.get_header_as_int("X-Tile-Zoom", required=True)
        if not 0 <= zoom <= 22:
            raise falcon.HTTPInvalidHeader("The value must be between 0 and 22.", "X-Tile-Zoom")
        if (request.content_length or 0) > 1_500_000:
            raise falcon.HTTPContentTooLarge(title="Tile too large")
        if not (request.content_type or "").startswith("image/"):
            raise falcon.HTTPUnsupportedMediaType(description="Tiles are images.")
        reply.media = {"score": 0.5, "class": label(request.bounded_stream.read())}


class Describe:
    def on_post(self, request, reply):
        media = request.get_media()
        if not isinstance(media, dict) or media.get("crs") not in ("EPSG:3857", "EPSG:4326"):
            raise falcon.HTTPInvalidParam('It must be "EPSG:3857" or "EPSG:4326".', "crs")
        try:
            source = media["tile"]["src"]
        except (KeyError, TypeError) as error:
            raise falcon.HTTPMissingParam("tile.src") from error
        if not str(source).startswith("data:image/"):
            raise falcon.HTTPInvalidParam("A data URL is needed.", "tile.src")
        try:
            data = base64.b64decode(source.partition(",")[2], validate=True)
        except ValueError as error:
            raise falcon.HTTPInvalidParam("The data URL is broken.", "tile.src") from error
        reply.media = {"description": label(data)}


app = falcon.App()
app.add_route("/tiles/score", Score())
app.add_route("/tiles/describe", Describe())
serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
