"""Tornado: handlers as its guide has them; what fails in one is its plain 500 page, or 400 without a word."""

import asyncio
import base64
import io
import json
import sys

import tornado.web
from model import classify
from PIL import Image


class Upload(tornado.web.RequestHandler):
    def post(self):
        file = self.request.files["photo"][0]
        self.write({"label": classify(Image.open(io.BytesIO(file["body"])))})


class Encoded(tornado.web.RequestHandler):
    def post(self):
        try:
            data = json.loads(self.request.body)
            picture = Image.open(io.BytesIO(base64.b64decode(data["inputs"]["image"])))
        except Exception as error:
            raise tornado.web.HTTPError(400, str(error)) from error
        self.write({"label": classify(picture)})


class Told(tornado.web.RequestHandler):
    def post(self):
        try:
            text = tornado.escape.json_decode(self.request.body)["src"]
            if not text.startswith("data:image"):
                raise ValueError("src has to be a data URL")
            self.write({"label": classify(Image.open(io.BytesIO(base64.b64decode(text.split(";base64,")[1]))))})
        except Exception as error:
            self.set_status(422)
            self.write({"ok": False, "reason": repr(error)})


class Raw(tornado.web.RequestHandler):
    def put(self):
        self.post()

    def post(self):
        if not self.request.body:
            raise tornado.web.MissingArgumentError("body")
        try:
            picture = Image.open(io.BytesIO(self.request.body))
            picture.verify()
            self.write({"label": classify(Image.open(io.BytesIO(self.request.body)))})
        except Exception:
            self.send_error(400)


async def main():
    handlers = [(r"/upload", Upload), (r"/encoded", Encoded), (r"/told", Told), (r"/raw", Raw)]
    tornado.web.Application(handlers).listen(int(sys.argv[1]), "127.0.0.1", max_buffer_size=3_000_000)
    await asyncio.Event().wait()


asyncio.run(main())
