"""What the tests of rules share: the real tables, and rules from a few lines."""

import re
from datetime import date
from functools import cache
from textwrap import indent

from why400.app.rules import rule_tables
from why400.rules.draft import Tables
from why400.rules.load import Loaded, load
from why400.rules.model import Route
from why400.rules.source import SourceFile

TODAY = date(2026, 11, 23)


@cache
def tables() -> Tables:
    return rule_tables()


def file(text: str | bytes, name: str = "rules.yaml") -> SourceFile:
    return SourceFile(name, text if isinstance(text, bytes) else text.encode())


def whole(lines: str) -> str:
    """A whole file around the lines of one route; a match and an image are added where there are none."""
    if lines.startswith(("why400:", "%", "---")):
        return lines
    head = "" if re.search("^match:", lines, re.MULTILINE) else "match: POST /predict\n"
    image = "" if re.search("^image:", lines, re.MULTILINE) else "image: body\n"
    return "why400: 1\nroutes:\n  predict:\n" + indent(f"{lines}\n{head}{image}", "    ")


def loaded(lines: str, **presets: str) -> Loaded:
    named = {name: file(text, f"presets/{name}.yaml") for name, text in presets.items()}
    return load([file(whole(lines))], tables(), named, today=TODAY)


def route(lines: str) -> Route:
    result = loaded(lines)
    assert result.ruleset is not None, result.problems
    return result.ruleset.routes[0]
