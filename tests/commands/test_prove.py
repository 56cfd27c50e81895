"""`why400 prove` against the real demo model through a running `serve`: each mistake of the scenarios, proven."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scenarios.kit import kit
from scenarios.processes import Proxy, run_model, run_proxy, run_ruled
from scenarios.requests import Answer, Request, form, raw, send
from scenarios.table import MISTAKES, Scenario
from scenarios.tap import Tap, tapped
from why400.app.proving import turn
from why400.cli import why400
from why400.demo import samples as draw

RULES = """why400: 1
routes:
  consenting:
    match: [POST /predict, POST /upload, POST /predict-json, POST /fussy]
    repeatable: { requests: 40, rate: 1000/s }
  silent:
    match: POST /crash
"""
UNKEPT = "over a limit that says 413"
"""Its body is larger than what is kept of one that streams."""

NO_CURE = "empty part"
"""There is nothing to put a change on."""


@pytest.fixture(scope="module")
def tap() -> Iterator[Tap]:
    with run_model() as url, tapped(url) as between:
        yield between


@pytest.fixture(scope="module")
def proxy(tap: Tap, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with run_ruled(tap.url, tmp_path_factory.mktemp("prove"), RULES) as running:
        yield running


def prove(proxy: Proxy, answer: Answer, *words: str) -> Result:
    """The command for the record of an answer."""
    return CliRunner().invoke(why400, ["prove", answer.headers["why400-id"], "--data", str(proxy.data), *words])


PROVABLE = [one for one in MISTAKES if one.name not in (UNKEPT, NO_CURE)]


@pytest.mark.parametrize("scenario", PROVABLE, ids=lambda scenario: scenario.name)
def test_proves_what_was_broken(proxy: Proxy, scenario: Scenario, tmp_path: Path) -> None:
    answer = send(proxy.url, scenario.build(kit()))
    result = prove(proxy, answer, "--send", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 0, told
    assert told["proven"][0]["cause"] in scenario.causes
    assert (told["refused"], told["accepted"]) == (scenario.status, 200)
    assert told["requests"] <= 15

    line = proxy.record(answer.headers["why400-id"])["diagnosis"][0]
    assert (line["cause"] in scenario.causes, line["certainty"], line["source"]) == (True, "proven", "counterfactual")

    rules = tmp_path / "proven.yaml"
    rules.write_text(told["rules"])
    checked = CliRunner().invoke(why400, ["check", str(rules)])
    assert checked.exit_code == 0, checked.output
    if "tests:" in told["rules"]:
        assert CliRunner().invoke(why400, ["test", str(rules)]).exit_code == 0


def test_proves_two_mistakes_at_once(proxy: Proxy) -> None:
    answer = send(proxy.url, form(draw.png(draw.transparent(kit().picture)), "image/png", part="image"))
    told = json.loads(prove(proxy, answer, "--send", "--json").stdout)
    assert {one["cause"] for one in told["proven"]} == {"image.alpha", "multipart.part-name"}
    assert told["accepted"] == 200


def test_proves_that_an_accepted_photo_was_misread(proxy: Proxy, tmp_path: Path) -> None:
    """The model does not read EXIF: upright it answers with the right digit, and the record says so."""
    answer = send(proxy.url, raw(draw.phone_jpeg(kit().picture)))
    assert (answer.status, answer.digit == kit().digit) == (200, False)
    proxy.record(answer.headers["why400-id"], patience=5)
    shown = prove(proxy, answer)
    assert "is the answer another?" in shown.output
    assert "turn its pixels as its EXIF says" in shown.output
    told = json.loads(prove(proxy, answer, "--send", "--json").stdout)
    assert [one["cause"] for one in told["proven"]] == ["silent.exif-rotation"]
    assert told["requests"] == 4
    record = proxy.record(answer.headers["why400-id"])
    line = record["diagnosis"][0]
    assert (line["cause"], line["certainty"]) == ("silent.exif-rotation", "proven")
    assert "and another answer" in line["evidence"][0]
    rules = tmp_path / "proven.yaml"
    rules.write_text(told["rules"])
    assert CliRunner().invoke(why400, ["check", str(rules)]).exit_code == 0
    assert "outcome: fixed, rules: [upright]" in told["rules"]
    assert CliRunner().invoke(why400, ["test", str(rules)]).exit_code == 0


def test_the_record_keeps_the_proof(proxy: Proxy) -> None:
    answer = send(proxy.url, raw(draw.png(draw.transparent(kit().picture)), "image/png"))
    told = json.loads(prove(proxy, answer, "--send", "--json").stdout)
    proof = proxy.record(answer.headers["why400-id"])["proof"]
    assert proof["rules"] == told["rules"]
    assert [status for _, status in proof["requests"]][-2:] == [200, 400]
    assert len(proof["requests"]) == told["requests"]


def test_one_proof_at_a_time(proxy: Proxy) -> None:
    answer = send(proxy.url, raw(draw.png(draw.transparent(kit().picture)), "image/png"))
    with turn(proxy.data):
        result = prove(proxy, answer, "--send")
    assert (result.exit_code, "another proof is being made" in result.output) == (2, True)


def test_shows_the_experiments_and_sends_nothing(proxy: Proxy, tap: Tap) -> None:
    answer = send(proxy.url, raw(draw.png(draw.transparent(kit().picture)), "image/png"))
    before = len(tap.came)
    result = prove(proxy, answer)
    assert result.exit_code == 0
    for words in ("make it RGB", "image.alpha", "Nothing was sent", "at most 40 of them"):
        assert words in result.output
    assert len(tap.came) == before
    assert "counterfactual" not in json.dumps(proxy.record(answer.headers["why400-id"]))


def bare(path: str, **headers: str) -> Request:
    """A good picture to any path."""
    fields = {"Content-Type": "image/png", **{name.replace("_", "-"): value for name, value in headers.items()}}
    return Request(path, tuple(fields.items()), draw.png(kit().picture))


REFUSED = {
    "no consent": (bare("/crash"), (), 2, "the route silent in the rules has to consent: repeatable:"),
    "a credential": (bare("/predict", Authorization="Bearer abcdefgh12345678"), (), 2, "none is invented"),
    "a server's own fault": (bare("/fussy"), (), 1, "none of the changes was accepted"),
    "accepted": (raw(kit().jpeg), (), 2, "it was forwarded, not refused"),
}


@pytest.mark.parametrize(("request_", "words", "code", "said"), REFUSED.values(), ids=REFUSED)
def test_says_what_cannot_be_proven(
    proxy: Proxy, request_: Request, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = send(proxy.url, request_)
    proxy.record(answer.headers["why400-id"], patience=5)
    result = prove(proxy, answer, "--send", *words)
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_a_credential_can_be_given(proxy: Proxy, tap: Tap) -> None:
    answer = send(proxy.url, bare("/predict", Authorization="Bearer abcdefgh12345678"))
    result = prove(proxy, answer, "--send", "--header", "Authorization: Bearer mine")
    assert result.exit_code == 0, result.output
    assert "Proven: image.format-mismatch" in result.output
    assert "Bearer" not in json.dumps(proxy.record(answer.headers["why400-id"]))


def test_needs_a_running_serve(proxy: Proxy, tmp_path: Path) -> None:
    with run_model() as url:
        with run_proxy(url, tmp_path, "--capture", "failed-bodies") as other:
            answer = send(other.url, bare("/predict"))
        result = prove(other, answer, "--send")
    assert (result.exit_code, "has to run on this data folder" in result.output) == (2, True), result.output
