"""KServe with a custom predictor, as its documentation has it: V1, the image as `instances[0].image.b64`."""

import base64
import io
import sys

from kserve import Model, ModelServer
from model import classify
from PIL import Image


class Colors(Model):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.ready = True

    def predict(self, payload, headers=None):
        data = payload["instances"][0]["image"]["b64"]
        picture = Image.open(io.BytesIO(base64.b64decode(data)))
        return {"predictions": [classify(picture)]}


port = int(sys.argv[1])
sys.argv[1:] = []
ModelServer(http_port=port, enable_grpc=False, workers=1).start([Colors("colors")])
