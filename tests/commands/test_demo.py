"""The command `demo`: what it says before anything runs."""

import importlib.util

import pytest
from click.testing import CliRunner

from why400.commands.demo import command


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "waitress" else object())
    result = CliRunner().invoke(command, [])
    assert (result.exit_code, result.output) == (2, "why400 demo needs waitress: pip install 'why400[demo]'\n")


def test_another_mode_is_a_usage_error() -> None:
    assert CliRunner().invoke(command, ["--mode", "guess"]).exit_code == 2
