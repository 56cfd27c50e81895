"""`why400 suggest` on traffic that really went through a `serve`: the rules it writes, their numbers, their effect."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scenarios.kit import good_pictures, kit
from scenarios.processes import run_model, run_proxy
from scenarios.requests import form, png_form, raw, send
from why400.cli import why400
from why400.demo import samples as draw

GOOD = 12


def run(*words: object) -> Result:
    return CliRunner().invoke(why400, list(map(str, words)))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records of good uploads and bad ones: three with alpha, three gray, three GIFs, one cut off; and all of /crash."""
    folder = tmp_path_factory.mktemp("suggest")
    picture = kit().picture
    bad = [
        png_form(draw.png(draw.transparent(picture))),
        form(draw.jpeg(draw.gray(picture))),
        form(draw.encoded(draw.palette(picture), "GIF"), "image/gif"),
    ] * 3
    with run_model() as model, run_proxy(model, folder, "--sample", "1000/s") as proxy:
        for _, good in good_pictures(GOOD):
            assert send(proxy.url, form(good)).status == 200
        for one in [*bad, form(kit().jpeg[:900])]:
            assert send(proxy.url, one).status == 400
        for _ in range(3):
            assert send(proxy.url, raw(kit().jpeg, path="/crash")).status == 400
    return folder


def test_each_rule_has_its_numbers(data: Path) -> None:
    result = run("suggest", "--data", data, "--json")
    uploads, crashes = json.loads(result.stdout)
    assert (uploads["path"], uploads["refused"], uploads["accepted"]) == ("/upload", 10, GOOD)
    numbers = {rule["rule"]: (rule["require"], rule["explains"], rule["harms"]) for rule in uploads["rules"]}
    assert numbers == {"color": ("color: [rgb]", 9, 0), "whole": ("intact: structure", 1, 0)}
    assert (crashes["path"], crashes["rules"]) == ("/crash", [])
    assert "nothing is on record that was accepted" in result.stderr


def test_the_file_loads_and_does_what_it_says(data: Path, tmp_path: Path) -> None:
    out = tmp_path / "suggested.yaml"
    assert run("suggest", "--data", data, "--out", out).exit_code == 0
    assert run("check", out).exit_code == 0
    text = out.read_text()
    assert "# fixes 9 of 10 refusals on record; harms 0 of 12 accepted ones" in text
    assert "with less than 30 of them this says little" in text
    out.write_text(text.replace("mode: observe", "mode: enforce"))
    with run_model() as model, run_proxy(model, tmp_path / "data", "--rules", str(out)) as proxy:
        fixed = send(proxy.url, png_form(draw.png(draw.transparent(kit().picture))))
        good = send(proxy.url, form(kit().jpeg))
    assert (fixed.digit, fixed.headers["why400-outcome"]) == (kit().digit, "fixed")
    assert good.headers["why400-outcome"] == "forwarded"


def test_without_refusals_it_says_so(tmp_path: Path) -> None:
    with run_model() as model, run_proxy(model, tmp_path) as proxy:
        assert send(proxy.url, raw(kit().jpeg)).status == 200
    result = run("suggest", "--data", tmp_path)
    assert (result.exit_code, result.output) == (1, "no refused request is on record\n")
