"""`why400 test`: exit codes, words and JSON."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from why400.commands import test as command

ROUTE = "why400: 1\nroutes:\n  a:\n    match: POST /a\n    image: body\n    rules: { c: { require: { color: rgb } } }\n"
GOOD = ROUTE + "    tests:\n      - { name: one, send: { image: {} }, expect: { outcome: forwarded } }\n"
FAILING = GOOD.replace("forwarded", "rejected")


def run(*args: object) -> Result:
    return CliRunner().invoke(command.command, [str(arg) for arg in args])


RUNS = {
    "all pass": (GOOD, 0, "1 test passed ("),
    "one fails": (FAILING, 1, "1 of 1 test failed ("),
    "none": (ROUTE, 1, "no tests: a test stands under tests: in a route"),
    "broken rules": (GOOD.replace("color", "colour"), 1, 'did you mean "color"?'),
    "a warning alone": (GOOD.replace("color: rgb", "width: { min: 1 }"), 0, "W401"),
}


@pytest.mark.parametrize(("text", "code", "words"), RUNS.values(), ids=RUNS)
def test_runs_a_file(tmp_path: Path, text: str, code: int, words: str) -> None:
    (tmp_path / "a.yaml").write_text(text)
    result = run(tmp_path / "a.yaml")
    assert (result.exit_code, words in result.output) == (code, True)


def test_a_missing_path_is_exit_2(tmp_path: Path) -> None:
    assert run(tmp_path / "none.yaml").exit_code == 2


def test_json_has_a_row_for_each_test(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(FAILING)
    result = run(tmp_path, "--json")
    assert json.loads(result.stdout) == [
        {
            "file": str(tmp_path / "a.yaml"),
            "line": 8,
            "route": "a",
            "name": "one",
            "passed": False,
            "differences": [{"what": "outcome", "want": "rejected", "got": "forwarded"}],
            "findings": [],
        }
    ]


def test_the_tests_of_a_preset_run_where_it_is_used(tmp_path: Path) -> None:
    (tmp_path / "presets").mkdir()
    (tmp_path / "presets" / "mine.yaml").write_text(GOOD)
    (tmp_path / "a.yaml").write_text("why400: 1\nuse: [mine]\n")
    assert "1 test passed" in run(tmp_path).output
