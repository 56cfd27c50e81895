"""docs/operations.md tells of what is there: no more, no less."""

import importlib.util
import re
from pathlib import Path

import pytest
import yaml

from why400 import limits

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "operations.md").read_text()


def test_its_tables_are_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("operations_tables", ROOT / "tools" / "operations_tables.py")
    assert spec
    assert spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert tool.renewed(PAGE) == PAGE, "run: make docs"
    assert "`WHY400_UPSTREAM`" in PAGE
    assert "`why400_exchanges_total`" in PAGE


def test_each_alert_has_its_advice() -> None:
    groups = yaml.safe_load((ROOT / "deploy" / "alerts.yml").read_text())["groups"]
    there = {rule["alert"] for group in groups for rule in group["rules"]}
    advised = re.findall(r"`(Why400\w+)`", PAGE.partition("## Alerts")[2].partition("## ")[0])
    assert (set(advised), len(advised)) == (there, len(there))


@pytest.mark.parametrize(
    ("limit", "what"),
    [
        (limits.EVIDENCE_BUDGET, "of evidence"),
        (limits.HOLD_BUDGET, "of bodies held for rules"),
        (limits.DECODE_MEMORY, "of address space for a\ndecode worker"),
    ],
)
def test_the_memory_that_it_counts_is_what_the_limits_say(limit: int, what: str) -> None:
    assert f"{limit >> 20} MiB {what}" in PAGE


@pytest.mark.parametrize("link", re.findall(r"\]\(([^)#]+)", PAGE))
def test_its_links_lead_somewhere(link: str) -> None:
    assert (ROOT / "docs" / link).exists()


@pytest.mark.parametrize("words", sorted(set(re.findall(r"`why400 (\w+)", PAGE))))
def test_the_commands_that_it_names_are_there(words: str) -> None:
    assert (ROOT / "proxy" / "why400" / "commands" / f"{words}.py").exists()
