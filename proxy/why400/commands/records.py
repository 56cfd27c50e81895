"""`why400 records`: past records, newest first."""

from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

import click
import orjson

from why400.app.diagnosis import wordings
from why400.app.tables import catalogue
from why400.commands import _data
from why400.diagnose.wordings import MOST, Wording
from why400.shapes.suggest import did_you_mean


@click.command(short_help="Past records, by cause, route, outcome and time.")
@_data.data
@click.option("--limit", type=click.IntRange(1, 100_000), default=50, show_default=True, help="At most so many.")
@_data.narrowing
@click.option("--wordings", "grouped", is_flag=True, help="Refusals in words that no fingerprint knows, by template.")
@_data.as_json
def command(data: Path, grouped: bool, as_json: bool, **wanted: Any) -> None:
    """Print what is on record, newest first; with --json one whole record a line.

    With --wordings, of the youngest that match: replies whose words mean nothing to why400 yet, grouped and counted,
    each with the beginnings of a row that would teach it.
    """
    found = _data.opened(data).select(**({**wanted, "limit": MOST} if grouped else wanted))
    if grouped:
        _print_wordings(wordings()(found), as_json)
        return
    for record in found:
        click.echo(orjson.dumps(record) if as_json else _data.line_of(record))
    if not found:
        click.echo(f"no record matches{_slip(wanted['cause'])}", err=True)


def _slip(cause: str | None) -> str:
    """Said of a cause that is none."""
    codes = [one.code for one in catalogue()]
    return "" if cause is None or cause in codes else f": there is no cause {cause}; {did_you_mean(cause, codes)}"


def _print_wordings(found: Sequence[Wording], as_json: bool) -> None:
    for one in found:
        statuses = ", ".join(f"{status} \u00d7 {count}" for status, count in one.statuses.most_common())
        causes = ", ".join(f"{cause} {count}" for cause, count in one.causes.most_common(3))
        told = f"{one.count:>6}  {one.template}\n        {statuses}; so far: {causes}; such as {one.records[0]}"
        click.echo(orjson.dumps(one.as_json()) if as_json else f"{told}\n{indent(one.row, ' ' * 8)}")
    if not found:
        click.echo("no reply is on record in words that no fingerprint knows", err=True)
