"""`why400 schema`: the rule language as JSON Schema."""

import json

import click

from why400.app.rule_files import presets_folder, read_presets
from why400.app.rules import rule_tables
from why400.rules.schema import schema


@click.command(short_help="JSON Schema of the rule language, for editors.")
def command() -> None:
    """Print the JSON Schema of rules files. Editors complete and underline with it, names of shipped presets too.

    In VS Code, with the YAML extension: why400 schema > why400.schema.json, and map it to your rules in yaml.schemas.
    """
    click.echo(json.dumps(schema(rule_tables(), read_presets(None, presets_folder())), indent=2))
