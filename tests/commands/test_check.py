import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from why400.commands import check, explain, show

GOOD = "why400: 1\nroutes:\n  a: { match: POST /a, image: body, rules: { c: { require: { color: rgb } } } }\n"
BAD = GOOD.replace("color", "colour")
PRESET = "why400: 1\nrules:\n  c: { require: { color: gray } }\n"
USING = "why400: 1\nroutes:\n  a: { match: POST /a, image: body, use: [mine] }\n"


def run(*args: object) -> Result:
    return CliRunner().invoke(check.command, [str(arg) for arg in args])


def write(folder: Path, **texts: str) -> Path:
    for name, text in texts.items():
        path = folder / f"{name.replace('__', '/')}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


# Files, the exit code, what is printed.
FOLDERS = {
    "clean": ({"a": GOOD}, 0, "no problems in 1 file"),
    "empty": ({}, 0, "no problems in 0 files"),
    "one error": ({"a": BAD}, 1, "1 error in 1 file"),
    "a warning alone": ({"a": GOOD.replace("color: rgb", "width: { min: 1 }")}, 0, "1 warning in 1 file"),
    "own preset": ({"a": USING, "presets__mine": PRESET}, 0, "no problems in 2 files"),
    "preset that none uses": ({"a": GOOD, "presets__mine": PRESET.replace("gray", "grey")}, 1, 'did you mean "gray"?'),
    "deeper": ({"b__c": BAD}, 1, "b/c.yaml:3:"),
    "a preset is not loaded by itself": ({"presets__mine": PRESET}, 0, "no problems in 1 file"),
}


@pytest.mark.parametrize(("files", "code", "words"), FOLDERS.values(), ids=FOLDERS)
def test_checks_a_folder(tmp_path: Path, files: dict[str, str], code: int, words: str) -> None:
    result = run(write(tmp_path, **files))
    assert result.exit_code == code
    assert words in result.output


def test_a_missing_path_is_exit_2(tmp_path: Path) -> None:
    result = run(tmp_path / "none.yaml")
    assert result.exit_code == 2
    assert "does not exist" in result.output


def test_no_path_is_exit_2() -> None:
    assert run().exit_code == 2


def test_json_is_json_and_nothing_else(tmp_path: Path) -> None:
    result = run(write(tmp_path, a=BAD), "--json")
    assert [row["code"] for row in json.loads(result.output)] == ["E302"]


def test_a_mounted_config_map_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, **{"..2026_11_23__a": GOOD})
    (tmp_path / "..data").symlink_to("..2026_11_23")
    (tmp_path / "a.yaml").symlink_to("..data/a.yaml")
    assert run(tmp_path).output == "no problems in 1 file\n"


def test_several_paths_are_several_rule_sets(tmp_path: Path) -> None:
    write(tmp_path, a=GOOD, b=GOOD)
    assert run(tmp_path / "a.yaml", tmp_path / "b.yaml").exit_code == 0
    assert run(tmp_path).exit_code == 1


def test_a_preset_can_be_checked_by_its_path(tmp_path: Path) -> None:
    write(tmp_path, presets__mine=PRESET)
    assert run(tmp_path / "presets" / "mine.yaml").exit_code == 0


def test_no_file_but_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").symlink_to("/dev/null")
    result = run(tmp_path)
    assert (result.exit_code, "it is no file" in result.output) == (1, True)


def test_show_prints_the_resolved_rules(tmp_path: Path) -> None:
    write(tmp_path, a=USING, presets__mine=PRESET)
    result = CliRunner().invoke(show.command, [str(tmp_path)])
    assert result.exit_code == 0
    assert f"require: {{ color: gray }} }} # {tmp_path}/presets/mine.yaml:3" in " ".join(result.output.split())


def test_a_shipped_preset_has_one_name_wherever_it_is_installed(tmp_path: Path) -> None:
    result = CliRunner().invoke(show.command, [str(write(tmp_path, a="why400: 1\nuse: [raw-body]\n"))])
    assert "# why400/presets/raw-body.yaml:8" in result.output


def test_an_own_preset_goes_before_the_shipped_one_of_its_name(tmp_path: Path) -> None:
    own = "why400: 1\nroutes:\n  mine: { match: POST /mine }\n"
    write(tmp_path, **{"a": "why400: 1\nuse: [raw-body]\n", "presets__raw-body": own})
    assert "mine:" in CliRunner().invoke(show.command, [str(tmp_path)]).output


def test_show_of_broken_rules_tells_what_is_wrong(tmp_path: Path) -> None:
    result = CliRunner().invoke(show.command, [str(write(tmp_path, a=BAD))])
    assert (result.exit_code, "E302" in result.output) == (1, True)


def test_explain_tells_what_a_code_means() -> None:
    result = CliRunner().invoke(explain.command, ["E304"])
    assert result.exit_code == 0
    assert result.output.startswith("E304: A fix that does not serve this check.")
    assert "Right:\n  rules:" in result.output
