"""`why400 records`: past records, newest first."""

from pathlib import Path
from typing import Any

import click
import orjson

from why400.commands import _data


@click.command(short_help="Past records, by cause, route, outcome and time.")
@_data.data
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="At most so many.")
@_data.narrowing
@_data.as_json
def command(data: Path, as_json: bool, **wanted: Any) -> None:
    """Print what is on record, newest first; with --json one whole record a line."""
    found = _data.opened(data).select(**wanted)
    for record in found:
        click.echo(orjson.dumps(record) if as_json else _data.line_of(record))
    if not found:
        click.echo("no record matches", err=True)
