"""One echoing model and one proxy in front of it, for all tests of the gallery."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scenarios.processes import Proxy, run_proxy

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A running proxy with the rules of this folder."""
    model = subprocess.Popen([sys.executable, str(HERE / "echo.py")], stdout=subprocess.PIPE, text=True)
    assert model.stdout is not None
    try:
        upstream = model.stdout.readline().strip()
        with run_proxy(upstream, tmp_path_factory.mktemp("gallery"), "--rules", str(HERE / "rules.yaml")) as proxy:
            yield proxy
    finally:
        model.kill()
        model.wait()
