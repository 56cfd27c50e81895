"""`why400 page`: the page over a data folder, as a person starts it."""

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from records.make import an_id, exchange
from why400.admin.token import make_token
from why400.records.record import to_record
from why400.records.retention import Keep
from why400.records.schema import FILE
from why400.records.sqlite import SqliteStore


@pytest.fixture
def data(tmp_path: Path) -> Path:
    store = SqliteStore(tmp_path, Keep(), pytest.fail)
    store.add([to_record(exchange(b"body"), "failed-bodies", b"k")])
    store.close()
    return tmp_path


@contextmanager
def page(*arguments: object) -> Iterator[tuple[int, "subprocess.Popen[str]"]]:
    """The page's port, once it is there."""
    words = [sys.executable, "-m", "why400", "page", *map(str, arguments)]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        said = process.stderr.readline()
        found = re.search(r"http://[\d.]+:(\d+)/", said)
        assert found, said
        yield int(found[1]), process
    finally:
        process.terminate()
        process.communicate(timeout=10)


def get(port: int, path: str, **fields: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path, headers=fields)
    answer = connection.getresponse()
    return answer.status, answer.read().decode("utf-8", "replace")


def test_the_page_without_a_proxy(data: Path) -> None:
    before = (data / FILE).read_bytes()
    with page("--data", data, "--admin", "127.0.0.1:0") as (port, process):
        status, text = get(port, f"/records/{an_id(1)}")
        assert status == 200
        assert "image.alpha" in text
        assert f"Records of {data}" in text
        assert "/rules" not in text
        assert [get(port, path)[0] for path in ("/", "/records", "/causes", "/livez", "/readyz")] == [200] * 5
        assert [get(port, path)[0] for path in ("/metrics", "/rules")] == [404, 404]
        assert get(port, f"/api/records/{an_id(1)}/body") == (200, "body")
        assert process.stdout is not None
        assert f"viewed the kept body of {an_id(1)}" in json.loads(process.stdout.readline())["message"]
    assert process.returncode == 0
    assert (data / FILE).read_bytes() == before


def test_where_others_can_reach_it_it_needs_the_token(data: Path) -> None:
    token = make_token(data)
    with page("--data", data, "--admin", "0.0.0.0:0") as (port, _):
        assert get(port, "/records")[0] == 401
        assert get(port, "/records", Authorization=f"Bearer {token}")[0] == 200


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        pytest.param(["--data", "/no/such"], "there is no data folder /no/such", id="no folder"),
        pytest.param(["--data", "{data}", "--admin", "here"], "wanted host:port", id="an address that is none"),
        pytest.param(["--data", "{data}", "--admin", "0.0.0.0:0"], "cannot be read", id="open to all without a token"),
    ],
)
def test_mistakes_end_with_2(data: Path, arguments: list[str], words: str) -> None:
    given = [argument.format(data=data) for argument in arguments]
    done = subprocess.run([sys.executable, "-m", "why400", "page", *given], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
