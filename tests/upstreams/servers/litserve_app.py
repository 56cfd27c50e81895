"""LitServe with a JSON and an upload endpoint, as its image classification templates have them."""

import base64
import io
import sys

import litserve
from model import classify
from PIL import Image


class FromJson(litserve.LitAPI):
    def setup(self, device):
        self.model = classify

    def decode_request(self, request):
        return Image.open(io.BytesIO(base64.b64decode(request["image_data"])))

    def predict(self, picture):
        return self.model(picture)

    def encode_response(self, label):
        return {"label": label}


class FromUpload(FromJson):
    def decode_request(self, request):
        return Image.open(request["image"].file)


if __name__ == "__main__":
    apis = [FromJson(api_path="/predict"), FromUpload(api_path="/upload")]
    server = litserve.LitServer(apis, accelerator="cpu", workers_per_device=1)
    server.run(
        host="127.0.0.1", port=int(sys.argv[1]), generate_client_file=False, num_api_servers=1, log_level="critical"
    )
