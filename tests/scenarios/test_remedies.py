"""What the diagnosis of a refusal tells the client to do is done: each line is run as it stands, and the model takes it.

curl and node run in a shell, Python here, with `requests` as pip brings it. The files that the lines name are there:
the picture (the one that was sent, where it is to be changed), and a document that a library wrote.
"""

import base64
import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageOps
from pip._vendor import requests

from causes.tables import CATALOGUE
from scenarios.kit import kit
from scenarios.processes import Proxy
from scenarios.requests import Request, send
from scenarios.table import MISTAKES, Scenario
from why400.diagnose.explain import Told, narrative

CHANGED = ("image.alpha", "image.palette", "image.gray", "image.cmyk", "image.depth", "image.format-mismatch", "limit.")
"""Causes whose lines change the picture that was sent."""

TWO_FAULTS = ("PNG that says it is a JPEG",)
"""What is told first is not all: its format is refused too, and is told second."""

PYTHON = [one for one in MISTAKES if CATALOGUE[one.causes[0]].python and one.name not in TWO_FAULTS]
SHELL = [scenario for scenario in PYTHON if "magick" not in CATALOGUE[scenario.causes[0]].curl]
SCRIPT = [scenario for scenario in PYTHON if "sharp(" not in CATALOGUE[scenario.causes[0]].javascript]


def told(observing: Proxy, scenario: Scenario) -> tuple[Told, Request]:
    """What the record of a refusal tells first."""
    request = scenario.build(kit())
    answer = send(observing.url, request)
    assert answer.status == scenario.status
    record = observing.record(answer.headers["why400-id"])
    return narrative(record, CATALOGUE).causes[0], request


def lay_out(folder: Path, cause: str, request: Request) -> None:
    """The files that lines name."""
    image = sent_image(request) if cause.startswith(CHANGED) else kit().jpeg
    for suffix in ("jpg", "png"):
        (folder / f"photo.{suffix}").write_bytes(image)
    (folder / "body.json").write_text(json.dumps(document()))


def document() -> dict[str, str]:
    return {"image": base64.b64encode(kit().jpeg).decode()}


def sent_image(request: Request) -> bytes:
    """The picture of a raw request or of a form."""
    if request.path != "/upload":
        return request.body
    return request.body.partition(b"\r\n\r\n")[2].rpartition(b"\r\n--")[0]


class Session:
    """`requests`, with what it was answered."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, Any]] = []

    def request(self, method: str, url: str, **given: Any) -> None:
        reply = requests.request(method, url, timeout=10, **given)
        self.answers.append((reply.status_code, reply.json()))


def by_python(lines: str) -> list[tuple[int, Any]]:
    session = Session()
    known = {
        "requests": session,
        "Image": Image,
        "ImageOps": ImageOps,
        "ImageCms": ImageCms,
        "np": np,
        "io": io,
        "base64": base64,
        "os": os,
    }
    exec(lines, known | {"json": json, "body": document()})
    return session.answers


def by_curl(lines: str) -> list[tuple[int, Any]]:
    script = "curl() { command curl -sS -w '\\n%{http_code}\\n' \"$@\"; }\n" + lines
    said = subprocess.run(["bash", "-c", script], capture_output=True, text=True, timeout=30, check=True).stdout
    reply, status = said.strip().rsplit("\n", 1)
    return [(int(status), json.loads(reply))]


SPY = """
const send = fetch;
globalThis.fetch = async (...given) => {
  const reply = await send(...given);
  console.log(JSON.stringify([reply.status, await reply.json()]));
  return reply;
};
const body = JSON.parse(fs.readFileSync("body.json"));
"""


def by_node(lines: str) -> list[tuple[int, Any]]:
    script = f"{SPY}(async () => {{\n{lines}\n}})();"
    said = subprocess.run(["node", "-e", script], capture_output=True, text=True, timeout=30, check=True).stdout
    return [(status, reply) for status, reply in map(json.loads, said.splitlines())]


Run = Callable[[str], list[tuple[int, Any]]]
HOW: list[tuple[str, Run, list[Scenario]]] = [("python", by_python, PYTHON), ("curl", by_curl, SHELL)]
HOW += [("javascript", by_node, SCRIPT)] if shutil.which("node") else []


@pytest.mark.parametrize(
    ("language", "run", "scenario"),
    [(language, run, scenario) for language, run, scenarios in HOW for scenario in scenarios],
    ids=[f"{language}: {scenario.name}" for language, _, scenarios in HOW for scenario in scenarios],
)
def test_its_lines_are_taken(
    observing: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, run: Run, scenario: Scenario
) -> None:
    cause, request = told(observing, scenario)
    lay_out(tmp_path, cause.cause, request)
    monkeypatch.chdir(tmp_path)
    lines = getattr(cause, language)
    [(status, reply)] = run(lines)
    assert (status, reply.get("digit")) == (200, kit().digit), (cause.cause, lines, reply)


def test_enough_of_them_can_be_run() -> None:
    families = {scenario.causes[0].partition(".")[0] for scenario in PYTHON}
    assert families >= {"content-type", "base64", "data-uri", "encoding", "multipart", "json", "image", "limit"}
    assert len(SHELL) >= 15
