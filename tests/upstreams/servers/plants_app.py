"""Tornado for plants: a form with two parts that go together, and an object that says how its bytes are written."""

import asyncio
import base64
import io
import sys

import tornado.web
from model import classify
from PIL import Image

ORGANS = ("leaf", "flower", "fruit", "bark", "auto")


class Base(tornado.web.RequestHandler):
    def refuse(self, status, message):
        self.set_status(status)
        self.finish({"statusCode": status, "error": tornado.httputil.responses[status], "message": message})


class Identify(Base):
    def post(self):
        files = self.request.files.get("images", [])
        if not files:
            return self.refuse(400, '"images" is required')
        organs = self.get_body_arguments("organs")
        if not organs:
            return self.refuse(400, '"organs" is required')
        if len(organs) != len(files):
            return self.refuse(400, "Number of images and number of organs do not match")
        if not set(organs) <= set(ORGANS):
            return self.refuse(400, f'"organs[0]" must be one of [{", ".join(ORGANS)}]')
        try:
            self.write({"bestMatch": classify(Image.open(io.BytesIO(files[0]["body"])))})
        except Exception:
            self.refuse(400, "Unsupported file type for image[0] (jpeg or png)")


class Described(Base):
    def post(self):
        try:
            asked = tornado.escape.json_decode(self.request.body)
            picture = asked["picture"]
        except Exception:
            return self.refuse(400, '"picture" is required')
        if not isinstance(picture, dict) or picture.get("encoding") not in ("base64", "hex"):
            return self.refuse(400, '"picture.encoding" must be one of [base64, hex]')
        if "bytes" not in picture:
            return self.refuse(400, '"picture.bytes" is required')
        try:
            told = picture["bytes"]
            data = base64.b64decode(told, validate=True) if picture["encoding"] == "base64" else bytes.fromhex(told)
            self.write({"bestMatch": classify(Image.open(io.BytesIO(data)))})
        except Exception:
            self.refuse(422, '"picture.bytes" does not match its encoding')


async def main():
    handlers = [(r"/v2/identify/all", Identify), (r"/v2/identify/described", Described)]
    tornado.web.Application(handlers).listen(int(sys.argv[1]), "127.0.0.1")
    await asyncio.Event().wait()


asyncio.run(main())
