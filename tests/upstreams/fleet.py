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

    @property
    def file(self) -> Path:
        """Its program."""
        return HERE / "servers" / f"{self.name}_app.py"

    @property
    def pins(self) -> Path:
        """What is installed for it, each package pinned."""
        return HERE / "pins" / f"{self.name}.txt"


SERVERS = (
    Server(
        "flask",
        (
            Endpoint("/predict", "form", "file"),
            Endpoint("/raw", "raw"),
            Endpoint("/json", "json", "image"),
            Endpoint("/strict", "json", "image_base64"),
        ),
        in_ci=True,
    ),
    Server(
        "fastapi",
        (
            Endpoint("/predict", "form", "file"),
            Endpoint("/files", "form", "picture"),
            Endpoint("/raw", "raw"),
            Endpoint("/json", "json", "image"),
            Endpoint("/uri", "data-uri", "image"),
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


def python_of(server: Server) -> Path:
    """The interpreter of its environment, which is made where it is not there or has other pins."""
    home = CACHE / server.name
    stamp, pins = home / "pins.txt", server.pins.read_text()
    if not stamp.exists() or stamp.read_text() != pins:
        print(f"making the environment of {server.name}", file=sys.stderr)
        venv.create(home, with_pip=True, clear=True)
        subprocess.run([home / "bin/pip", "install", "--quiet", "--no-deps", "-r", server.pins], check=True)
        stamp.write_text(pins)
    return home / "bin/python"


@contextmanager
def running(server: Server, say: Path) -> Iterator[int]:
    """Start it on a free port, wait until it answers, and stop it and all that it started. `say` takes its output."""
    (port,) = free_ports(1)
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PORT": str(port)}
    with say.open("wb") as out:
        process = subprocess.Popen(
            [python_of(server), server.file, str(port)],
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
        assert process.poll() is None and time.monotonic() < end, say.read_text(errors="replace")[-2000:]
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
