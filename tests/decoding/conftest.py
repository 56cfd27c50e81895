import os
from pathlib import Path

import pytest

from decoding.jobs import pool_of


@pytest.fixture(autouse=True)
def _workers_find_the_tests(monkeypatch):
    """Workers import the misbehaving functions of `decoding.jobs` by name."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent), prepend=os.pathsep)


@pytest.fixture
async def pool():
    made = pool_of()
    yield made
    await made.close()
