"""CherryPy: its JSON tool, its own multipart parser and its error pages."""

import base64
import io
import sys

import cherrypy
from model import classify
from PIL import Image, UnidentifiedImageError


class Colours:
    @cherrypy.expose
    @cherrypy.tools.allow(methods=["POST"])
    @cherrypy.tools.json_in()
    @cherrypy.tools.json_out()
    def json(self):
        return self.label(base64.b64decode(cherrypy.request.json["image"]))

    @cherrypy.expose
    @cherrypy.tools.allow(methods=["POST"])
    @cherrypy.tools.json_out()
    def form(self, snapshot):
        return self.label(snapshot.file.read())

    @cherrypy.expose
    @cherrypy.tools.json_out()
    @cherrypy.config(**{"request.process_request_body": False})
    def raw(self):
        size = int(cherrypy.request.headers.get("Content-Length", 0))
        return self.label(cherrypy.request.rfile.read(size))

    def label(self, data):
        try:
            return {"label": classify(Image.open(io.BytesIO(data)))}
        except UnidentifiedImageError:
            raise cherrypy.HTTPError(400, "The upload could not be read.") from None


cherrypy.config.update({
    "server.socket_host": "127.0.0.1",
    "server.socket_port": int(sys.argv[1]),
    "log.screen": False,
    "request.show_tracebacks": False,
    "engine.autoreload.on": False,
})  # fmt: skip
cherrypy.quickstart(Colours())
