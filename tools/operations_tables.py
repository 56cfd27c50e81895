"""Write the tables of docs/operations.md: settings from the options of `serve`, metrics from `observe/families.py`."""

import re
from pathlib import Path

import click

from why400.commands import serve
from why400.observe.families import FAMILIES, Family

PAGE = Path(__file__).parents[1] / "docs" / "operations.md"


def settings() -> str:
    """One row an option of `why400 serve`."""
    options = [option for option in serve.command.params if isinstance(option, click.Option)]
    rows = [f"| `{option.opts[0]}` | `{option.envvar}` | {_default(option)} | {_words(option)} |" for option in options]
    return "\n".join(("| flag | environment | default | what |", "|---|---|---|---|", *rows, ""))


def metrics() -> str:
    """One row a metric."""
    rows = [f"| `{name_of(family)}` | {_labels(family)} | {family.kind} | {family.help} |" for family in FAMILIES]
    return "\n".join(("| metric | labels | kind | what |", "|---|---|---|---|", *rows, ""))


def name_of(family: Family) -> str:
    """Its name as it is scraped; that of a histogram without `_bucket`, `_sum`, `_count`."""
    return f"{family.name}_total" if family.kind == "counter" else family.name


def renewed(page: str) -> str:
    """The page with its tables as they are now."""
    return _with(_with(page, "settings", settings()), "metrics", metrics())


def _with(page: str, name: str, table: str) -> str:
    before, mark, rest = page.partition(f"<!-- {name} -->\n")
    return before + mark + table + rest[rest.index(f"<!-- /{name} -->") :]


def _default(option: click.Option) -> str:
    said = re.search(r"\[default: (.+?)\]", option.help or "")
    if option.required:
        return "required"
    if said:
        return said[1]
    return f"`{option.default}`" if option.show_default else "none"


def _words(option: click.Option) -> str:
    words = re.sub(r"\s*\[default: .+?\]", "", option.help or "")
    choices = option.type.choices if isinstance(option.type, click.Choice) else ()
    return " ".join(filter(None, (words, ", ".join(f"`{choice}`" for choice in choices)))).replace("|", "\\|")


def _labels(family: Family) -> str:
    return " ".join(f"`{label}`" for label in family.labels) or "none"


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text()))
