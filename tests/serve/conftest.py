"""An upstream for the processes that these tests start."""

from collections.abc import Iterator

import pytest

from raw.upstream import Upstream, upstream


@pytest.fixture
def stage() -> Iterator[Upstream]:
    with upstream() as one:
        yield one
