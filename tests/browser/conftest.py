"""One browser and one stage for all tests here; a folder with 10,000 records, shown without a proxy."""

import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from browser.devtools import Tab, browsing
from browser.stage import Stage, staged
from records.make import AT, distinct
from why400.exchange import Certainty, Diagnosis, Outcome
from why400.records.retention import Keep
from why400.records.sqlite import SqliteStore

CODES = ("image.alpha", "image.cmyk", "base64.urlsafe", "content-type.missing")


@pytest_asyncio.fixture(scope="package", loop_scope="package")
async def tab(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Tab]:
    async with browsing(tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest_asyncio.fixture(loop_scope="package", autouse=True)
async def forgotten(tab: Tab) -> None:
    """What the browser said before is not this test's."""
    await tab.look(1400)
    tab.complaints.clear()
    tab.asked.clear()


@pytest.fixture(scope="package")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with staged(tmp_path_factory.mktemp("stage")) as stage:
        yield stage


@pytest.fixture(scope="package")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 10,000 records of four causes."""
    folder = tmp_path_factory.mktemp("many")
    store = SqliteStore(folder, Keep(), pytest.fail)
    store.add([one_of_many(number) for number in range(10_000)])
    store.close()
    return folder


def one_of_many(number: int) -> object:
    code = CODES[number % 4]
    line = Diagnosis(code, Certainty.LIKELY, "facts", ("said",), "do", "client")
    return distinct(number, AT + number, outcome=Outcome.REFUSED, diagnosis=(line,))


@contextmanager
def page_over(data: Path, *flags: str, admin: str = "127.0.0.1:0") -> Iterator[str]:
    """`why400 page` over a data folder; gives its base URL on this machine."""
    words = [sys.executable, "-m", "why400", "page", "--data", str(data), "--admin", admin, *flags]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        found = re.search(r"http://[\d.]+:(\d+)/", said)
        assert found, said
        yield f"http://127.0.0.1:{found[1]}"
    finally:
        process.terminate()
        process.communicate(timeout=10)
