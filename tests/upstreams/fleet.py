"""The real servers: which there are, their environments, and how one is started and stopped."""

import os
import signal
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.processes import free_ports
from upstreams.endpoint import Endpoint
from upstreams.wire import Request, send

HERE = Path(__file__).parent
CACHE = HERE.parent.parent / ".upstreams"
PATIENCE = 90.0
"""Seconds until a server that does not answer is given up."""


@dataclass(frozen=True, slots=True)
class Server:
    """A real server: its name (of its file, its pins and its environment), and its endpoints."""

    name: str
    endpoints: tuple[Endpoint, ...]
    in_ci: bool = False
    environment: str = ""
    at_once: int = 2
    """Requests that it is sent at the same time: some take but one."""

    @property
    def file(self) -> Path:
        """Its program."""
        return HERE / "servers" / f"{self.name}_app.py"

    @property
    def pins(self) -> Path:
        """What is installed for it, each package pinned."""
        return HERE / "pins" / f"{self.home}.txt"

    @property
    def home(self) -> str:
        """The name of its environment, which several servers may share."""
        return self.environment or self.name


SERVERS = (
    Server(
        "flask",
        (
            Endpoint("/predict", "form", "file", faults=True),
            Endpoint("/raw", "raw", faults=True),
            Endpoint("/json", "json", "image", faults=True),
            Endpoint("/strict", "json", "image_base64", faults=True),
        ),
        in_ci=True,
    ),
    Server(
        "fastapi",
        (
            Endpoint("/predict", "form", "file", faults=True),
            Endpoint("/files", "form", "picture", faults=True),
            Endpoint("/raw", "raw", faults=True),
            Endpoint("/json", "json", "image", faults=True),
            Endpoint("/uri", "data-uri", "image", faults=True),
        ),
        in_ci=True,
    ),
    Server(
        "aiohttp",
        (Endpoint("/raw", "raw"), Endpoint("/upload", "form", "image"), Endpoint("/json", "json", "data")),
        in_ci=True,
    ),
    Server(
        "django",
        (
            Endpoint("/predict/", "form", "image"),
            Endpoint("/raw/", "raw"),
            Endpoint("/api/upload/", "form", "file"),
            Endpoint("/api/json/", "json", "image"),
        ),
        in_ci=True,
    ),
    Server(
        "litserve",
        (Endpoint("/predict", "json", "image_data"), Endpoint("/upload", "form", "image")),
        in_ci=True,
    ),
)


def _chat(name: str, text: Any) -> Any:
    """OpenAI's chat completions with one image."""
    question = {"type": "text", "text": "which colour?"}
    image = {"type": "image_url", name: {"url": text}}
    return {"model": "colors-vision", "messages": [{"role": "user", "content": [question, image]}]}


def _tensor(name: str, text: Any) -> Any:
    """One BYTES tensor of the Open Inference Protocol."""
    tensor = {"name": "image", "shape": [1], "datatype": "BYTES", "parameters": {"content_type": "base64"}}
    return {"inputs": [{**tensor, name: [text]}]}


def _instance(name: str, text: Any) -> Any:
    """One instance of TensorFlow Serving's and KServe's first protocol."""
    return {"instances": [{name: {"b64": text}}]}


def _frame(name: str, text: Any) -> Any:
    """A data frame with one row, as MLflow takes it."""
    return {"dataframe_split": {"columns": [name], "data": [[text]]}}


def _data(name: str, text: Any) -> Any:
    """The arguments of a Gradio function."""
    return {name: [text]}


MORE = (
    Server("sagemaker", (Endpoint("/invocations", "raw"),), environment="flask"),
    Server("openai", (Endpoint("/v1/chat/completions", "data-uri", "image_url", _chat),), environment="fastapi"),
    Server("bentoml", (Endpoint("/classify", "form", "image"), Endpoint("/encoded", "json", "image"))),
    Server("mlserver", (Endpoint("/v2/models/colors/infer", "json", "data", _tensor),)),
    Server("kserve", (Endpoint("/v1/models/colors:predict", "json", "image", _instance),)),
    Server("mlflow", (Endpoint("/invocations", "json", "image", _frame),)),
    Server("gradio", (Endpoint("/gradio_api/run/predict", "json", "data", _data),)),
    Server("ray", (Endpoint("/colors/upload", "form", "image"), Endpoint("/colors/json", "json", "image"))),
)
"""Those that take longer to install, or to start."""


def _cog(name: str, text: Any) -> Any:
    """The inputs of a cog predictor."""
    return {"input": {name: text}}


def _pixels(name: str, text: Any) -> Any:
    """An object in which the text is in the url-safe alphabet, without padding."""
    if isinstance(text, str):
        text = text.replace("+", "-").replace("/", "_").rstrip("=")
    return {"payload": {name: text}}


HELD_OUT = (
    Server("cog", (Endpoint("/predictions", "data-uri", "image", _cog),), at_once=1),
    Server("azureml", (Endpoint("/score", "json", "data"),)),
    Server(
        "litserve_openai", (Endpoint("/v1/chat/completions", "data-uri", "image_url", _chat),), environment="litserve"
    ),
    Server(
        "odd",
        (
            Endpoint("/v3/scan", "raw"),
            Endpoint("/v3/upload", "form", "scan_image"),
            Endpoint("/v3/infer", "json", "pixels", _pixels, given=True),
        ),
        environment="flask",
    ),
)
"""Those that the diagnosis was not tried on while it was made."""

OTHERS = (
    *HELD_OUT,
    Server("torchserve", ()),
    Server("gradio_image", (), environment="gradio"),
)
"""Those that only presets are tried on. TorchServe wants Java 17, and torch's CPU build where pip can find it."""


def python_of(server: Server) -> Path:
    """The interpreter of its environment, which is made where it is not there or has other pins."""
    home = CACHE / server.home
    stamp, pins = home / "pins.txt", server.pins.read_text()
    if not stamp.exists() or stamp.read_text() != pins:
        print(f"making the environment {server.home}", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin/pip", "install", "--quiet", "--no-deps", "-r", server.pins], check=True)
        stamp.write_text(pins)
    return home / "bin/python"


@contextmanager
def running(server: Server, say: Path) -> Iterator[int]:
    """Start it on a free port, wait until it answers, and stop it and all that it started. `say` takes its output."""
    (port,) = free_ports(1)
    python = python_of(server)
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PATH": path}
    environment.pop("PYTHONPATH", None)
    with say.open("wb") as out:
        process = subprocess.Popen(
            [python, server.file, str(port)],
            stdout=out,
            stderr=out,
            cwd=server.file.parent,
            env=environment,
            start_new_session=True,
        )
    try:
        _wait(process, port, say)
        yield port
    finally:
        _stop(process)


def _wait(process: "subprocess.Popen[bytes]", port: int, say: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not _answers(port):
        alive = process.poll() is None and time.monotonic() < end
        assert alive, say.read_text(errors="replace")[-2000:]
        time.sleep(0.2)


def _answers(port: int) -> bool:
    try:
        return send(port, Request("/", (), b"", "GET"), 2).status in range(200, 500)
    except OSError:
        return False


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End its whole session: servers start workers of their own."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            continue
        time.sleep(0.2)
    process.wait()
