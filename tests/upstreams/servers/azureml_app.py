"""Azure ML's inference server with a scoring script, as its documentation has it: base64 under a key of JSON."""

import base64
import io
import json
import os
import sys
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parent))
from model import classify


def init() -> None:
    """Nothing is to be loaded."""


def run(raw_data: str) -> dict[str, str]:
    """The strongest colour of the image under the key `data`."""
    data = base64.b64decode(json.loads(raw_data)["data"])
    return {"label": classify(Image.open(io.BytesIO(data)))}


if __name__ == "__main__":
    os.environ["AML_APP_INSIGHTS_ENABLED"] = "false"
    words = ["--entry_script", __file__, "--port", sys.argv[1], "--health_port", sys.argv[1]]
    server = Path(sys.executable).with_name("azmlinfsrv")
    os.execv(server, [str(server), *words])
