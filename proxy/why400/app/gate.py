"""The gate to service: rules are read, and their inline tests run, in a process of their own.

What a test sends is as large as whoever writes it likes, and records wait for the parent. And a parent that has never
read YAML is 4 MB smaller for as long as it serves. The parent reads the files' bytes, though: what is tested and served
is what was there at one moment.
"""

import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from why400.app.rule_files import presets_folder, read_presets, read_rules
from why400.rules.model import RuleSet
from why400.rules.source import SourceFile
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


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of all files that rules come from, whatever links lead to them."""

    files: tuple[SourceFile, ...]
    presets: Mapping[str, SourceFile]


def read(settings: Settings) -> Read:
    """Read the rules that the settings name, none being the built-in route alone, and run their tests."""
    return _read(content_of(settings), settings)


def _read(content: Content, settings: Settings) -> Read:
    words = [sys.executable, "-m", "why400.app.reading"]
    given = pickle.dumps((content.files, dict(content.presets), settings.mode))
    try:
        done = subprocess.run(words, input=given, capture_output=True, timeout=LONGEST_SECONDS, check=False)
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
    last = [content_of(settings)]

    def reload() -> Reloaded | None:
        content = content_of(settings)
        if content == last[0] or content != content_of(settings):  # in the middle of a change: the next look sees it
            return None
        last[0] = content
        got = _read(content, settings)
        if got.rules is None or got.failed:
            return Reloaded(None, "\n\n".join(words for words in (got.problems, got.failed) if words))
        return Reloaded(got.rules, got.problems, got.shown)

    return reload


def content_of(settings: Settings) -> Content:
    """What is in the files that the settings name, and in all presets, just now."""
    files = read_rules(settings.rules) if settings.rules is not None else ()
    return Content(files, read_presets(settings.rules, presets_folder()))
