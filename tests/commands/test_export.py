"""`why400 export`: what it prints can be run, and says the same as the request did."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from records.make import an_id, kept
from scenarios.kit import kit
from scenarios.processes import Proxy, run_model, run_proxy
from scenarios.requests import Request, form, json_image, raw, send
from why400.cli import why400
from why400.demo import samples as draw
from why400.exchange import Outcome
from why400.records.retention import Keep
from why400.records.sqlite import SqliteStore

RULES = """why400: 1
routes:
  predict:
    match: POST /predict
    image: body
    rules:
      format: { require: { format: jpeg } }
  upload:
    match: POST /upload
    image: { part: file }
    rules:
      color: { require: { color: rgb } }
"""


@pytest.fixture(scope="module")
def model() -> Iterator[str]:
    with run_model() as url:
        yield url


@pytest.fixture(scope="module")
def proxy(model: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with run_proxy(model, tmp_path_factory.mktemp("export"), "--capture", "failed-bodies") as running:
        yield running


def export(proxy: Proxy, request: Request, *words: object) -> Result:
    """The export of a request that is sent now."""
    id = send(proxy.url, request).headers["why400-id"]
    return CliRunner().invoke(why400, ["export", id, "--data", str(proxy.data), *map(str, words)])


PNG = draw.png(kit().picture)
CASES = {
    "made from words": (raw(PNG, "image/png"), "predict", "image: { format: png"),
    "a form": (form(draw.png(draw.transparent(kit().picture)), "image/png"), "upload", "style: { part: file }"),
    "from its bytes": (raw(b"\xff\xd8 no picture"), "predict", "base64:"),
}


@pytest.mark.parametrize(("request_", "route", "words"), CASES.values(), ids=CASES)
def test_as_a_rule_test_that_passes(proxy: Proxy, tmp_path: Path, request_: Request, route: str, words: str) -> None:
    test = export(proxy, request_).stdout
    assert words in test
    head, _, rest = RULES.partition(f"  {route}:\n")
    own, mark, others = rest.partition("  upload:\n")
    rules = tmp_path / "rules.yaml"
    rules.write_text(f"{head}  {route}:\n{own}{test}{mark}{others}")
    result = CliRunner().invoke(why400, ["test", str(rules)])
    assert result.exit_code == 0, result.output


def test_as_a_curl_command_that_is_refused_alike(proxy: Proxy, tmp_path: Path) -> None:
    command = export(proxy, json_image("nothing"), "--as", "curl", "--out", tmp_path).stdout.strip()
    done = subprocess.run(f"{command} -s -o /dev/null -w '%{{http_code}}'", shell=True, capture_output=True, check=True)
    assert done.stdout == b"400"


def test_credentials_are_not_in_it(proxy: Proxy, tmp_path: Path) -> None:
    request = Request("/predict", (("Content-Type", "image/png"), ("Authorization", "Bearer abcdefgh12345678")), PNG)
    command = export(proxy, request, "--as", "curl", "--out", tmp_path)
    assert command.exit_code == 0
    assert "uthorization" not in command.stdout
    given = export(proxy, request, "--as", "curl", "--out", tmp_path, "--header", "Authorization: Bearer mine")
    assert "Authorization: Bearer mine" in given.stdout


def test_as_a_pytest_that_fails_while_the_model_refuses(proxy: Proxy, model: str, tmp_path: Path) -> None:
    file = tmp_path / "test_recorded.py"
    file.write_text(export(proxy, raw(PNG, "image/png"), "--as", "pytest", "--out", tmp_path).stdout)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(file)],
        env={**os.environ, "MODEL_URL": model},
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert b"AssertionError: 400" in done.stdout


WITHOUT_BODY = {
    "accepted": ("facts", "forwarded", "only bodies of refused requests are ever kept"),
    "refused": ("facts", "refused", "`why400 serve --capture failed-bodies` keeps the next one"),
}


@pytest.mark.parametrize(("capture", "outcome", "said"), WITHOUT_BODY.values(), ids=WITHOUT_BODY)
def test_a_body_that_is_not_there_is_told(tmp_path: Path, capture: str, outcome: str, said: str) -> None:
    store = SqliteStore(tmp_path, Keep(), pytest.fail)
    store.add([kept(1, capture=capture, outcome=Outcome(outcome))])
    store.close()
    done = CliRunner().invoke(why400, ["export", an_id(1), "--data", str(tmp_path), "--as", "curl"])
    assert (done.exit_code, said in done.output) == (2, True), done.output
