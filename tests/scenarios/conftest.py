"""The demo model and two proxies in front of it, one of each for all scenarios."""

from collections.abc import Iterator

import pytest

from scenarios.processes import Proxy, run_model, run_proxy
from why400.demo.run import RULES


@pytest.fixture(scope="session")
def model() -> Iterator[str]:
    """The base URL of a running demo model."""
    with run_model() as url:
        yield url


@pytest.fixture(scope="session")
def observing(model: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A proxy without rules."""
    with run_proxy(model, tmp_path_factory.mktemp("observing")) as proxy:
        yield proxy


@pytest.fixture(scope="session")
def enforcing(model: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """A proxy with the shipped rules for this model, which enforce."""
    with run_proxy(model, tmp_path_factory.mktemp("enforcing"), "--rules", str(RULES)) as proxy:
        yield proxy
