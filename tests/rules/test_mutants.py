"""Shipped rules with one word changed: each is told on its line, or means something else, or the same in other words."""

import re
from pathlib import Path

import pytest

from rules.kit import file, tables
from why400.rules.load import Loaded, load

ROOT = Path(__file__).parents[2] / "rules"
SHIPPED = [path for path in sorted(ROOT.rglob("*.yaml")) if path.parent.name != "presets"]
WORDS = "why400|routes|match|mode|image|rules|require|fix|status|why|message|tests|max|min|part|json|as|body|convert|background"
KEY = re.compile(rf"(?<![\w-])({WORDS}|[a-z]+_[a-z]+|format|color|orientation|intact|width|height): ")
DEFAULT = "mode: observe"
VALUE = re.compile(r"(?<=[:\[,] )[a-z$/][\w./$-]*")


def code_of(line: str) -> str:
    return re.split(r"(?:^|\s)#", line)[0]


def mutants(path: Path, pattern: re.Pattern[str], change: str) -> list[tuple[int, str]]:
    lines = path.read_text().split("\n")
    made = []
    for number, line in enumerate(lines):
        for match in pattern.finditer(code_of(line)):
            mutant = (
                line[: match.end(1) if match.re.groups else match.end()]
                + change
                + line[match.end(1) if match.re.groups else match.end() :]
            )
            made.append((number + 1, "\n".join([*lines[:number], mutant, *lines[number + 1 :]])))
    return made


def read(text: str) -> Loaded:
    return load([file(text)], tables())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_misspelled_key_is_told_on_its_line(path: Path) -> None:
    made = mutants(path, KEY, "q")
    missed = [line for line, text in made if line not in {problem.at.line for problem in read(text).problems}]
    assert len(made) > 20
    assert missed == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_changed_value_is_told_on_its_line_or_means_something_else(path: Path) -> None:
    original = read(path.read_text()).ruleset
    assert original is not None
    missed = []
    for line, text in mutants(path, VALUE, "q"):
        result = read(text)
        changed = result.ruleset is not None and result.ruleset.routes != original.routes
        if not changed and line not in {problem.at.line for problem in result.problems}:
            missed.append(text.split("\n")[line - 1])
    assert missed == []


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_line_twice_or_gone_is_told_or_means_something_else(path: Path) -> None:
    original = read(path.read_text()).ruleset
    assert original is not None
    lines = path.read_text().split("\n")
    for number, line in enumerate(lines):
        if code_of(line).strip() not in ("", DEFAULT):
            for text in ([*lines[:number], line, *lines[number:]], [*lines[:number], *lines[number + 1 :]]):
                result = read("\n".join(text))
                assert result.problems or (result.ruleset and result.ruleset.routes != original.routes), (
                    number + 1,
                    line,
                )
