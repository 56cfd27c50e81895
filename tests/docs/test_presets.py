"""What presets say of themselves: what they are for, how they are used, and what they were tried on."""

import re
from pathlib import Path

import pytest

from upstreams.fleet import MORE, OTHERS, SERVERS
from upstreams.tries import bodies, documents, generic, tensors

ROOT = Path(__file__).parents[2]
PRESETS = {path.stem: path.read_text() for path in sorted((ROOT / "rules" / "presets").glob("*.yaml"))}
TRIES = (*generic.TRIES, *bodies.TRIES, *documents.TRIES, *tensors.TRIES)
FLEET = {server.name: server for server in (*SERVERS, *MORE, *OTHERS)}
PACKAGES = {
    "flask": "Flask",
    "sagemaker": "Flask",
    "fastapi": "fastapi",
    "azureml": "azureml-inference-server-http",
    "gradio_image": "gradio",
    "litserve_openai": "litserve",
}
"""The package that a server is, where it has another name."""


def head(name: str) -> str:
    """The comment at the top, as one text."""
    return " ".join(re.findall(r"^# ?(.*)$", PRESETS[name].partition("why400:")[0], re.MULTILINE))


def version(server: str) -> str:
    """The version of a server that is installed to try presets on."""
    package = PACKAGES.get(server, server)
    pins = FLEET[server].pins.read_text().lower().split("\n")
    return next(pin.partition("==")[2] for pin in pins if pin.startswith(f"{package.lower()}=="))


@pytest.mark.parametrize("name", PRESETS)
def test_its_head_says_how_it_is_used_and_what_it_was_tried_on(name: str) -> None:
    assert f"use: [{name}]" in head(name)
    assert re.search(r"(^|[.\]] )(Tried (on|in) [^(]*\(?.*20\d\d-\d\d-\d\d|Not tried[: ])", head(name))


@pytest.mark.parametrize("trial", TRIES, ids=str)
def test_it_was_tried_on_the_version_that_it_says(trial) -> None:
    assert re.search(rf"Tried on .*\b{re.escape(version(trial.server))}\b", head(trial.preset))


def test_what_says_that_it_was_tried_was() -> None:
    said = {name for name in PRESETS if "Tried on" in head(name)}
    assert said - {trial.preset for trial in TRIES} == set()
