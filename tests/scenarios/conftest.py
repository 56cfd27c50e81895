"""The demo model as its own process, one for all scenarios."""

from collections.abc import Iterator

import pytest

from scenarios.processes import run_model


@pytest.fixture(scope="session")
def model() -> Iterator[str]:
    """The base URL of a running demo model."""
    with run_model() as url:
        yield url
