"""docs/rules.md: its tutorial is run, and its second half is what the code says."""

import importlib.util
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from why400.cli import why400

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "rules.md").read_text()
FILES = {name: text for text, name in re.findall(r"```yaml\n(# (\S+\.yaml)\n.*?)```", TEXT, re.DOTALL)}
COMMANDS = re.findall(r"```console\n\$ why400 ([^\n]+)\n(.*?)\n```", TEXT, re.DOTALL)


@pytest.mark.parametrize(("command", "printed"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_the_tutorial_does_what_it_says(
    command: str, printed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in FILES.items():
        (tmp_path / name).write_text(content)
    monkeypatch.chdir(tmp_path)
    output = CliRunner().invoke(why400, command.split()).output
    assert re.sub(r"\(\d+ ms\)", "(… ms)", output).strip() == printed


def test_every_file_of_it_is_used() -> None:
    assert set(FILES) == {command.split()[-1] for command, _ in COMMANDS}


def test_the_reference_is_not_stale() -> None:
    spec = importlib.util.spec_from_file_location("rules_reference", ROOT / "tools" / "rules_reference.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.page(TEXT) == TEXT, "run make docs"
