"""Inline tests as the gate to service: at start and at reload."""

from dataclasses import replace
from pathlib import Path

import pytest

from rules.kit import loaded
from why400.app import gate
from why400.app.gate import failing
from why400.app.rules import reloader
from why400.settings import Settings, parse_upstream

ROUTE = "rules: { c: { require: { color: rgb } } }\n"
TEST = "tests:\n  - { name: one, send: { image: {} }, expect: { outcome: %s } }\n"


def test_rules_whose_tests_pass_are_let_through() -> None:
    assert failing(loaded(ROUTE + TEST % "forwarded")) == ""


def test_a_failing_test_is_told() -> None:
    assert failing(loaded(ROUTE + TEST % "rejected")).startswith("rules.yaml:6:17: predict: one\n")


def test_without_tests_no_process_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "subprocess", None)
    assert failing(loaded(ROUTE)) == ""
    assert failing(replace(loaded(ROUTE + TEST % "rejected"), ruleset=None)) == ""


def test_tests_that_take_too_long_are_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LONGEST_SECONDS", 0.01)
    assert failing(loaded(ROUTE + TEST % "forwarded")) == "the rules' tests took longer than 0.01 s"


def test_a_reload_keeps_what_was_good(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    head = (
        "why400: 1\nroutes:\n  a:\n    match: POST /a\n    image: body\n    rules: { c: { require: { color: rgb } } }\n"
    )
    test = "    tests: [{ name: one, send: { image: {} }, expect: { outcome: %s } }]\n"
    path.write_text(head + test % "forwarded")
    reload = reloader(Settings(parse_upstream("http://model"), rules=path))
    assert reload() is None
    path.write_text(head + test % "rejected")
    failed = reload()
    assert failed is not None
    assert (failed.rules, "outcome  rejected  forwarded" in failed.problems) == (None, True)
    path.write_text(head.replace("rgb", "gray") + test % "rejected")
    good = reload()
    assert good is not None
    assert (good.rules is not None, good.problems) == (True, "")


def test_a_kill_switch_is_taken_though_rules_are_tested(tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    text = "why400: 1\nroutes:\n  a:\n    match: POST /a\n    mode: enforce\n    image: body\n"
    text += "    rules: { c: { require: { color: rgb } } }\n"
    text += "    tests: [{ name: one, send: { image: { color: gray } }, expect: { outcome: rejected } }]\n"
    path.write_text(text)
    reload = reloader(Settings(parse_upstream("http://model"), rules=path))
    path.write_text(text.replace("why400: 1", "why400: 1\nmode: disabled"))
    taken = reload()
    assert taken is not None
    assert taken.rules is not None
