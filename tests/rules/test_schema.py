import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from rules.kit import tables, whole
from rules.test_mistakes import MISTAKES
from rules.validate import valid
from why400.commands.schema import command
from why400.rules.schema import schema

SHIPPED = [path for path in (Path(__file__).parents[2] / "rules").rglob("*.yaml") if path.parent.name != "presets"]
# What a schema cannot see: positions, presets, order, what the route's other lines say, and YAML's own traps.
UNSEEN = {
    *(f"E{number}" for number in (*range(101, 112), 301, *range(303, 312), *range(313, 317), *range(318, 325))),
} - {"E306"}
SEEN = [row for row in MISTAKES if row[3] not in UNSEEN]


@cache
def ours() -> dict[str, Any]:
    return schema(tables())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_rules_are_valid(path: Path) -> None:
    assert valid(yaml.safe_load(path.read_text()), ours())


@pytest.mark.parametrize("lines", [row[1] for row in SEEN], ids=[row[0] for row in SEEN])
def test_mistakes_are_not_valid(lines: str) -> None:
    assert not valid(yaml.safe_load(whole(lines)), ours())


def test_every_check_and_fix_is_in_it() -> None:
    rule = ours()["properties"]["routes"]["additionalProperties"]["anyOf"][0]["properties"]["rules"]
    keys = rule["additionalProperties"]["anyOf"][0]["properties"]
    assert set(keys["require"]["properties"]) == set(tables().checks)
    assert set(keys["fix"]["anyOf"][0]["enum"]) == set(tables().fixes)


def test_the_command_prints_it() -> None:
    printed = json.loads(CliRunner().invoke(command).output)
    assert printed["title"] == ours()["title"]
    assert "cog" in printed["properties"]["use"]["items"]["anyOf"][0]["enum"]
    route = printed["properties"]["routes"]["additionalProperties"]["anyOf"][0]["properties"]
    assert route["use"]["items"]["anyOf"][0]["enum"] == ["rgb-image", "rgb-jpeg"]
    assert all(valid({"why400": 1, "use": [name]}, printed) for name in ("cog", "mine"))
