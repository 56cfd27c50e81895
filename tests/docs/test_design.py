"""docs/design.md names what is there: no more, no less."""

import importlib.util
import re
import tomllib
from pathlib import Path

import click
import pytest

from why400 import checks, fixes, limits
from why400.app.tables import collect
from why400.cli import why400
from why400.commands import serve

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "design.md").read_text()
PACKAGE = ROOT / "proxy" / "why400"


def section(title: str) -> str:
    """The text under a heading, up to the next of its level."""
    found = re.search(rf"^(#+) {re.escape(title)}.*?\n(.*?)(?=^\1 |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, f"docs/design.md has no section {title!r}"
    return found[2]


def first_cells(title: str, pattern: str) -> set[str]:
    """What the first cells of a section's table say."""
    rows = [line.partition(" | ")[0] for line in section(title).splitlines() if line.startswith("| ")]
    return {name for cell in rows for name in re.findall(pattern, cell)}


def bullet(name: str) -> set[str]:
    """The names of one list of the rule language."""
    found = re.search(rf"^- \*\*{name}:\*\*((?:.*\n)(?:  .*\n)*)", PAGE, re.MULTILINE)
    assert found
    return set(re.findall(r"`(\w+)`", found[1]))


def rooms() -> set[str]:
    """The modules and packages of the tree, directly under `proxy/why400/`."""
    tree = section("6. The house").partition("proxy/why400/\n")[2].partition("\nrules/")[0]
    return {name for line in tree.splitlines() for name in re.findall(r"^  ([\w.]+)", line)}


def test_the_commands() -> None:
    listed = why400.list_commands(click.Context(why400))
    assert first_cells("Commands", r"`why400 (\w+)") == set(listed)


def test_the_settings() -> None:
    flags = {option.opts[0] for option in serve.command.params}
    assert first_cells("Settings", r"`(--[\w-]+)`") == flags


def test_the_rooms() -> None:
    there = {path.name for path in PACKAGE.iterdir() if path.suffix == ".py" or any(path.glob("[!_]*"))}
    there = {name for name in there if not name.startswith("_")}
    assert rooms() == there


@pytest.mark.parametrize(
    ("name", "table"), [("Checks", collect(checks, "CHECK")), ("Fixes", collect(fixes, "FIX"))], ids=["checks", "fixes"]
)
def test_the_words_of_rules(name: str, table: tuple[object, ...]) -> None:
    assert bullet(name) == {row.name for row in table}  # type: ignore[attr-defined]


def test_the_dependencies() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    needed = {re.match(r"[\w.-]+", line)[0] for line in project["dependencies"]}  # type: ignore[index]
    assert first_cells("9. Dependencies", r"`([\w.-]+)`") == needed


def test_the_limits() -> None:
    spec = importlib.util.spec_from_file_location("limits_table", ROOT / "tools" / "limits_table.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert set(tool.documented()) == {name for name in vars(limits) if name.isupper()}
    assert tool.renewed(PAGE) == PAGE, "run: make docs"
