"""The gate to service: rules are read, and their inline tests run, in a process of their own.

What a test sends is as large as whoever writes it likes, and records wait for the parent. And a parent that has never
read YAML is 4 MB smaller for as long as it serves.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from why400.app.rule_files import presets_folder, read_presets, read_rules
from why400.rules.model import RuleSet
from why400.serve import Reloaded
from why400.settings import Settings

LONGEST_SECONDS = 60.0
"""All of it, tests included."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of reading: the rules (None where there is an error), every problem and failed test in words, and the
    rules as they hold, line by line."""

    rules: RuleSet | None
    problems: str = ""
    failed: str = ""
    shown: str = ""


def read(settings: Settings) -> Read:
    """Read the rules that the settings name, none being the built-in route alone, and run their tests."""
    words = [sys.executable, "-m", "why400.app.reading", settings.mode.value]
    words += [str(settings.rules)] if settings.rules is not None else []
    try:
        done = subprocess.run(words, capture_output=True, timeout=LONGEST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return Read(None, failed=f"reading the rules and running their tests took longer than {LONGEST_SECONDS:g} s")
    if done.returncode != 0:
        last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        return Read(None, failed=f"the rules could not be read and tested: {last or f'exit {done.returncode}'}")
    return cast(Read, pickle.loads(done.stdout))


def reloader(settings: Settings) -> Callable[[], Reloaded | None]:
    """Reads and tests the rules again; None while their content is what it was."""
    if settings.rules is None:
        return lambda: None
    last = [_content(settings)]

    def reload() -> Reloaded | None:
        content = _content(settings)
        if content == last[0]:
            return None
        last[0] = content
        got = read(settings)
        if got.rules is None or got.failed:
            return Reloaded(None, "\n\n".join(words for words in (got.problems, got.failed) if words))
        return Reloaded(got.rules, got.problems, got.shown)

    return reload


def _content(settings: Settings) -> tuple[Any, ...]:
    """The bytes of all files that the rules come from, whatever links lead to them."""
    assert settings.rules is not None
    presets = read_presets(settings.rules, presets_folder())
    return read_rules(settings.rules), tuple(presets[name] for name in sorted(presets))
