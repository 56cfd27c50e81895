"""`why400 check`: read rules, and name every problem with its place and what to do."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from why400.app.rule_files import PRESETS, is_preset, presets_folder, read_presets, read_rules, read_source_file
from why400.app.rules import rule_tables
from why400.rules.draft import Tables
from why400.rules.load import Loaded, check_preset, load
from why400.rules.print import in_words, problems_json, summary


@click.command(short_help="Read rules; name every problem with its place.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--json", "as_json", is_flag=True, help="Print problems as JSON, for editors and CI.")
def command(paths: tuple[Path, ...], as_json: bool) -> None:
    """Read each PATH, a rules file or a folder of them, and print every problem: where, what, and what to write.

    Exit code 0: no errors (warnings are printed); 1: there are some; 2: a PATH is not there.
    """
    tables = rule_tables()
    read = [(loaded, files) for path in paths for loaded, files in _read(path, tables)]
    problems = [problem for loaded, _ in read for problem in loaded.problems]
    if as_json:
        click.echo(problems_json(problems))
    else:
        for loaded, _ in read:
            if loaded.problems:
                click.echo(f"{in_words(loaded)}\n")
        click.echo(summary(problems, sum(files for _, files in read)))
    sys.exit(any(not problem.warning for problem in problems))


def _read(path: Path, tables: Tables) -> Iterator[tuple[Loaded, int]]:
    """What came of one path, with the number of files in it: a rule set, and the presets of its folder."""
    if is_preset(path):
        presets = read_presets(path.resolve().parent.parent, presets_folder())
        yield check_preset(read_source_file(path), tables, presets), 1
        return
    files, presets = read_rules(path), read_presets(path, presets_folder())
    yield load(files, tables, presets, today=date.today()), len(files)
    own = path / PRESETS
    for preset in read_rules(own) if own.is_dir() else ():
        yield check_preset(preset, tables, presets), 1
