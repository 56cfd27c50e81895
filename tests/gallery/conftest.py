"""One echoing model and one proxy in front of it, for all tests of the gallery."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scenarios.processes import Proxy, run_proxy

HERE = Path(__file__).parent


@contextmanager
def running(folder: Path) -> Iterator[Proxy]:
    """A running proxy with the rules of this folder, in front of the echoing model."""
    model = subprocess.Popen([sys.executable, str(HERE / "echo.py")], stdout=subprocess.PIPE, text=True)
    assert model.stdout is not None
    try:
        upstream = model.stdout.readline().strip()
        with run_proxy(upstream, folder, "--rules", str(HERE / "rules.yaml")) as proxy:
            yield proxy
    finally:
        model.kill()
        model.wait()


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """One for all tests of the gallery."""
    with running(tmp_path_factory.mktemp("gallery")) as proxy:
        yield proxy
