"""The compose file as a person runs it: with docker, or with the container lab where no docker engine runs."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Engine:
    """How compose and the engine are called, and what compose puts between the words of a container's name."""

    compose: tuple[str, ...]
    command: str
    joint: str


def find_engine() -> Engine:
    """Docker where its engine runs, else the lab that the environment variable LAB points to."""
    lab = Path(os.environ.get("LAB", "../shared/container-lab"))
    lab = lab if lab.is_absolute() else ROOT / lab
    if shutil.which("docker") and run("docker", "info", check=False).returncode == 0:
        return Engine(("docker", "compose"), "docker", "-")
    if (lab / "compose").exists():
        return Engine((str(lab / "compose"),), "podman", "_")
    raise RuntimeError("no docker engine runs here, and there is no container lab: make test-container LAB=path")


@dataclass(frozen=True, slots=True)
class Stack:
    """compose.yaml under a project name of its own, with ports of its own."""

    engine: Engine
    project: str
    ports: Mapping[str, int]
    settings: Mapping[str, str] = field(default_factory=dict)

    def compose(self, *words: str) -> str:
        """Run compose; gives what it said. Raises CalledProcessError with its words where it failed."""
        ports = {name: str(port) for name, port in self.ports.items()}
        return run(*self.engine.compose, "-p", self.project, *words, env={**ports, **self.settings}).stdout

    def container(self, service: str) -> str:
        """The name of the container of a service."""
        return self.engine.joint.join((self.project, service, "1"))

    def ask(self, *words: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run a command of the engine."""
        return run(self.engine.command, *words, check=check)

    def inside(self, service: str, *words: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run a command inside the container of a service."""
        return self.ask("exec", self.container(service), *words, check=check)

    def image_size(self, image: str) -> int:
        """Bytes of an image with all its layers."""
        return int(json.loads(self.ask("image", "inspect", image).stdout)[0]["Size"])

    def image_of(self, service: str) -> str:
        """The id of the image that the container of a service runs."""
        found = json.loads(self.ask("container", "inspect", self.container(service)).stdout)[0]["Image"]
        return re.sub("^sha256:", "", found)

    def logs(self, service: str) -> str:
        """All that a service said."""
        done = self.ask("logs", self.container(service))
        return done.stdout + done.stderr


def run(*words: str, check: bool = True, env: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command in the repository's root; where it fails, its own words are in the error."""
    done = subprocess.run(
        words, check=False, capture_output=True, text=True, cwd=ROOT, env={**os.environ, **(env or {})}, timeout=900
    )
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(words)}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done
