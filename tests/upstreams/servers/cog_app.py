"""cog: a predictor with an image as its input, behind cog's own server, which takes data URIs and links."""

import os
import sys
from pathlib import Path

from cog import BasePredictor
from cog import Path as CogPath
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
from model import classify


class Predictor(BasePredictor):
    """What `predict:` of a cog.yaml names."""

    def predict(self, image: CogPath, top: int = 1) -> str:
        """The strongest colour."""
        return classify(Image.open(str(image)))


if __name__ == "__main__":
    os.environ["PORT"] = sys.argv[1]
    os.environ["COG_PREDICT_TYPE_STUB"] = f"{Path(__file__).name}:Predictor"
    os.chdir(Path(__file__).parent)
    words = ["-m", "cog.server.http", "--host", "127.0.0.1"]
    os.execv(sys.executable, [sys.executable, *words])
