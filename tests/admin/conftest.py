"""An admin port over a real store, as `serve` opens it."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from records.make import AT
from why400.admin.app import make_admin
from why400.admin.parts import Health, Metrics, Parts
from why400.app import tables
from why400.records.retention import Keep
from why400.records.sqlite import SqliteStore

TOKEN = "correct-horse-battery-staple"
Open = Callable[..., Awaitable[TestClient[Any, Any]]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = SqliteStore(tmp_path, Keep(), pytest.fail)
    yield made
    made.close()


@pytest.fixture
def parts(store: SqliteStore) -> Parts:
    async def metrics() -> Metrics:
        return Metrics(b"why400_in_flight 0.0\n", "text/plain; version=0.0.4; charset=utf-8")

    return Parts(
        records=store,
        catalogue=tables.catalogue(),
        metrics=metrics,
        health=lambda: Health(True, {"upstream": "reached"}),
        rules=lambda: "",
        audit=lambda line: None,
        token=TOKEN,
        loopback=True,
        clock=lambda: AT + 120,
    )


@pytest.fixture
def opened(parts: Parts, aiohttp_client: Any) -> Open:
    """Opens a client on the page; keywords change the parts."""

    async def on(**changes: Any) -> TestClient[Any, Any]:
        client: TestClient[Any, Any] = await aiohttp_client(make_admin(replace(parts, **changes)))
        return client

    return on
