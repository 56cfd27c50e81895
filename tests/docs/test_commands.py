"""The commands that README and docs/ tell people to type: those that can be run are, all others are read to the end.

docs/rules.md has a test of its own; what needs containers is run by tests/container.
"""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from scenarios.processes import run_model
from why400.cli import why400
from why400.demo.digits import load
from why400.demo.files import write_samples

ROOT = Path(__file__).parents[2]
PAGES = ("README.md", "SECURITY.md", "docs/design.md", "docs/operations.md", "compose.yaml", "rules/start.yaml")
README = (ROOT / "README.md").read_text()
STANDS_FOR = {
    "ARGS…": "http://x",
    "PATH…": "rules",
    "PATH": "rules",
    "REQUEST…": "photo.jpg",
    "ID|CODE": "image.alpha",
    "ID|--before": "--before",
    "T|--all": "24h",
    "IMAGE…": "photo.jpg",
    "FOLDER": "data",
    "URL": "http://model:5000/",
    "…": "http://x",
}


def typed() -> Iterator[tuple[str, str]]:
    """Each command of ours on these pages: where it stands, and its words."""
    for page in PAGES:
        text = (ROOT / page).read_text().replace("\\\n", " ")
        for found in re.findall(r"(?m)`why400 ([a-z][^`\n]*)`|^(?:\$ |#?\s*)why400 ([a-z][^\n]*)$", text):
            words = next(filter(None, found)).replace("\\|", "|")
            words = re.split(r" {2,}", words.strip())[0]
            yield page, re.sub(r"^(\w+) \[?--rules PATH\]?$", r"\1 --rules rules", words)


COMMANDS = sorted(set(typed()))


@pytest.mark.parametrize(("page", "words"), COMMANDS, ids=[f"{page}: {words[:60]}" for page, words in COMMANDS])
def test_it_is_understood(page: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules").mkdir()
    for name in ("photo.jpg", "start.yaml", "rules/start.yaml"):
        (tmp_path / name).touch()
    name, *given = [STANDS_FOR.get(word, word) for word in shlex.split(words.replace("[", "").replace("]", ""))]
    command = why400.get_command(click.Context(why400), name)
    assert command is not None, name
    if name != "curl" and (given or not any(param.required for param in command.params)):
        command.make_context(name, given)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The demo's model, and a folder with its samples."""
    folder = tmp_path_factory.mktemp("readme")
    write_samples(load(), folder)
    (folder / "photo.jpg").write_bytes((folder / "good.jpg").read_bytes())
    with run_model() as model:
        yield model, folder


def said(words: str, folder: Path) -> tuple[int, str]:
    """Exit code and all that a command of ours prints."""
    command = [sys.executable, "-m", "why400", *shlex.split(words)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout + done.stderr


def test_the_refusal_that_the_readme_explains_is_explained_so(example: tuple[str, Path]) -> None:
    model, folder = example
    words, told = re.findall(r"```\n\$ why400 (curl [^\n]+)\n(.*?)```", README, re.DOTALL)[0]
    code, printed = said(words.replace("http://127.0.0.1:5000", model).replace("curl ", "curl -sS ", 1), folder)
    lines = [line.strip() for line in printed.replace(model, "http://127.0.0.1:5000").splitlines()]
    assert code == 1
    for line in filter(None, map(str.strip, told.splitlines())):
        wanted = ".*".join(re.escape(part) for part in line.split("…"))
        assert any(re.fullmatch(wanted, one.replace(" -sS ", " ")) for one in lines), (line, printed)


@pytest.mark.parametrize("words", re.findall(r"(?m)^why400 ((?:check|try) [^#\n]*)", README))
def test_what_the_readme_runs_on_rules_ends_well(example: tuple[str, Path], words: str) -> None:
    code, printed = said(words.replace("rules/start.yaml", str(ROOT / "rules" / "start.yaml")), example[1])
    assert code == 0, printed


def test_what_the_readme_has_written_by_probe_is_served(example: tuple[str, Path]) -> None:
    model, folder = example
    [words] = re.findall(r"(?m)^why400 (probe [^#\n]*)", README)
    (folder / "rules").mkdir()
    code, printed = said(f"{words.replace('http://model:5000', model)} --rate 500", folder)
    assert code == 0, printed
    assert said("test rules/mine.yaml", folder)[0] == 0
