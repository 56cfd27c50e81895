"""`why400 replay`: traffic that really went through a `serve`, against rules that come later."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scenarios.kit import good_pictures, kit
from scenarios.processes import run_model, run_proxy
from scenarios.requests import form, png_form, send
from why400.cli import why400
from why400.demo import samples as draw

GOOD = 6
HEAD = "why400: 1\nroutes:\n  upload:\n    match: POST /upload\n    image: { part: file }\n    rules:\n"
COLOR = "      color: { require: { color: rgb }, fix: convert }\n"
WHOLE = "      whole: { require: { intact: structure } }\n"
TINY = "      size: { require: { body_size: { max: 100B } } }\n"
FORM = "      form: { require: { form: { parts: [file] } } }\n"


@pytest.fixture(scope="module", params=["facts", "failed-bodies"])
def data(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of six good uploads, two with alpha, one cut off."""
    folder = tmp_path_factory.mktemp("replay")
    flags = ("--sample", "1000/s", "--capture", request.param)
    with run_model() as model, run_proxy(model, folder, *flags) as proxy:
        for _, good in good_pictures(GOOD):
            assert send(proxy.url, form(good)).status == 200
        for one in [png_form(draw.png(draw.transparent(kit().picture)))] * 2 + [form(kit().jpeg[:900])]:
            assert send(proxy.url, one).status == 400
    return folder


def run(data: Path, rules: Path, *words: str) -> Result:
    return CliRunner().invoke(why400, ["replay", "--rules", str(rules), "--data", str(data), *words])


CASES = {
    "a fix": (COLOR, {"fix": 2, "forward": 1}, {"forward": GOOD}, 0),
    "a rejection": (WHOLE, {"reject": 1, "forward": 2}, {"cannot tell": GOOD}, 0),
    "good requests harmed": (TINY, {"reject": 3}, {"reject": GOOD}, 1),
}


@pytest.mark.parametrize(("rule", "refused", "accepted", "code"), CASES.values(), ids=CASES)
def test_counts(
    data: Path, tmp_path: Path, rule: str, refused: dict[str, int], accepted: dict[str, int], code: int
) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(HEAD + rule)
    result = run(data, rules, "--json")
    told = json.loads(result.stdout)
    assert (told["refused"], told["accepted"], result.exit_code) == (refused, accepted, code)
    assert len(told["harmed"]) == accepted.get("reject", 0)


def test_says_which_rule_lacks_which_evidence(data: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(HEAD + FORM)
    result = run(data, rules)
    assert "upload/form: lacks the evidence for" in result.output
    assert f"Of {GOOD} accepted ones sampled (they stand for {GOOD}): 0 harmed" in result.output


def test_nothing_to_replay_does_not_look_like_success(data: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text(HEAD + COLOR)
    assert "this says nothing of the rules" in run(data, rules, "--cause", "image.cmyk").stderr
    assert "this says nothing of the rules" not in run(data, rules).stderr


def test_rules_that_do_not_load_are_exit_code_2(data: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("why400: 1\nroutes: {}\nsurprise: yes\n")
    assert run(data, rules).exit_code == 2
