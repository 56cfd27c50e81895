"""`why400 tail`: records as they come."""

import contextlib
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import orjson

from why400.commands import _data
from why400.records.reading import SqliteRecords
from why400.records.store import causes_of

_PAUSE = 0.25


@click.command(short_help="Records as they come.")
@_data.data
@click.option("--cause", help="Only exchanges with this cause, such as image.alpha.")
@click.option("--route", help="Only this route; - is no route, ! no request.")
@click.option("--outcome", help="Only exchanges that ended so; forwarded ones are shown only when asked for.")
@_data.as_json
def command(data: Path, cause: str | None, route: str | None, outcome: str | None, as_json: bool) -> None:
    """Print each exchange that is recorded from now on, until Ctrl-C."""
    records = _data.opened(data)
    place, _ = records.after(-1)
    click.echo("waiting for the next refusal; Ctrl-C ends", err=True)
    with contextlib.suppress(KeyboardInterrupt):
        for record in coming(records, place):
            if _wanted(record, cause, route, outcome):
                click.echo(orjson.dumps(record) if as_json else _data.line_of(record))


def coming(records: SqliteRecords, place: int) -> Iterator[dict[str, Any]]:
    """Every record that is written after `place`, for ever; also when the store is taken away and begun anew."""
    there = True
    while True:
        try:
            place, new = records.after(place)
        except sqlite3.Error as error:
            if there:
                click.echo(f"why400: the records cannot be read now: {error}; waiting for them", err=True)
            there, new = False, []
        else:
            there = True
        yield from new
        if not new:
            time.sleep(_PAUSE)


def _wanted(record: dict[str, Any], cause: str | None, route: str | None, outcome: str | None) -> bool:
    if record["outcome"] != (outcome or record["outcome"]) or record["route"] != (route or record["route"]):
        return False
    if cause:
        return cause in causes_of(record)
    return bool(outcome) or record["outcome"] != "forwarded" or bool(causes_of(record))
