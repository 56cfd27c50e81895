"""Rules as they come to be served: read, and their inline tests run, in a process of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

from why400.app import gate
from why400.app.gate import reloader
from why400.exchange import Mode
from why400.settings import Settings, parse_upstream

RULES = """why400: 1
routes:
  predict:
    match: POST /predict
    image: body
    rules: { c: { require: { color: rgb } } }
"""
TEST = "    tests:\n      - { name: one, send: { image: {} }, expect: { outcome: %s } }\n"


def read(folder: Path, text: str | None, mode: Mode = Mode.ENFORCE) -> gate.Read:
    path = None if text is None else folder / "rules.yaml"
    if path is not None:
        path.write_text(text or "")
    return gate.read(Settings(parse_upstream("http://model"), rules=path, mode=mode))


def test_rules_whose_tests_pass_are_let_through(tmp_path: Path) -> None:
    got = read(tmp_path, RULES + TEST % "forwarded")
    assert (got.problems, got.failed) == ("", "")
    assert got.rules is not None
    assert [route.id for route in got.rules.routes] == ["predict", "health"]
    assert "color: rgb" in got.shown


def test_no_rules_are_the_built_in_route(tmp_path: Path) -> None:
    got = read(tmp_path, None)
    assert got.rules is not None
    assert [route.id for route in got.rules.routes] == ["health"]


def test_a_failing_test_is_told(tmp_path: Path) -> None:
    assert ":8:17: predict: one\n" in read(tmp_path, RULES + TEST % "rejected").failed


def test_a_mistake_is_told_and_nothing_is_tested(tmp_path: Path) -> None:
    got = read(tmp_path, RULES.replace("rgb", "rbg") + TEST % "rejected")
    assert (got.rules, got.failed) == (None, "")
    assert "rgb" in got.problems


def test_the_cap_holds(tmp_path: Path) -> None:
    got = read(tmp_path, RULES.replace("    image", "    mode: enforce\n    image"), Mode.DISABLED)
    assert got.rules is not None
    assert got.rules.routes[0].mode is Mode.DISABLED


def test_tests_that_take_too_long_are_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(gate, "LONGEST_SECONDS", 0.01)
    told = "reading the rules and running their tests took longer than 0.01 s"
    assert read(tmp_path, RULES + TEST % "forwarded").failed == told


def test_a_reader_that_dies_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert read(tmp_path, RULES).failed == "the rules could not be read and tested: exit 1"


def test_the_parent_reads_no_yaml_and_carries_no_traffic() -> None:
    """Whatever it imports it holds for as long as it serves."""
    words = "import sys, why400.commands.serve; print(*sorted(sys.modules))"
    loaded = set(
        subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True).stdout.split()
    )
    heavy = {
        "yaml",
        "jinja2",
        "uvloop",
        "PIL",
        "why400.wire.conduct",
        "why400.rules.load",
        "why400.probe",
        "why400.diagnose.judge",
    }
    assert heavy & loaded == set()


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
