"""MLServer with a runtime that takes one tensor of numbers, decoded by its codec for numpy, of a model that knows its shape."""

import asyncio
import sys

import numpy
from mlserver import MLModel, MLServer, ModelSettings, Settings
from mlserver.codecs import NumpyCodec, StringCodec
from mlserver.errors import InferenceError
from mlserver.types import InferenceRequest, InferenceResponse


class Colors(MLModel):
    async def load(self) -> bool:
        return True

    async def predict(self, payload: InferenceRequest) -> InferenceResponse:
        found = {tensor.name: tensor for tensor in payload.inputs}
        if "pixels" not in found:
            raise InferenceError("Input 'pixels' was not found.")
        pixels = NumpyCodec.decode_input(found["pixels"])
        if pixels.shape[1:] != (3, 8, 8):
            raise InferenceError(f"expected shape (-1, 3, 8, 8), got {pixels.shape}")
        best = int(numpy.float32(pixels).mean(axis=(0, 2, 3)).argmax())
        label = ("red", "green", "blue")[best]
        return InferenceResponse(model_name=self.name, outputs=[StringCodec.encode_output("label", [label])])


async def main() -> None:
    port = int(sys.argv[1])
    settings = Settings(
        host="127.0.0.1", http_port=port, grpc_port=0, metrics_endpoint=None, parallel_workers=0, debug=False
    )
    server = MLServer(settings)
    await server.start([ModelSettings(name="colors", implementation=Colors)])


asyncio.run(main())
