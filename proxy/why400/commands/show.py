"""`why400 show`: the rules as they hold, with where each line came from."""

import sys
from pathlib import Path

import click

from why400.app.rule_files import presets_folder, read_presets, read_rules
from why400.app.rules import rule_tables
from why400.rules.load import load
from why400.rules.print import in_words
from why400.rules.show import show


@click.command(short_help="The resolved rules, with where each line came from.")
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path, exists=True))
def command(path: Path) -> None:
    """Print the rules of PATH, a file or a folder, with presets and defaults written out.

    Exit code 0; 1 with the problems on stderr where the rules cannot be loaded; 2 if PATH is not there.
    """
    loaded = load(read_rules(path), rule_tables(), read_presets(path, presets_folder()))
    if loaded.problems:
        click.echo(in_words(loaded), err=True)
    if loaded.ruleset is None:
        sys.exit(1)
    click.echo(show(loaded), nl=False)
