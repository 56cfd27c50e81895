"""One stack for all container tests: built, started, and removed with its volume."""

from collections.abc import Iterator

import pytest

from container.engine import Stack, find_engine
from scenarios.processes import free_ports


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """The stack, up as compose.yaml has it: rules in enforce mode."""
    ports = dict(zip(("WHY400_PORT", "WHY400_ADMIN_PORT", "PROMETHEUS_PORT"), free_ports(3), strict=True))
    built = Stack(find_engine(), "why400test", ports)
    try:
        built.compose("down", "-v")
        built.compose("up", "-d", "--build")
        yield built
    finally:
        built.compose("down", "-v")
