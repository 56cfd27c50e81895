"""KServe with a custom predictor, as its documentation has it: V1, the image as `instances[0].image.b64`.

V2 too: the image as base64 text in a tensor of BYTES, or as the file's own bytes in one of UINT8.
"""

import base64
import io
import sys

from kserve import InferOutput, InferRequest, InferResponse, Model, ModelServer
from model import classify
from PIL import Image


class Colors(Model):
    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.ready = True

    def predict(self, payload, headers=None):
        if isinstance(payload, InferRequest):
            return self.of_tensors(payload)
        data = payload["instances"][0]["image"]["b64"]
        picture = Image.open(io.BytesIO(base64.b64decode(data)))
        return {"predictions": [classify(picture)]}

    def of_tensors(self, request):
        tensor = next(tensor for tensor in request.inputs if tensor.name == "image")
        in_bytes = tensor.datatype == "UINT8"
        data = tensor.as_numpy().tobytes() if in_bytes else base64.b64decode(tensor.data[0], validate=True)
        label = classify(Image.open(io.BytesIO(data)))
        output = InferOutput("label", [1], "BYTES", [label])
        return InferResponse(request.id or "1", self.name, [output])


port = int(sys.argv[1])
sys.argv[1:] = []
ModelServer(http_port=port, enable_grpc=False, workers=1).start([Colors("colors")])
