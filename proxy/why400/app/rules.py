"""Rules from files: what they can name, where presets are, and a look at whether anything has changed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from why400 import checks, fixes, locations
from why400.app.gate import failing
from why400.app.rule_files import read_presets, read_rules
from why400.app.tables import collect
from why400.rules.draft import Tables
from why400.rules.load import Loaded, load
from why400.rules.print import in_words
from why400.rules.show import show
from why400.serve import Reloaded
from why400.settings import Settings


def rule_tables() -> Tables:
    """What rules can name."""
    return Tables.of(collect(checks, "CHECK"), collect(fixes, "FIX"), collect(locations, "LOCATION"))


def presets_folder() -> Path:
    """Where the shipped presets are."""
    return Path(__file__).parent.parent / "presets"


def load_rules(settings: Settings) -> Loaded:
    """Read and resolve the rules that the settings name; none give the built-in route alone."""
    files = read_rules(settings.rules) if settings.rules is not None else ()
    presets = read_presets(settings.rules, presets_folder())
    return load(files, rule_tables(), presets, settings.mode, date.today())


def _content(path: Path) -> tuple[Any, ...]:
    """The bytes of all files that the rules come from, whatever links lead to them."""
    presets = read_presets(path, presets_folder())
    return read_rules(path), tuple(presets[name] for name in sorted(presets))


def reloader(settings: Settings) -> Callable[[], Reloaded | None]:
    """Reads and tests the rules again; None while their content is what it was."""
    if settings.rules is None:
        return lambda: None
    path = settings.rules
    last = [_content(path)]

    def reload() -> Reloaded | None:
        content = _content(path)
        if content == last[0]:
            return None
        last[0] = content
        loaded = load_rules(settings)
        failed = failing(loaded)
        if loaded.ruleset is None or failed:
            return Reloaded(None, "\n\n".join(words for words in (in_words(loaded), failed) if words))
        return Reloaded(loaded.ruleset, in_words(loaded), show(loaded))

    return reload
