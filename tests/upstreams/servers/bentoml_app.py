"""BentoML: a service with an image and with a text argument, as its quick start has them."""

import base64
import io
import os
import sys

import bentoml
from model import classify
from PIL.Image import Image
from PIL.Image import open as open_image


@bentoml.service
class Colors:
    @bentoml.api
    def classify(self, image: Image) -> str:
        return classify(image)

    @bentoml.api
    def encoded(self, image: str) -> str:
        return classify(open_image(io.BytesIO(base64.b64decode(image))))


if __name__ == "__main__":
    words = [
        sys.executable,
        "-m",
        "bentoml",
        "serve",
        "bentoml_app:Colors",
        "--host",
        "127.0.0.1",
        "--port",
        sys.argv[1],
    ]
    os.environ["BENTOML_DO_NOT_TRACK"] = "True"
    os.execv(sys.executable, words)
