"""A vision model behind LitServe's own OpenAI endpoint, which reads chat completions as OpenAI's API has them."""

import base64
import io
import sys

import litserve
from model import classify
from PIL import Image


class Vision(litserve.LitAPI):
    """Names the colour of the first image of a chat."""

    def setup(self, device):
        """Nothing is to be loaded."""

    def predict(self, request):
        """One answer, as the endpoint streams it."""
        messages = request.model_dump()["messages"]
        pieces = [piece for message in messages if isinstance(message["content"], list) for piece in message["content"]]
        urls = [piece["image_url"]["url"] for piece in pieces if piece["type"] == "image_url"]
        if not urls:
            yield "no image"
        elif urls[0].startswith("http"):
            yield "a link"
        else:
            data = base64.b64decode(urls[0].partition("base64,")[2])
            yield classify(Image.open(io.BytesIO(data)))


if __name__ == "__main__":
    server = litserve.LitServer(Vision(spec=litserve.OpenAISpec()), accelerator="cpu", workers_per_device=1)
    server.run(
        host="127.0.0.1", port=int(sys.argv[1]), generate_client_file=False, num_api_servers=1, log_level="critical"
    )
