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


def layers() -> list[set[str]]:
    """The rooms as import-linter has them, the outermost first."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    rows = next(one["layers"] for one in contracts if one["type"] == "layers")
    return [set(re.findall(r"why400\.(\w+)", row)) for row in rows]


def test_the_tree_stands_in_the_order_of_imports() -> None:
    tree = section("6. The house").partition("proxy/why400/\n")[2].partition("\nrules/")[0]
    stands = [name.removesuffix(".py") for line in tree.splitlines() for name in re.findall(r"^  ([\w.]+)", line)]
    floors = {room: floor for floor, rooms in enumerate(layers()) for room in rooms}
    order = [floors[room] for room in stands if room in floors]
    assert order == sorted(order), [(room, floors[room]) for room in stands if room in floors]


def test_the_law_on_input_and_output_names_what_is_checked() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    pure = next(one["source_modules"] for one in contracts if "no I/O" in one["name"])
    law = section("7. Laws").partition("1. ")[2].partition(" do no I/O")[0]
    assert set(re.findall(r"`(\w+)`", law)) == {name.removeprefix("why400.") for name in pure}


ROOTS = (ROOT, PACKAGE, *(path for path in PACKAGE.iterdir() if path.is_dir()))


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:[a-z_]+/)*[a-z_0-9]+\.py|(?:[a-z_]+/)+)`", PAGE))))
def test_the_files_that_it_names_are_there(path: str) -> None:
    assert any((root / path).exists() for root in ROOTS) or path == "_name.py"


@pytest.mark.parametrize("page", sorted((ROOT / "docs").glob("*.md")), ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    there = [link for link in re.findall(r"\]\(([^)#:]+)[)#]", page.read_text()) if not (page.parent / link).exists()]
    assert there == []
