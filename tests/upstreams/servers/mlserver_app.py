"""MLServer with a custom runtime that reads an image from a BYTES tensor in base64 (Open Inference Protocol, JSON)."""

import asyncio
import io
import sys

from mlserver import MLModel, MLServer, ModelSettings, Settings
from mlserver.codecs import Base64Codec, StringCodec
from mlserver.types import InferenceRequest, InferenceResponse
from model import classify
from PIL import Image


class Colors(MLModel):
    async def load(self) -> bool:
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        data = Base64Codec.decode_input(payload.inputs[0])[0]
        label = classify(Image.open(io.BytesIO(data)))
        return InferenceResponse(model_name=self.name, outputs=[StringCodec.encode_output("label", [label])])


async def main() -> None:
    settings = Settings(
        host="127.0.0.1",
        http_port=int(sys.argv[1]),
        grpc_port=0,
        metrics_endpoint=None,
        parallel_workers=0,
        debug=False,
    )
    server = MLServer(settings)
    await server.start([ModelSettings(name="colors", implementation=Colors)])


asyncio.run(main())
