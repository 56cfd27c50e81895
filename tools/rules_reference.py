"""The second half of docs/rules.md, from the manuals of checks, fixes and codes: `make docs` writes it anew.

What a person wrote stands above the mark, what is generated below it.
"""

from pathlib import Path

from why400.app.rules import rule_tables
from why400.rules.codes import CODES
from why400.shapes.shape import Shape

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rules.md"
_USING = """\
Each is a file that can be read, with its own tests. A file's `use: [cog]` brings a preset's routes, a route's
`use: [rgb-image]` its rules. As all routes do they observe until they are told to enforce: name the route in your own
file, `cog: { mode: enforce }`, and say there what is otherwise on your server. Those named after a server ask only what
holds for every such server; what a model takes of pictures is added by `use: [rgb-image]` or rules of your own.
`make test-upstreams ALL=1` runs each before the server that it was tried on: good requests pass untouched, and mistakes
that the server refuses are mended, or rejected with their cause."""
MARK = "<!-- From here on this page is generated from the code: run `make docs` to renew it. -->"


def reference() -> str:
    """All that is generated, as Markdown."""
    tables = rule_tables()
    parts = ["## Checks", "Each is asked for under `require:` of a rule."]
    parts += [
        _entry(name, check.manual, check.shape, f"Finds {_codes(check.causes)}.")
        for name, check in sorted(tables.checks.items())
    ]
    parts += ["## Fixes", "Each stands under `fix:` of a rule, beside a check that it serves."]
    parts += [
        _entry(name, fix.manual, fix.options, f"Serves {_codes(fix.serves)}.")
        for name, fix in sorted(tables.fixes.items())
    ]
    parts += ["## Presets", _presets(), "## Codes", "`why400 explain E302` tells each with an example.", _codes_table()]
    return "\n\n".join(parts) + "\n"


def _entry(name: str, manual: str, shape: Shape, ending: str) -> str:
    wants = f"Takes {shape.words()}. " if shape.words() != "no options" else ""
    return f"### {name}\n\n{manual.strip()}\n\n{wants}{ending}"


def _codes(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _presets() -> str:
    rows = ["| preset | what it is for | tried |", "| --- | --- | --- |"]
    for path in sorted((ROOT / "rules" / "presets").glob("*.yaml")):
        purpose, tried = told_of(path)
        rows.append(f"| [`{path.stem}`](../rules/presets/{path.name}) | {purpose} | {tried} |")
    return f"{_USING}\n\n" + "\n".join(rows)


def told_of(path: Path) -> tuple[str, str]:
    """What a preset's head says that it is for (its first line), and what it was tried on (from there to the end)."""
    lines = [line.removeprefix("# ") for line in path.read_text().split("\n") if line.startswith("#")]
    tried = ("Tried on ", "Tried in ", "Not tried")
    at = next((index for index, line in enumerate(lines) if line.startswith(tried)), len(lines))
    return lines[0].replace("|", "\\|"), " ".join(lines[at:]).replace("|", "\\|")


def _codes_table() -> str:
    rows = ["| code | what it is | why it is a problem |", "| --- | --- | --- |"]
    return "\n".join([*rows, *(f"| `{code.code}` | {code.what} | {code.why} |" for code in CODES.values())])


def page(text: str) -> str:
    """The page with its second half renewed."""
    return f"{text.partition(MARK)[0]}{MARK}\n\n{reference()}"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
