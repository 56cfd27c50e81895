"""Rules from files, and what they can name."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from why400 import causes, checks, fixes, locations
from why400.app.rule_files import presets_folder, read_presets, read_rules
from why400.app.tables import collect
from why400.exchange import Mode
from why400.rules.draft import Tables
from why400.rules.load import Loaded, load
from why400.rules.source import SourceFile


def rule_tables() -> Tables:
    """What rules can name."""
    codes = (cause.code for rows in collect(causes, "CAUSES") for cause in rows)
    return Tables.of(collect(checks, "CHECK"), collect(fixes, "FIX"), collect(locations, "LOCATION"), codes)


def load_rules(rules: Path | None, mode: Mode = Mode.ENFORCE) -> Loaded:
    """Read and resolve the rules under a path; none give the built-in route alone."""
    files = read_rules(rules) if rules is not None else ()
    return load_content(files, read_presets(rules, presets_folder()), mode)


def load_content(files: Sequence[SourceFile], presets: Mapping[str, SourceFile], mode: Mode) -> Loaded:
    """Resolve rules that have been read, as they hold today."""
    return load(files, rule_tables(), presets, mode, date.today())
