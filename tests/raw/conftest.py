"""One upstream and one proxy without rules for all tables; both are as new for each row."""

from collections.abc import Iterator

import pytest

from raw.proxy import Proxy, serving
from raw.upstream import OK, Upstream, request, upstream


@pytest.fixture(scope="session")
def stage() -> Iterator[Upstream]:
    with upstream() as one:
        yield one


@pytest.fixture(scope="session")
def running(stage: Upstream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    flags = ("--sample", "100000/s", "--upstream-timeout", "2s", "--upstream-idle", "500ms", "--log-format", "json")
    with serving(stage.url, tmp_path_factory.mktemp("raw"), *flags) as proxy:
        yield proxy


@pytest.fixture
def proxy(running: Proxy, stage: Upstream) -> Proxy:
    """The proxy, with an upstream that answers everything with 200 ok until a test says otherwise."""
    stage.play(request, OK)
    return running
