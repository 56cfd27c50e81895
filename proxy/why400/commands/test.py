"""`why400 test`: run the inline tests of rules."""

import sys
import time
from pathlib import Path

import click

from why400.app.rule_files import presets_folder, read_presets, read_rules
from why400.app.rules import rule_tables
from why400.app.trials import run_tests
from why400.rules.load import Loaded, load
from why400.rules.print import in_words, problems_json
from why400.trials import tell
from why400.trials.verdict import Result


@click.command(short_help="Run the inline tests of rules.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print each test as JSON, for CI.")
def command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Run the tests that stand in each PATH, a rules file or a folder of them. Nothing is sent to any model.

    Each test's request is made from its words and goes the way of all requests: read, judged by the rules as if all
    were enforced, fixed, and taken in by a stand-in that accepts.

    Exit code 0: all pass; 1: some fail, there are none, or the rules have errors; 2: a PATH is not there.
    """
    began = time.perf_counter()
    rule_sets = [_loaded(path, as_json) for path in paths]
    if any(loaded.ruleset is None for loaded in rule_sets):
        sys.exit(1)
    results = [result for loaded in rule_sets for result in run_tests(loaded)]
    click.echo(tell.as_json(results) if as_json else _told(results, time.perf_counter() - began))
    sys.exit(not results or any(not result.passed for result in results))


def _loaded(path: Path, as_json: bool) -> Loaded:
    """The rules of a path; what is wrong with them goes to stderr, as JSON where that was asked for."""
    loaded = load(read_rules(path), rule_tables(), read_presets(path, presets_folder()))
    if loaded.problems:
        click.echo(problems_json(loaded.problems) if as_json else f"{in_words(loaded)}\n", err=True)
    return loaded


def _told(results: list[Result], seconds: float) -> str:
    failures = tell.in_words(results)
    return f"{failures}\n\n{tell.summary(results, seconds)}" if failures else tell.summary(results, seconds)
