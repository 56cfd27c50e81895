"""TorchServe behind its Java front end, with a handler on its own vision handler, as its examples have it."""

import io
import json
import os
import sys
import tempfile
import zipfile
from pathlib import Path

import torch

MANIFEST = {
    "createdOn": "01/01/2026 00:00:00",
    "runtime": "python",
    "model": {"modelName": "colors", "serializedFile": "colors.pt", "handler": "handler.py", "modelVersion": "1.0"},
    "archiverVersion": "0.12.0",
}
HANDLER = """
import numpy
import torch
from ts.torch_handler.vision_handler import VisionHandler

LABELS = ("red", "green", "blue")


class Colors(VisionHandler):
    def image_processing(self, picture):
        pixels = torch.from_numpy(numpy.asarray(picture.resize((32, 32)), dtype=numpy.float32) / 255)
        return (pixels.reshape(32, 32, 3).permute(2, 0, 1) - 0.45) / 0.23

    def postprocess(self, scores):
        return [LABELS[best] for best in scores.argmax(dim=1).tolist()]
"""


class Colors(torch.nn.Module):
    """The strongest of three colours."""

    def forward(self, batch: torch.Tensor) -> torch.Tensor:
        return batch.mean(dim=(2, 3))


def archive(path: Path) -> None:
    """The model as TorchServe's archiver packs it."""
    model = io.BytesIO()
    torch.jit.save(torch.jit.script(Colors()), model)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("MAR-INF/MANIFEST.json", json.dumps(MANIFEST))
        packed.writestr("handler.py", HANDLER)
        packed.writestr("colors.pt", model.getvalue())


if __name__ == "__main__":
    store = Path(tempfile.mkdtemp())
    archive(store / "colors.mar")
    own = "http://127.0.0.1"
    settings = {
        "inference_address": f"{own}:{sys.argv[1]}",
        "management_address": f"{own}:0",
        "metrics_address": f"{own}:0",
        "default_workers_per_model": "1",
        "disable_token_authorization": "true",
        "disable_system_metrics": "true",
        "number_of_netty_threads": "2",
        "netty_client_threads": "2",
        "vmargs": "-Xmx256m",
    }
    (store / "config.properties").write_text("".join(f"{key}={value}\n" for key, value in settings.items()))
    words = ["--start", "--foreground", "--model-store", str(store), "--models", "colors=colors.mar"]
    words += ["--ts-config", str(store / "config.properties"), "--disable-token-auth"]
    os.environ["TMPDIR"] = str(store)  # where it notes that it runs: one at a time otherwise
    os.chdir(store)
    torchserve = Path(sys.executable).with_name("torchserve")
    os.execv(torchserve, [str(torchserve), *words])
